"""The payer's books: claims it has decided, slips that wait for a payment, and what payees owe it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from edi.amounts import ZERO
from sandbox.store import Store
from sandbox.takebacks import Debt


@dataclass(frozen=True, slots=True)
class BookedClaim:
    """A claim that was accepted; `person` is the patient, whatever claim she is on."""

    number: str
    payer: str
    npi: str
    person: str
    year: int
    deductible: Decimal
    services: tuple[tuple[str, date | None], ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """The remittance of one claim, as an 835 of its own; `later` for a scripted reversal and its correction.

    `stands` says that it is the decision in force until another comes; a reversal is none.
    """

    number: str
    login: str
    sender: str
    payer: str
    npi: str
    due: date
    later: bool
    stands: bool
    content: bytes
    id: int = 0

    @property
    def payment(self) -> tuple[date, bool, str, str, str, str]:
        """Slips of which this is the same become one payment."""
        return self.due, self.later, self.login, self.sender, self.payer, self.npi


class Books:
    """Claims, slips and debts in the store."""

    def __init__(self, store: Store) -> None:
        self._run = store.connection.execute
        self._run_many = store.connection.executemany

    def book(self, claim: BookedClaim) -> None:
        """Remember an accepted claim and the services on it."""
        values = (claim.number, claim.payer, claim.npi, claim.person, claim.year, str(claim.deductible))
        self._run("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, 0)", values)
        rows = [(claim.payer, claim.person, code, _text(day), claim.number) for code, day in claim.services]
        self._run_many("INSERT INTO services VALUES (?, ?, ?, ?, ?)", rows)

    def is_known(self, payer: str, npi: str, number: str) -> bool:
        """Whether a claim of this payee is on file under a number and has not been replaced or voided."""
        sql = "SELECT 1 FROM claims WHERE number = ? AND payer = ? AND npi = ? AND withdrawn = 0"
        return self._run(sql, (number, payer, npi)).fetchone() is not None

    def withdraw(self, number: str) -> bytes | None:
        """Take a claim out of force; the slip of the decision that stood, if there is one."""
        self._run("UPDATE claims SET withdrawn = 1, deductible = '0' WHERE number = ?", (number,))
        self._run("DELETE FROM services WHERE number = ?", (number,))
        self._run("DELETE FROM slips WHERE number = ? AND later = 1 AND sent = 0", (number,))
        sql = "SELECT content FROM slips WHERE number = ? AND stands = 1 ORDER BY id DESC LIMIT 1"
        found = self._run(sql, (number,)).fetchone()
        return bytes(found[0]) if found else None

    def answered(self, payer: str, person: str) -> frozenset[tuple[str, date | None]]:
        """Codes and dates of the services of a person that are on claims in force."""
        rows = self._run("SELECT code, day FROM services WHERE payer = ? AND person = ?", (payer, person))
        return frozenset((code, date.fromisoformat(day) if day else None) for code, day in rows)

    def deductible_met(self, payer: str, person: str, year: int) -> Decimal:
        """How much of the year's deductible claims in force have used."""
        sql = "SELECT deductible FROM claims WHERE payer = ? AND person = ? AND year = ?"
        return sum((Decimal(text) for (text,) in self._run(sql, (payer, person, year))), ZERO)

    def add_slips(self, slips: Iterable[Slip]) -> None:
        """Let decided claims wait for their payment."""
        rows = [
            (one.number, one.login, one.sender, one.payer, one.npi, _text(one.due), one.later, one.stands, one.content)
            for one in slips
        ]
        columns = "number, login, sender, payer, npi, due, later, stands, content"
        self._run_many(f"INSERT INTO slips ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608

    def due(self, until: date | None) -> list[Slip]:
        """The slips that wait and are due, all of them when `until` is None, in the order of their payments."""
        columns = "number, login, sender, payer, npi, due, later, stands, content, id"
        sql = f"SELECT {columns} FROM slips WHERE sent = 0 AND due <= ? ORDER BY due, later, id"  # noqa: S608
        rows = self._run(sql, (_text(until or date.max),))
        return [_slip(row) for row in rows]

    def mark_sent(self, slips: Sequence[Slip]) -> None:
        """Say that slips have become part of a payment."""
        self._run_many("UPDATE slips SET sent = 1 WHERE id = ?", [(one.id,) for one in slips])

    def debts(self, payer: str, npi: str) -> list[Debt]:
        """What a payee owes a payer, oldest first."""
        sql = "SELECT reason, reference, amount FROM debts WHERE payer = ? AND npi = ? ORDER BY id"
        return [Debt(reason, reference, Decimal(text)) for reason, reference, text in self._run(sql, (payer, npi))]

    def keep_debts(self, payer: str, npi: str, debts: Iterable[Debt]) -> None:
        """Replace what a payee owes a payer."""
        self._run("DELETE FROM debts WHERE payer = ? AND npi = ?", (payer, npi))
        rows = [(payer, npi, one.reason, one.reference, str(one.left)) for one in debts]
        self._run_many("INSERT INTO debts (payer, npi, reason, reference, amount) VALUES (?, ?, ?, ?, ?)", rows)


def _slip(row: tuple[Any, ...]) -> Slip:
    """A row of the table as a slip."""
    number, login, sender, payer, npi, due, later, stands, content, id_ = row
    return Slip(number, login, sender, payer, npi, date.fromisoformat(due), bool(later), bool(stands), content, id_)


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
