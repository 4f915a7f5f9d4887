"""Decides the claims of a transaction against the books, and lets what is to be paid wait for its payment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from edi.claims.model import ORIGINAL, VOID, Claim, ClaimTransaction, Line
from edi.envelope import Envelope
from edi.remittances.writing import write
from edi.statuses.model import Level
from sandbox.books import BookedClaim, Slip
from sandbox.envelopes import evening_of
from sandbox.fates import Fate, Fates
from sandbox.judging import Decision, Known, Step, judge
from sandbox.outcomes import REJECTIONS, Rejection
from sandbox.releasing import reopen
from sandbox.remitting import slip, slip_of_takeback
from sandbox.rules import rule_for
from sandbox.verdicts import Verdict
from sandbox.work import API, Work

EVERY_CLAIM: Final = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An interchange on its way in: whose it is, when it was made, and the envelope of its answers."""

    login: str
    made_at: datetime
    envelope: Envelope

    @property
    def day(self) -> date:
        """The payer's day of it."""
        return self.made_at.date()

    @property
    def is_over_api(self) -> bool:
        """Whether it came over the API, where the clearinghouse answers first."""
        return self.login.endswith(API)


def decide(
    work: Work, arrival: Arrival, part: ClaimTransaction, rejections: Mapping[str, Rejection]
) -> tuple[Verdict, ...]:
    """A verdict on every claim; `rejections` are those the checks have already found, by patient control number."""
    found = rejections.get(EVERY_CLAIM)
    if not found and (above := _above(work, part)):
        return tuple(_rejected(work, arrival, part, claim, why=above) for claim in part.claims)
    return tuple(
        _decide(work, arrival, part, claim, found or rejections.get(claim.patient_control_number))
        for claim in part.claims
    )


def _above(work: Work, part: ClaimTransaction) -> Rejection | None:
    """A scripted rejection of receiver or provider, which one claim brings upon all of a part."""
    for claim in part.claims:
        rule, _ = rule_for(work.scenario, part.payer.id, claim)
        rejection = REJECTIONS.get(rule.outcome) if rule else None
        if rejection and rejection.level in {Level.RECEIVER, Level.PROVIDER}:
            return rejection
    return None


def _rejected(
    work: Work, arrival: Arrival, part: ClaimTransaction, claim: Claim, *, why: Rejection, line: Line | None = None
) -> Verdict:
    """A claim the payer turns away, which it remembers."""
    Fates(work.store).remember(_fate(part, claim, "", arrival.day, why))
    return Verdict(claim, rejection=why, line=line)


def _decide(work: Work, arrival: Arrival, part: ClaimTransaction, claim: Claim, rejection: Rejection | None) -> Verdict:
    """One claim: turned away, or booked under a number of the payer's."""
    if rejection is not None:
        return Verdict(claim, rejection=rejection, by_edit=True)
    number = f"SBC{arrival.day:%y%m%d}{work.store.next_number('claim'):07}"
    known = _known(work, part, claim, arrival.day)
    decision = judge(work.scenario, part.payer.id, claim, number=number, day=arrival.day, known=known)
    if decision.rejection is not None:
        return _rejected(work, arrival, part, claim, why=decision.rejection, line=decision.line)
    Fates(work.store).remember(_fate(part, claim, number, arrival.day, None))
    work.books.book(_booked(part, claim, number, decision, arrival.day))
    work.books.add_slips([_slip(work, arrival, part, step) for step in decision.steps])
    return Verdict(claim, number)


def _known(work: Work, part: ClaimTransaction, claim: Claim, day: date) -> Known:
    """What the books say about the person, and about the original of a replacement or void."""
    payer, person, books = part.payer.id, person_of(claim), work.books
    original_known, standing = False, None
    if claim.frequency != ORIGINAL and books.is_known(payer, part.billing.npi, claim.original_reference):
        content = books.withdraw(claim.original_reference)
        original_known = True
        standing = reopen(content)[0].claims[0] if content else None
    met = books.deductible_met(payer, person, year_of(claim, day))
    return Known(books.answered(payer, person), met, original_known, standing)


def _booked(part: ClaimTransaction, claim: Claim, number: str, decision: Decision, day: date) -> BookedClaim:
    """What is remembered of an accepted claim; one that only voids another leaves no services behind."""
    voids = claim.frequency == VOID
    services = () if voids else tuple((line.code, line.service_date) for line in claim.lines)
    who, year = person_of(claim), year_of(claim, day)
    return BookedClaim(number, part.payer.id, part.billing.npi, who, year, decision.deductible, services)


def _fate(part: ClaimTransaction, claim: Claim, number: str, day: date, rejection: Rejection | None) -> Fate:
    """What is told to those who ask about a claim."""
    days = sorted(line.service_date for line in claim.lines if line.service_date)
    first, last = (days[0], days[-1]) if days else (None, None)
    npi, member = part.billing.npi, claim.subscriber.member_id
    account = claim.patient_control_number
    return Fate(number, account, part.payer.id, npi, member, claim.charge, first, last, day, rejection)


def _slip(work: Work, arrival: Arrival, part: ClaimTransaction, step: Step) -> Slip:
    """A step as an 835 of its own, with the day it is due."""
    timing, payer_id = work.scenario.timing, part.payer.id
    due = arrival.day + timedelta(timing.remit_after_days + step.days) if timing.hold else arrival.day
    house = work.scenario.payer(payer_id)
    alone = slip(step.payment, step.interest, payer=part.payer, house=house, billing=part.billing, due=due)
    if step.takeback:
        alone = slip_of_takeback(alone, house.takeback, step.takeback)
    content = write([alone], arrival.envelope, control=1, group_control=1, made_at=evening_of(due))
    number, sender = step.payment.payer_control_number, arrival.envelope.receiver
    return Slip(number, arrival.login, sender, payer_id, part.billing.npi, due, step.days > 0, step.stands, content)


def person_of(claim: Claim) -> str:
    """Who was treated: the member number, and for members of a family the date of birth and first name."""
    who = claim.patient or claim.subscriber
    first = getattr(who.name, "first", "")
    return "|".join((claim.subscriber.member_id, who.birth_date.isoformat() if who.birth_date else "", first))


def year_of(claim: Claim, day: date) -> int:
    """The year whose deductible the claim counts towards: that of its first service."""
    days = [line.service_date for line in claim.lines if line.service_date]
    return min(days, default=day).year
