"""A decided claim as the 835 has it (CLP and SVC), from the claim and its priced lines. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from edi.amounts import ZERO
from edi.claims.model import Claim, Line
from edi.parties import Name, Reference
from edi.remittances.model import Amount, ClaimPayment, LinePayment, Procedure
from sandbox.naming import named
from sandbox.outcomes import DENIALS
from sandbox.pricing import CENT, Priced

STATUSES: Final = {"P": "1", "S": "2", "T": "3"}
DENIED: Final = "4"
PPO: Final = "12"
PLAN_TYPES: Final = frozenset(
    ["12", "13", "14", "15", "16", "17", "AM", "CH", "DS", "HM", "LM", "MA", "MB", "MC", "OF", "TV", "VA", "WC", "ZZ"]
)
CLAIM_REMARKS: Final = {denial.remark: denial.claim_remark for denial in DENIALS.values() if denial.claim_remark}


def payment_of(claim: Claim, lines: Sequence[Priced], *, number: str, received_on: date) -> ClaimPayment:
    """The claim's payment, with everything that lets the practice find its own claim and lines again."""
    days = sorted(line.service_date for line in claim.lines if line.service_date)
    remarks = dict.fromkeys(
        CLAIM_REMARKS[remark] for line in lines for remark in line.remarks if remark in CLAIM_REMARKS
    )
    return ClaimPayment(
        position=1,
        patient_control_number=claim.patient_control_number,
        status=_status(claim, lines),
        charge=sum((line.amount for line in claim.lines), ZERO),
        paid=sum((line.paid for line in lines), ZERO),
        patient_responsibility=_patient_owes(lines),
        filing_indicator=_plan_type(claim.subscriber.filing_indicator),
        payer_control_number=number,
        facility=claim.place_of_service,
        frequency=claim.frequency,
        names=tuple(_names(claim)),
        received_on=received_on,
        service_from=days[0] if days else None,
        service_to=days[-1] if days else None,
        remarks=tuple(remarks),
        lines=tuple(_line(line, priced) for line, priced in zip(claim.lines, lines, strict=True)),
    )


def _plan_type(filing_indicator: str) -> str:
    """CLP06, whose list is shorter than that of the claim's SBR09: commercial and Blue plans answer as a PPO."""
    return filing_indicator if filing_indicator in PLAN_TYPES else PPO


def _status(claim: Claim, lines: Sequence[Priced]) -> str:
    """CLP02: denied when every line is, else the place of this payer among the patient's."""
    if all(line.is_denied for line in lines):
        return DENIED
    return STATUSES.get(claim.subscriber.responsibility, "1")


def _patient_owes(lines: Sequence[Priced]) -> Decimal | None:
    """CLP05: the sum of the PR group; left out when it is nothing."""
    owed = sum((one.amount for line in lines for one in line.adjustments if one.group == "PR"), ZERO)
    return owed or None


def _line(line: Line, priced: Priced) -> LinePayment:
    """One service with the line number it was sent under (REF*6R) and what is allowed for it (AMT*B6)."""
    allowed = (Amount("B6", priced.allowed),) if priced.allowed else ()
    return LinePayment(
        Procedure(line.code_qualifier, line.code, line.modifiers),
        line.amount,
        priced.paid,
        line.units.quantize(CENT, ROUND_HALF_UP),
        service_from=line.service_date,
        service_to=line.ends_on or line.service_date,
        adjustments=priced.adjustments,
        references=(Reference("6R", line.reference),) if line.reference else (),
        amounts=allowed,
        remarks=priced.remarks,
    )


def _names(claim: Claim) -> Iterator[Name]:
    """Patient, subscriber where that is someone else, and rendering provider."""
    subscriber = claim.subscriber
    if claim.patient is None:
        yield named("QC", subscriber.name, "MI", subscriber.member_id)
    else:
        yield named("QC", claim.patient.name, "", "")
        yield named("IL", subscriber.name, "MI", subscriber.member_id)
    if claim.rendering is not None:
        yield named("82", claim.rendering.name, "XX", claim.rendering.npi)
