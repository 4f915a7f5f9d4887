"""What eligibility tells Today: answers that changed something, and how many of them wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.db.models import QuerySet, Value
from django.db.models.expressions import Combinable

from billing.models import EligibilityCheck
from clients.policies import visible_clients
from practice import clock, navigation, today
from practice.actors import Actor
from practice.today import STOP, WAIT, Asker, Need, Source, counted

_NEXT_DAY: Final = dt.timedelta(days=1)
Found = EligibilityCheck.Outcome


def register() -> None:
    """Called once at start-up."""
    today.register(Source("eligibility", ("eligibility:edit",), alerts))


def to_look_at(actor: Actor) -> QuerySet[EligibilityCheck]:
    """The answers that count and say something nobody has looked at yet."""
    rows = EligibilityCheck.objects.filter(is_current=True, looked_at=None, client__in=visible_clients(actor))
    return rows.exclude(alerts=[])


def waiting(actor: Actor) -> Combinable:
    """How many there are, for who can act on them."""
    if not actor.may("eligibility:edit"):
        return Value(0)
    rows = EligibilityCheck.objects.filter(is_current=True, looked_at=None).exclude(alerts=[])
    return navigation.how_many(rows)


def alerts(asker: Asker) -> Iterator[Need]:
    """Not active any more, not found, another payer, another copay; one query."""
    found = list(to_look_at(asker.actor).select_related("client").order_by("checked_at")[:200])
    stopped = [row for row in found if row.outcome in {Found.INACTIVE, Found.REJECTED}]
    changed = [row for row in found if row not in stopped]
    if stopped:
        count = len(stopped)
        title = f"{counted(count, 'client')} whose insurance the payer does not confirm"
        yield _need(asker, stopped, title, "group=stopped", STOP)
    if changed:
        count = len(changed)
        title = f"{counted(count, 'answer')} about insurance to look at"
        yield _need(asker, changed, title, "group=changed", WAIT)


def _need(asker: Asker, rows: list[EligibilityCheck], title: str, query: str, kind: str) -> Need:
    first = rows[0]
    since = clock.local(asker.practice, first.checked_at or first.made_at).date()
    why = f"{first.client.name}: {first.alerts[0]['words']}"
    url = asker.url("eligibility_check", first.pk) if len(rows) == 1 else asker.url("eligibility", query=query)
    return Need(title, why, url, "Look and decide", len(rows), since + _NEXT_DAY, kind)
