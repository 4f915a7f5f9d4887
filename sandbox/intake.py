"""Takes bytes in: TA1 for the interchange, 999 for each group, 277CA for each accepted transaction, then money."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Final

from edi.acknowledgments.model import InterchangeAcknowledgment, Verdict
from edi.acknowledgments.writing import write
from edi.claims.checks.outside import check_interchange
from edi.claims.reading import read_parts
from edi.envelope import Envelope
from edi.errors import UnreadableError
from edi.interchanges import Group, Interchange
from edi.reading import read
from sandbox.acknowledging import acknowledge
from sandbox.deciding import Arrival
from sandbox.dooming import note_for, problems_for
from sandbox.envelopes import NO_DAY, STAMP, back_to, to_nobody
from sandbox.gate import ACCEPTED, CONTROL_DIGITS, DUPLICATE, UNREADABLE, refusal
from sandbox.hearing import hear
from sandbox.releasing import release
from sandbox.work import Work

NO_CONTROL: Final = "0" * CONTROL_DIGITS
"""TA101 where the file has no number that one could be answered under."""


def take(work: Work, login: str, content: bytes) -> bool:
    """Answer a file; whether any interchange of it was let in."""
    try:
        interchanges = read(content)
    except UnreadableError:
        moment = datetime.combine(work.store.day or NO_DAY, time())
        _ta1(work, login, to_nobody(work.scenario.receiver), _said(NO_CONTROL, moment, UNREADABLE))
        return False
    let_in = [_interchange(work, login, interchange) for interchange in interchanges]
    return any(let_in)


def _interchange(work: Work, login: str, interchange: Interchange) -> bool:
    """Let one interchange in, or turn it away."""
    envelope, made_at = back_to(interchange, work.scenario.receiver), interchange.made_at
    note = refusal(interchange, work.scenario.receiver)
    if note == ACCEPTED:
        note = note_for(work.scenario, interchange) or note
    if note == ACCEPTED and not work.store.is_new_interchange(interchange.sender, interchange.control):
        note = DUPLICATE
    if note != ACCEPTED or interchange.acknowledgment_wanted or made_at is None:
        moment = made_at or datetime.combine(work.store.day or NO_DAY, time())
        _ta1(work, login, envelope, _said(interchange.control, moment, note))
    if note != ACCEPTED or made_at is None:
        return False
    work.store.advance(made_at.date())
    release(work)
    for group in interchange.groups:
        _group(work, Arrival(login, made_at, envelope), alone(interchange, group))
    release(work)
    return True


def _said(control: str, moment: datetime, note: str) -> InterchangeAcknowledgment:
    """What a TA1 says."""
    status = "A" if note == ACCEPTED else "R"
    number = control.zfill(CONTROL_DIGITS)[:CONTROL_DIGITS] if control.isascii() and control.isdigit() else NO_CONTROL
    return InterchangeAcknowledgment(number, moment.date(), moment.time(), status, note)


def _ta1(work: Work, login: str, envelope: Envelope, said: InterchangeAcknowledgment) -> None:
    """A TA1, dated as the file is."""
    number = work.store.next_number("interchange")
    moment = datetime.combine(said.sent_on or NO_DAY, said.sent_at or time())
    content = write([], envelope, control=number, group_control=number, made_at=moment, interchanges=[said])
    work.answer(login, f"TA1_{_plain(said.control)}_{number:06}_{STAMP}.x12", content)


def _group(work: Work, arrival: Arrival, interchange: Interchange) -> None:
    """A 999 for the interchange's one group, then what is said about the claims of what it accepts."""
    problems = [*check_interchange(interchange), *problems_for(work.scenario, interchange)]
    acknowledgment = acknowledge(interchange.groups[0], problems)
    number = work.store.next_number("interchange")
    content = write([acknowledgment], arrival.envelope, control=number, group_control=number, made_at=arrival.made_at)
    work.answer(arrival.login, f"999_{interchange.control}_{number:06}_{STAMP}.x12", content)
    for transaction in interchange.transactions:
        if acknowledgment.verdict_of(transaction.control) is Verdict.ACCEPTED:
            about = [problem for problem in problems if problem.transaction in {"", transaction.control}]
            list(hear(work, arrival, interchange, read_parts(transaction), about))


def alone(interchange: Interchange, group: Group) -> Interchange:
    """The interchange as if it held this group only, so that what is found is about it."""
    defects = [defect for defect in interchange.defects if defect.group == group.control]
    return replace(interchange, groups=[group], defects=defects)


def _plain(control: str) -> str:
    """A control number as a part of a file's name."""
    return "".join(mark for mark in control if mark.isascii() and mark.isalnum()) or "none"
