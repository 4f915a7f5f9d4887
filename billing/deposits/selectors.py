"""Which payments wait for their deposit, and what a statement of the bank says of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from billing.deposits.reading import BankRow
from billing.models import Account, LedgerLine, Remittance
from billing.remittances.policies import visible_remittances
from billing.remittances.words import money
from practice.actors import Actor
from practice.money import ZERO, total

S: Final = Remittance.Status
_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """A posted payment that is not in the bank yet."""

    row: Remittance
    amount: Decimal

    @property
    def payer(self) -> str:
        """Who paid, as it is listed."""
        return self.row.payer.name if self.row.payer else self.row.payer_name


SORTS: Final[Mapping[str, Callable[[Waiting], Any]]] = {
    "payer": lambda one: one.payer.casefold(),
    "paid": lambda one: one.row.paid_on or dt.date.max,
    "posted": lambda one: (one.row.posted_at is None, one.row.posted_at),
    "amount": lambda one: one.amount,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A payment that the statement names: what can be marked, or why it cannot."""

    remittance: Remittance
    on: dt.date | None
    amount: Decimal
    problem: str

    @property
    def value(self) -> str:
        """What the form sends to mark it."""
        return f"{self.remittance.pk}|{self.amount}|{self.on}"


@dataclass(frozen=True, slots=True)
class Compared:
    """The statement beside the payments: those it names, and how many of its rows name none."""

    seen: list[Seen]
    others: int

    @property
    def good(self) -> list[Seen]:
        """Those that can be marked."""
        return [one for one in self.seen if not one.problem]

    @property
    def total(self) -> Decimal:
        """What can be marked comes to."""
        return total(one.amount for one in self.good)


def waiting(actor: Actor, sort: str = "") -> list[Waiting]:
    """The oldest first, or by a column; one query."""
    rows = _with_clearing(visible_remittances(actor).filter(status=S.POSTED)).exclude(clearing=None)
    found = rows.exclude(clearing=ZERO).select_related("payer").order_by("paid_on", "pk")[:_MOST]
    made = [Waiting(row, row.clearing) for row in found]
    key = SORTS.get(sort.removeprefix("-"))
    return made if key is None else sorted(made, key=key, reverse=sort.startswith("-"))


def compare(actor: Actor, rows: Sequence[BankRow], today: dt.date) -> Compared:
    """What the rows say of our payments, by their numbers; two queries."""
    words = {word for row in rows for word in row.words}
    known = visible_remittances(actor).exclude(status__in=(S.DUPLICATE, S.SET_ASIDE)).exclude(trace="")
    traces = dict(known.values_list("pk", "trace"))
    ids = [pk for pk, trace in traces.items() if trace.upper() in words or trace.upper().lstrip("0") in words]
    found = list(_with_clearing(known.filter(pk__in=ids)).select_related("payer").order_by("paid_on", "pk"))
    seen, named = [], set()
    for row in rows:
        for one in found:
            if row.names(one.trace):
                named.add(row.place)
                seen.append(_seen(row, one, today))
    return Compared(seen, len(rows) - len(named))


def _with_clearing(rows: QuerySet[Remittance]) -> QuerySet[Any]:
    lines = LedgerLine.objects.filter(remittance=OuterRef("pk"), account=Account.PAYER_CLEARING)
    return rows.annotate(clearing=Subquery(lines.values("remittance").annotate(sum=Sum("amount")).values("sum")))


def _seen(row: BankRow, one: Remittance, today: dt.date) -> Seen:
    waits: Decimal = getattr(one, "clearing", None) or ZERO
    amount = waits if waits and waits in row.amounts else row.amounts[0]
    return Seen(one, row.on, amount, _problem(row, one, waits, amount, today))


def _problem(row: BankRow, one: Remittance, waits: Decimal, amount: Decimal, today: dt.date) -> str:
    if one.status != S.POSTED:
        return f"It is {one.get_status_display().lower()}. Post it first."
    if not waits:
        return "Its deposit is recorded already, or it paid nothing."
    if amount != waits:
        more = "more" if amount > waits else "less"
        return (
            f"The bank has {money(amount)}, {money(abs(amount - waits))} {more} than the {money(waits)} of the payment."
        )
    if row.on is None:
        return "The row has no date that can be read."
    return "The row is dated in the future." if row.on > today else ""
