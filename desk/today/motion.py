"""Money in motion: from the session to the books, each figure with the address of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Count, Sum

from billing.claims.policies import visible_claims
from billing.claims.selectors.listing import GROUPS
from billing.day.selectors import open_counts
from billing.models import Account, LedgerLine, Remittance
from billing.remittances.policies import visible_remittances
from desk.reports.periods import MONTH, period_of
from desk.reports.shapes import POSTED, Scope
from practice.money import ZERO, total
from practice.today import Asker, counted

_NEEDED: Final = ("billing:view", "reports:view", "claims:view", "remittances:view")


@dataclass(frozen=True, slots=True)
class Tile:
    """One stage: what it is called, how much, how many, and its rows. `text` stands where no amount is known yet."""

    label: str
    kind: str
    glyph: str
    amount: Decimal
    note: str
    url: str
    text: str = ""


def motion(asker: Asker) -> list[Tile]:
    """Not billed, sent, accepted, paid, posted; nothing for who may not see all of them. Four queries."""
    if not asker.practice.treats_clients or not all(asker.actor.may(name) for name in _NEEDED):
        return []
    return [_unbilled(asker), *_claims(asker), _paid(asker), _posted(asker)]


def _unbilled(asker: Asker) -> Tile:
    """What began and is not confirmed: what it costs is known when it is billed."""
    days = open_counts(asker.actor, asker.practice)
    count, kind = sum(days.values()), "wait" if days else "calm"
    note = f"{'session' if count == 1 else 'sessions'} of {counted(len(days), 'day')}"
    url = asker.url("billing_open")
    return Tile("Not billed yet", kind, "draft", ZERO, note if days else "no session is open", url, f"{count:,}")


def _claims(asker: Asker) -> Iterator[Tile]:
    rows = visible_claims(asker.actor).order_by().values_list("status").annotate(count=Count("pk"), sum=Sum("total"))
    found = {status: (count, amount) for status, count, amount in rows}
    for key, label, glyph in (("sent", "Sent", "quarter"), ("accepted", "With the payer", "three-quarter")):
        groups = [found.get(status, (0, ZERO)) for status in GROUPS[key][1]]
        url, count = asker.url("claims", query=f"group={key}"), sum(count for count, _ in groups)
        yield Tile(label, "move", glyph, total(amount for _, amount in groups), counted(count, "claim"), url)


def _paid(asker: Asker) -> Tile:
    open_ones = (Remittance.Status.READY, Remittance.Status.HELD)
    rows = visible_remittances(asker.actor).filter(status__in=open_ones)
    amounts = list(rows.values_list("status", "amount"))
    held = sum(status == Remittance.Status.HELD for status, _ in amounts)
    note = counted(len(amounts), "remittance")
    if held:
        note += " held" if held == len(amounts) else f", {held} held"
    url, kind = asker.url("remittances"), "wait" if amounts else "calm"
    return Tile("Paid, not posted", kind, "partly", total(amount for _, amount in amounts), note, url)


def _posted(asker: Asker) -> Tile:
    scope = Scope(period_of(MONTH, asker.today), basis=POSTED)
    days = (scope.period.first, scope.period.last)
    lines = LedgerLine.objects.filter(account=Account.PAYER_CLEARING, charge__isnull=False, posted_on__range=days)
    paid = lines.aggregate(sum=Sum("amount", default=ZERO))["sum"]
    url = asker.url("report_rows", query=scope.query(figure="insurer_paid"))
    return Tile(f"Posted in {asker.today:%b}", "done", "done", paid, "paid by insurers", url)
