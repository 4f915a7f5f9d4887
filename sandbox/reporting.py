"""A 277CA from the verdicts on a transaction: accepted into adjudication, or rejected and why. Pure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from edi.claims.model import Claim
from edi.envelope import Envelope
from edi.parties import Name, Reference
from edi.statuses.model import (
    REJECT,
    ClaimStatus,
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
from sandbox.verdicts import Heard, Verdict

ACCEPT: Final = "WQ"
RECEIVED: Final = StatusCode("A1", "20")
IN_ADJUDICATION: Final = StatusCode("A2", "20")
LONGEST_TEXT: Final = 264


def report(heard: Heard, envelope: Envelope, *, control: int, made_at: datetime) -> bytes:
    """The 277CA of one transaction as bytes."""
    said = StatusReport(f"SBR{control:09}", heard.day, (_source(heard, control),))
    return write([said], envelope, control=control, group_control=control, made_at=made_at)


def _source(heard: Heard, control: int) -> SourceStatus:
    """HL 20: the payer answers."""
    payer = heard.part.payer
    name = Name("PR", payer.name, id_qualifier="PI", id=payer.id, is_person=False)
    return SourceStatus(name, f"SBR{control:09}", heard.day, heard.day, (), (_receiver(heard),))


def _receiver(heard: Heard) -> ReceiverStatus:
    """HL 21: who sent the claims; TRN*2 is their BHT03."""
    submitter, part = heard.submitter, heard.part
    name = Name("41", submitter.name, id_qualifier="46", id=submitter.etin, is_person=False)
    return ReceiverStatus(name, part.reference, (_received(heard, heard.day),), _totals(heard), (_provider(heard),))


def _provider(heard: Heard) -> ProviderStatus:
    """HL 19: who bills."""
    billing = heard.part.billing
    claims = tuple(_claim(one, heard.day) for one in heard.verdicts)
    name = named("85", billing.name, "XX", billing.npi)
    return ProviderStatus(name, heard.part.reference, (_received(heard, None),), totals=_totals(heard), claims=claims)


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


def _claim(one: Verdict, day: date) -> ClaimStatus:
    """HL PT: the claim by its own number (TRN*2), and the payer's number once there is one (REF*1K)."""
    claim = one.claim
    days = sorted(line.service_date for line in claim.lines if line.service_date)
    return ClaimStatus(
        _patient(claim),
        claim.patient_control_number,
        (_status(one, day),),
        (Reference("1K", one.number),) if one.number else (),
        days[0] if days else None,
        days[-1] if days else None,
    )


def _status(one: Verdict, day: date) -> Status:
    """STC."""
    why, charge = one.rejection, one.claim.charge
    if why is None:
        return Status((IN_ADJUDICATION,), day, ACCEPT, charge)
    code = StatusCode(why.category, why.status, why.entity)
    return Status((code,), day, REJECT, charge, why.words[:LONGEST_TEXT])


def _patient(claim: Claim) -> Name:
    """NM1*QC."""
    who = claim.patient.name if claim.patient else claim.subscriber.name
    return named("QC", who, "MI", claim.subscriber.member_id)
