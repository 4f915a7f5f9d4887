"""Turns the slips that are due into remittances: one for each payer, payee and day, with its takebacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from edi.envelope import Envelope
from edi.reading import read
from edi.remittances.model import Remittance
from edi.remittances.reading import read as read_remittance
from edi.remittances.writing import write
from sandbox.books import Slip
from sandbox.envelopes import STAMP, evening_of, reopened
from sandbox.fates import Fates
from sandbox.remitting import together
from sandbox.work import Work


def release(work: Work) -> None:
    """Write the remittances that are due on the payer's day: nobody pays on a day that has not come.

    With `hold` off an answer is due on the day of its claim; where no day is known yet, all that waits is written.
    """
    today = work.store.day
    if work.scenario.timing.hold and today is None:
        return
    waiting = sorted(work.books.due(today), key=lambda one: (*one.payment, one.id))
    payments = [list(members) for _, members in groupby(waiting, key=lambda one: one.payment)]
    ordered = sorted(payments, key=lambda members: (members[0].due, members[0].later, members[0].id))
    for file in _files(ordered, one_file=work.scenario.timing.one_file):
        _send(work, [paid for members in file if (paid := _pay(work, members))])


def _files(payments: list[list[Slip]], *, one_file: bool) -> list[list[list[Slip]]]:
    """The payments that go into one file: each one, or all of a day to one login and sender."""
    if not one_file:
        return [[members] for members in payments]
    by_day: dict[tuple[date, str, str], list[list[Slip]]] = {}
    for members in payments:
        by_day.setdefault((members[0].due, members[0].login, members[0].sender), []).append(members)
    return list(by_day.values())


@dataclass(frozen=True, slots=True)
class Payment:
    """A remittance on its way into a file."""

    first: Slip
    envelope: Envelope
    remittance: Remittance


def _pay(work: Work, slips: Sequence[Slip]) -> Payment | None:
    """One payment for slips of one payer, payee and day; none where there is nothing but a debt that has to wait."""
    first = slips[0]
    read_slips = [reopen(one.content) for one in slips]
    takeback = work.scenario.payer(first.payer).takeback
    trace = _trace(first.due, work.store.next_number("trace"))
    debts = work.books.debts(first.payer, first.npi)
    remittance, left = together([one for one, _ in read_slips], trace=trace, debts=debts, takeback=takeback)
    work.books.keep_debts(first.payer, first.npi, left)
    work.books.mark_sent(slips)
    Fates(work.store).pay(slips, trace, first.due)
    if not remittance.claims and not remittance.provider_adjustments:
        return None
    return Payment(first, read_slips[0][1], remittance)


def _send(work: Work, payments: Sequence[Payment]) -> None:
    """A file of payments, under the trace number of the first."""
    if not payments:
        return
    first, envelope = payments[0].first, payments[0].envelope
    control, made_at = work.store.next_number("interchange"), evening_of(first.due)
    told = [one.remittance for one in payments]
    content = write(told, envelope, control=control, group_control=control, made_at=made_at)
    work.answer(first.login, f"835_{told[0].trace}_{STAMP}.x12", content)


def reopen(content: bytes) -> tuple[Remittance, Envelope]:
    """The remittance of a slip and the envelope it was written with."""
    interchange = read(content)[0]
    return read_remittance(interchange.transactions[0]), reopened(interchange)


def _trace(day: date, number: int) -> str:
    """A trace number: no other remittance of this sandbox has it."""
    return f"SBX{day:%y%m%d}{number:06}"
