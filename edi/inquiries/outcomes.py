"""What an answer means for a claim whose fate we do not know; whatever leaves a doubt is undecidable, with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from edi.inquiries import reasons
from edi.inquiries.answers import Answered, ClaimAnswer, LineAnswer, StatusAnswer
from edi.inquiries.meanings import Meaning, meaning_of_status, together, with_lines


class State(StrEnum):
    """What became of a claim; paid, denied and rejected are final."""

    RECEIVED = "received"
    NOT_ON_FILE = "not_on_file"
    PENDING = "pending"
    PAID = "paid"
    DENIED = "denied"
    REJECTED = "rejected"
    UNDECIDABLE = "undecidable"


STATES = {
    Meaning.RECEIVED: State.RECEIVED,
    Meaning.PENDING: State.PENDING,
    Meaning.PAID: State.PAID,
    Meaning.DENIED: State.DENIED,
    Meaning.REJECTED: State.REJECTED,
    Meaning.NOT_ON_FILE: State.NOT_ON_FILE,
}

HELD_BY_PAYER = frozenset({Meaning.RECEIVED, Meaning.PENDING, Meaning.PAID, Meaning.DENIED, Meaning.FINISHED})
HARMLESS_ABOVE = frozenset({Meaning.RECEIVED, Meaning.PENDING})


@dataclass(frozen=True, slots=True)
class Held:
    """The claim that was asked about: `trace` (TRN02) of the question and the claim as it was sent."""

    trace: str
    patient_control_number: str
    charge: Decimal | None = None
    service_from: date | None = None
    service_to: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to be thought of a claim, why, and the answers it rests on.

    `is_on_file` says whether the payer holds the claim: False when it is not there or was rejected, None when that
    is not known. An undecidable claim may well be on file.
    """

    state: State
    reason: str
    is_on_file: bool | None = None
    claims: tuple[ClaimAnswer, ...] = ()

    @property
    def payer_control_number(self) -> str:
        """The payer's number for the claim (REF*1K); empty when none or several were given."""
        numbers = {one.payer_control_number for one in self.claims} - {""}
        return numbers.pop() if len(numbers) == 1 else ""


def outcome(answer: StatusAnswer, held: Held) -> Outcome:
    """What an answer says of a claim.

    Only what stands under the question's trace counts. A claim is ours by its patient control number (REF*EJ) alone;
    for “not on file” the trace is enough. Charge and dates must not contradict it, nor may a claim under the same
    trace that goes by no number.
    """
    found = [one for one in answer.answered() if held.trace and one.claim.trace == held.trace]
    if answer.is_doubtful:
        return _undecidable(reasons.UNREADABLE)
    if not found:
        return _undecidable(reasons.unnamed(answer.statuses_above()))
    refused = [status for one in found for status in one.above if meaning_of_status(status) not in HARMLESS_ABOVE]
    if refused:
        return _undecidable(reasons.contradicted_above(refused))
    if any(one.claim.is_doubtful for one in found):
        return _undecidable(reasons.UNREADABLE)
    return _decided(found, held)


def _decided(found: list[Answered], held: Held) -> Outcome:
    """The outcome of the claims under our trace."""
    claims = tuple(one.claim for one in found)
    if all(_meaning(one) is Meaning.NOT_ON_FILE for one in claims) and not _others(claims, held):
        return Outcome(State.NOT_ON_FILE, reasons.plain(Meaning.NOT_ON_FILE, claims), False, claims)
    ours = tuple(one for one in claims if one.patient_control_number in {"", held.patient_control_number})
    if not any(one.patient_control_number for one in ours):
        return _undecidable(reasons.others(claims, held.patient_control_number))
    mismatch = _mismatch(ours, held)
    return _undecidable(mismatch, claims=ours) if mismatch else _of_ours(ours)


def _of_ours(ours: tuple[ClaimAnswer, ...]) -> Outcome:
    """The outcome of the claims under our number, and of any that go by none: they have to say the same."""
    said = [_meaning(one) for one in ours]
    meaning = said[0] if len(set(said)) == 1 else Meaning.CONTRADICTION
    state = STATES.get(meaning)
    on_file = True if all(one in HELD_BY_PAYER for one in said) else None
    if state is None:
        return _undecidable(reasons.unclear(meaning, ours), on_file, ours)
    if state in {State.NOT_ON_FILE, State.REJECTED}:
        on_file = False
    return Outcome(state, reasons.plain(meaning, ours), on_file, ours)


def _mismatch(ours: tuple[ClaimAnswer, ...], held: Held) -> str:
    """How the payer's claims differ from ours in charge or dates; several may be parts of ours and add up to it."""
    charges = [one.charge for one in ours if one.charge is not None]
    differ = held.charge is not None and any(charge != held.charge for charge in charges)
    if held.charge is not None and differ and (len(charges) != len(ours) or sum(charges) != held.charge):
        return reasons.other_charge(charges, held.charge)
    if any(_is_elsewhere(one, held) for one in ours):
        return reasons.OTHER_DATES
    return ""


def _is_elsewhere(claim: ClaimAnswer, held: Held) -> bool:
    """Whether the days of service have nothing in common with ours."""
    first, last = claim.service_from, claim.service_to or claim.service_from
    ours_first, ours_last = held.service_from, held.service_to or held.service_from
    if first is None or last is None or ours_first is None or ours_last is None:
        return False
    return last < ours_first or first > ours_last


def _others(claims: Iterable[ClaimAnswer], held: Held) -> bool:
    """Whether one of the claims goes by another number than ours."""
    return any(one.patient_control_number not in {"", held.patient_control_number} for one in claims)


def _meaning(claim: ClaimAnswer) -> Meaning:
    """What a claim's own statuses say, and its lines do not contradict."""
    return with_lines(
        together(meaning_of_status(one) for one in claim.statuses), (_of_line(one) for one in claim.lines)
    )


def _of_line(line: LineAnswer) -> Meaning:
    """What the statuses of a line say; its payment (SVC03) is the claim's affair."""
    return together(meaning_of_status(one) for one in line.statuses)


def _undecidable(reason: str, on_file: bool | None = None, claims: tuple[ClaimAnswer, ...] = ()) -> Outcome:
    return Outcome(State.UNDECIDABLE, reason, on_file, claims)
