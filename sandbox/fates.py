"""What became of every claim the payer was handed, for those who ask: whatever happened, and the payments since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sandbox.books import Slip
from sandbox.outcomes import Rejection
from sandbox.store import Store

COLUMNS: Final = "number, account, payer, npi, member, charge, first, last, heard, category, status, entity"


@dataclass(frozen=True, slots=True)
class Fate:
    """A claim the payer was handed; `account` is its patient control number, `number` the payer's, once it has one."""

    number: str
    account: str
    payer: str
    npi: str
    member: str
    charge: Decimal
    first: date | None
    last: date | None
    heard: date
    rejection: Rejection | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """By what a claim is looked for; what is empty or None does not count."""

    payer: str
    npi: str
    account: str = ""
    number: str = ""
    member: str = ""
    charge: Decimal | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Paid:
    """A decision that was sent: the slip it came from, the trace number and day of its payment."""

    slip: bytes
    trace: str
    paid_on: date


class Fates:
    """The claims and payments in the store."""

    def __init__(self, store: Store) -> None:
        self._run = store.connection.execute
        self._run_many = store.connection.executemany

    def remember(self, fate: Fate) -> None:
        """Keep what became of a claim."""
        why = fate.rejection
        codes = (why.category, why.status, why.entity) if why else ("", "", "")
        days = (_text(fate.first), _text(fate.last), _text(fate.heard))
        values = (fate.number, fate.account, fate.payer, fate.npi, fate.member, str(fate.charge), *days, *codes)
        self._run(f"INSERT INTO fates ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608

    def find(self, wanted: Wanted) -> list[Fate]:
        """The claims of a payer and provider that are meant, by the surest number there is, else by what they say."""
        for column, value in (("account", wanted.account), ("number", wanted.number)):
            if value:
                return self._of(wanted, f"{column} = ?", value)
        same = self._of(wanted, "member = ?", wanted.member)
        return [one for one in same if _fits(one, wanted)]

    def is_withdrawn(self, number: str) -> bool:
        """Whether another claim took its place, or it was voided."""
        return self._run("SELECT 1 FROM claims WHERE number = ? AND withdrawn = 1", (number,)).fetchone() is not None

    def pay(self, slips: Iterable[Slip], trace: str, paid_on: date) -> None:
        """Say under which trace number slips became a payment."""
        rows = [(one.id, one.number, trace, _text(paid_on)) for one in slips]
        self._run_many("INSERT INTO payments (slip, number, trace, paid) VALUES (?, ?, ?, ?)", rows)

    def payments(self, number: str) -> Sequence[Paid]:
        """What was paid for a claim, oldest first; without reversals."""
        sql = (
            "SELECT slips.content, payments.trace, payments.paid FROM payments JOIN slips ON slips.id = payments.slip "
            "WHERE payments.number = ? AND slips.stands = 1 ORDER BY slips.id"
        )
        return [Paid(content, trace, date.fromisoformat(day)) for content, trace, day in self._run(sql, (number,))]

    def _of(self, wanted: Wanted, condition: str, value: str) -> list[Fate]:
        sql = f"SELECT {COLUMNS} FROM fates WHERE payer = ? AND npi = ? AND {condition} ORDER BY id"  # noqa: S608
        return [_fate(row) for row in self._run(sql, (wanted.payer, wanted.npi, value))]


def _fits(fate: Fate, wanted: Wanted) -> bool:
    """Whether charge and dates of service leave room for the claim."""
    if wanted.charge is not None and fate.charge != wanted.charge:
        return False
    if wanted.first is None or fate.first is None:
        return True
    return fate.first <= (wanted.last or wanted.first) and wanted.first <= (fate.last or fate.first)


def _fate(row: tuple[Any, ...]) -> Fate:
    number, account, payer, npi, member, charge, first, last, heard, category, status, entity = row
    why = Rejection(category, status, entity, "") if category else None
    days = (_day(first), _day(last), date.fromisoformat(heard))
    return Fate(number, account, payer, npi, member, Decimal(charge), *days, why)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
