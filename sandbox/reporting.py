"""A 277CA from the verdicts on a transaction: accepted into adjudication, or rejected and why. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from edi.claims.model import Claim, Line
from edi.envelope import Envelope
from edi.parties import Name, Reference
from edi.statuses.model import (
    REJECT,
    ClaimStatus,
    Level,
    LineStatus,
    ProviderStatus,
    ReceiverStatus,
    SourceStatus,
    Status,
    StatusCode,
    StatusReport,
    Totals,
)
from edi.statuses.writing import write
from sandbox.naming import named
from sandbox.outcomes import Rejection
from sandbox.verdicts import Heard, Verdict

ACCEPT: Final = "WQ"
RECEIVED: Final = StatusCode("A1", "20")
IN_ADJUDICATION: Final = StatusCode("A2", "20")
SEE_LINE: Final = StatusCode("A7", "21")
"""Something is wrong, and the line says what."""

LONGEST_TEXT: Final = 264


@dataclass(frozen=True, slots=True)
class Voice:
    """Who answers (HL 20), and what it says of a claim it has nothing against."""

    name: Name
    accepted: StatusCode


CLEARINGHOUSE: Final = Voice(
    Name("AY", "SANDBOX CLEARINGHOUSE", id_qualifier="46", id="SANDBOX", is_person=False), RECEIVED
)
"""The clearinghouse has a claim and passes it on; it does not know what the payer will do."""


def payer(heard: Heard) -> Voice:
    """The payer takes a claim into its adjudication."""
    named_payer = heard.part.payer
    name = Name("PR", named_payer.name, id_qualifier="PI", id=named_payer.id, is_person=False)
    return Voice(name, IN_ADJUDICATION)


def report(heard: Heard, voice: Voice, envelope: Envelope, *, control: int, made_at: datetime) -> bytes:
    """The 277CA of one transaction as bytes."""
    said = StatusReport(f"SBR{control:09}", heard.day, (_source(heard, voice, control),))
    return write([said], envelope, control=control, group_control=control, made_at=made_at)


def _source(heard: Heard, voice: Voice, control: int) -> SourceStatus:
    """HL 20."""
    return SourceStatus(voice.name, f"SBR{control:09}", heard.day, heard.day, (), (_receiver(heard, voice),))


def _receiver(heard: Heard, voice: Voice) -> ReceiverStatus:
    """HL 21: who sent the claims; TRN*2 is their BHT03."""
    submitter, part = heard.submitter, heard.part
    name = Name("41", submitter.name, id_qualifier="46", id=submitter.etin, is_person=False)
    why = heard.rejected_at(Level.RECEIVER)
    status = _refused(heard, why, heard.day) if why else _received(heard, heard.day)
    return ReceiverStatus(name, part.reference, (status,), _totals(heard), (_provider(heard, voice),))


def _provider(heard: Heard, voice: Voice) -> ProviderStatus:
    """HL 19: who bills; what refuses the receiver refuses the provider too."""
    billing = heard.part.billing
    claims = tuple(_claim(one, heard.day, voice) for one in heard.verdicts)
    name = named("85", billing.name, "XX", billing.npi)
    why = heard.rejected_at(Level.RECEIVER) or heard.rejected_at(Level.PROVIDER)
    status = _refused(heard, why, None) if why else _received(heard, None)
    return ProviderStatus(name, heard.part.reference, (status,), totals=_totals(heard), claims=claims)


def _refused(heard: Heard, why: Rejection, day: date | None) -> Status:
    """STC above the claims, for all their money; the free text stands with each claim, where the guide has it."""
    code = StatusCode(why.category, why.status, why.entity)
    return Status((code,), day, REJECT, heard.charge(accepted=False))


def _received(heard: Heard, day: date | None) -> Status:
    """What is said above the claims: that they came (HL 19 without a day); each claim says what became of it."""
    total = heard.charge(accepted=True) + heard.charge(accepted=False)
    return Status((RECEIVED,), day, ACCEPT, total)


def _totals(heard: Heard) -> Totals:
    """How many claims and how much money; what does not occur is left out."""
    accepted, rejected = heard.count(accepted=True), heard.count(accepted=False)
    return Totals(
        accepted or None,
        rejected or None,
        heard.charge(accepted=True) if accepted else None,
        heard.charge(accepted=False) if rejected else None,
    )


def _claim(one: Verdict, day: date, voice: Voice) -> ClaimStatus:
    """HL PT: the claim by its own number (TRN*2), and the payer's number once there is one (REF*1K)."""
    claim = one.claim
    days = sorted(line.service_date for line in claim.lines if line.service_date)
    return ClaimStatus(
        _patient(claim),
        claim.patient_control_number,
        (_status(one, day, voice),),
        (Reference("1K", one.number),) if one.number else (),
        days[0] if days else None,
        days[-1] if days else None,
        (_line(one, one.line, day),) if one.line and one.rejection and one.rejection.level is Level.LINE else (),
    )


def _line(one: Verdict, line: Line, day: date) -> LineStatus:
    """The line at fault, by the number it was sent under (REF*FJ)."""
    why = one.rejection
    statuses = (Status((StatusCode(why.category, why.status),), day, REJECT),) if why else ()
    references = (Reference("FJ", line.reference),) if line.reference else ()
    procedure = (line.code_qualifier, line.code, line.modifiers, line.amount)
    return LineStatus(*procedure, statuses, references, line.service_date)


def _status(one: Verdict, day: date, voice: Voice) -> Status:
    """STC."""
    why, charge = one.rejection, one.claim.charge
    if why is None:
        return Status((voice.accepted,), day, ACCEPT, charge)
    code = SEE_LINE if why.level is Level.LINE else StatusCode(why.category, why.status, why.entity)
    return Status((code,), day, REJECT, charge, why.words[:LONGEST_TEXT])


def _patient(claim: Claim) -> Name:
    """NM1*QC."""
    who = claim.patient.name if claim.patient else claim.subscriber.name
    return named("QC", who, "MI", claim.subscriber.member_id)
