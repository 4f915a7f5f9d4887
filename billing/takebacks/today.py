"""What payments tell Today beside themselves: takebacks that need somebody, and clients a payer knows otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.db.models import Count, Min, Q, Sum

from billing.models import ClientCorrection, Takeback
from billing.takebacks.policies import visible_takebacks
from practice import today
from practice.money import ZERO
from practice.today import STOP, Asker, Need, Source, counted

S: Final = Takeback.Status
_TWO_DAYS: Final = dt.timedelta(days=2)


def register() -> None:
    """Called once at start-up."""
    today.register(Source("takebacks", ("remittances:edit",), takebacks))
    today.register(Source("client_corrections", ("clients:edit",), known_otherwise))


def takebacks(asker: Asker) -> Iterator[Need]:
    """One query."""
    without = Q(unplaced__gt=ZERO) & ~Q(status=S.DISPUTED)
    due = Q(follow_up_on__lte=asker.today, status__in=(S.OPEN, S.PARTLY, S.DISPUTED)) & ~without
    found = visible_takebacks(asker.actor).aggregate(
        count=Count("pk", filter=without),
        sum=Sum("unplaced", filter=without, default=ZERO),
        first=Min("noticed_on", filter=without),
        due=Count("pk", filter=due),
        due_sum=Sum("open_amount", filter=due, default=ZERO),
        due_on=Min("follow_up_on", filter=due),
    )
    url = asker.url("payer_balances")
    if found["count"]:
        title = f"{counted(found['count'], 'takeback')} without a claim"
        why = "A payer withheld money and named no claim of yours. Say which it was."
        yield Need(title, why, url, "Find the claim", found["count"], asker.today, STOP, found["sum"])
    if found["due"]:
        title = f"{counted(found['due'], 'takeback')} to look at again"
        yield Need(
            title, "You planned to by today.", url, "Look", found["due"], found["due_on"], amount=found["due_sum"]
        )


def known_otherwise(asker: Asker) -> Iterator[Need]:
    """Clients whom a payer answered with another name or number; one query."""
    if not asker.actor.may("remittances:edit"):
        return
    count = ClientCorrection.objects.filter(status=ClientCorrection.Status.OPEN).count()
    if count:
        title = f"{counted(count, 'client')} a payer knows otherwise"
        why = "Its answer has another name or member ID than you sent."
        by = asker.today + _TWO_DAYS
        yield Need(title, why, asker.url("client_corrections"), "Change or leave", count, by)
