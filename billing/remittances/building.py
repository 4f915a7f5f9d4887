"""From a remittance as data to rows that are not saved yet: everything the payer said, cut to what columns hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from billing.models import (
    InboundTransaction,
    ProviderAdjustment,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
)
from billing.remittances.forwarding import PASSED_ON
from billing.remittances.loading import Said, SaidLine
from billing.remittances.refusing import is_denial
from billing.remittances.treatments import Rules
from billing.remittances.words import text
from edi.codes.plb import plb_treatment
from edi.errors import X12Error
from edi.parties import Contact, Name
from edi.remittances import model as x12
from practice import clock
from practice.money import LARGEST, cents

MOST_CLAIMS: Final = 20_000
MOST_LINES: Final = 100_000
"""Twice what the guide recommends for a transaction, with lines to match."""


@dataclass(slots=True)
class Built:
    """A whole remittance, before it is saved."""

    row: Remittance
    claims: list[Said]
    provider_adjustments: list[ProviderAdjustment]


def build(said: x12.Remittance, rules: Rules, *, is_sandbox: bool) -> Built:
    """The rows; X12Error when an amount, or the number of claims, is beyond anything a practice can be paid."""
    _refuse_many(said)
    _refuse_huge(said)
    return Built(
        _header(said, is_sandbox=is_sandbox),
        [_claim(one, rules) for one in said.claims],
        [_provider_adjustment(number, one) for number, one in enumerate(said.provider_adjustments, 1)],
    )


def note(said: x12.Remittance, *, is_sandbox: bool) -> Remittance:
    """The header alone, of a remittance that is here already."""
    return _header(said, is_sandbox=is_sandbox, status=Remittance.Status.DUPLICATE)


def save(built: Built, transaction: InboundTransaction) -> Remittance:
    """Writes everything below the header, which the caller has saved."""
    remittance = built.row
    for one in built.claims:
        one.row.remittance = remittance
    RemittanceClaim.objects.bulk_create([one.row for one in built.claims], batch_size=1000)
    lines = [_of_claim(line.row, one.row) for one in built.claims for line in one.lines]
    RemittanceLine.objects.bulk_create(lines, batch_size=1000)
    RemittanceAdjustment.objects.bulk_create(list(_adjustments_of(built)), batch_size=1000)
    for adjustment in built.provider_adjustments:
        adjustment.remittance = remittance
    ProviderAdjustment.objects.bulk_create(built.provider_adjustments, batch_size=1000)
    return remittance


def has_fractions(said: x12.Remittance) -> bool:
    """Whether an amount has a part of a cent, which cannot be posted."""
    return any(amount != cents(amount) for amount in _amounts(said))


def _of_claim(line: RemittanceLine, claim: RemittanceClaim) -> RemittanceLine:
    line.remittance_claim = claim
    return line


def _adjustments_of(built: Built) -> Iterator[RemittanceAdjustment]:
    for one in built.claims:
        for adjustment in one.adjustments:
            adjustment.remittance_claim = one.row
            yield adjustment
        for line in one.lines:
            for adjustment in line.adjustments:
                adjustment.remittance_claim, adjustment.line = one.row, line.row
                yield adjustment


def _header(said: x12.Remittance, *, is_sandbox: bool, status: str = Remittance.Status.HELD) -> Remittance:
    return Remittance(
        status=status,
        payer_name=text(said.payer.name, 120),
        payer_identifier=text(said.payer.id or _reference(said.payer, "2U") or said.originator, 80),
        payee_name=text(said.payee.name, 120),
        payee_npi=text(said.payee.npi, 10),
        payee_tax_id=text(said.payee.tax_id, 20),
        originator=text(said.originator, 30),
        trace=text(said.trace, 50),
        method=text(said.method, 3),
        amount=cents(said.signed_amount),
        paid_on=said.paid_on,
        content_hash=said.content_hash,
        claim_count=len(said.claims),
        said=_header_said(said),
        is_sandbox=is_sandbox,
        received_at=clock.now(),
    )


def _header_said(said: x12.Remittance) -> dict[str, str]:
    ways = [f"{contact.name} {_ways(contact)}".strip() for contact in said.payer.contacts]
    facts = {
        "Handling": said.handling,
        "Made on": str(said.produced_on or ""),
        "Receiver": said.receiver_id,
        "Payer's contacts": "; ".join(filter(None, ways)),
    }
    return _filled(facts)


def _claim(said: x12.ClaimPayment, rules: Rules) -> Said:
    who = said.patient or said.insured
    row = RemittanceClaim(
        position=said.position,
        number=text(said.patient_control_number, 38),
        payer_control_number=text(said.payer_control_number, 50),
        status_code=text(said.status, 3),
        charge=cents(said.charge),
        paid=cents(said.paid),
        patient_responsibility=None if said.patient_responsibility is None else cents(said.patient_responsibility),
        client_name=text(who.full if who else "", 130),
        member_id=text(_member_id(said), 80),
        service_on=said.service_from or next((one.service_from for one in said.lines if one.service_from), None),
        is_denial=is_denial(said, rules),
        corrected=_corrected(said.corrected) if said.corrected else {},
        said=_claim_said(said),
    )
    lines = [_line(number, one, rules) for number, one in enumerate(said.lines, 1)]
    return Said(row, [_adjustment(one, rules) for one in said.adjustments], lines)


def _claim_said(said: x12.ClaimPayment) -> dict[str, str]:
    corrected, onward = said.corrected, said.crossover
    facts = {
        "Remark codes": " ".join(said.remarks),
        "Corrected name or number": _named(corrected) if corrected else "",
        PASSED_ON: onward.full if onward else "",
        "Clinician": _named(said.rendering) if said.rendering else "",
        "Received by the payer": str(said.received_on or ""),
        "Coverage ended": str(said.coverage_expired_on or ""),
        "Filing indicator": said.filing_indicator,
        "Other amounts": "; ".join(f"{one.qualifier} {one.amount}" for one in said.amounts),
        "Other references": "; ".join(f"{one.qualifier} {one.value}" for one in said.references),
        "Contacts": "; ".join(f"{one.name} {_ways(one)}".strip() for one in said.contacts),
    }
    return _filled(facts)


def _line(number: int, said: x12.LinePayment, rules: Rules) -> SaidLine:
    row = RemittanceLine(
        position=number,
        reference=text(said.reference, 50),
        code=text(said.procedure.code, 48),
        original=text(said.original.code, 48) if said.original else "",
        modifiers=[text(mark, 2) for mark in said.procedure.modifiers],
        charged=cents(said.charge),
        paid=cents(said.paid),
        allowed=None if said.allowed is None else cents(said.allowed),
        units=_quantity(said.units),
        service_on=said.service_from,
        remarks=[text(code, 10) for code in said.remarks],
    )
    return SaidLine(row, [_adjustment(one, rules) for one in said.adjustments])


def _adjustment(said: x12.Adjustment, rules: Rules) -> RemittanceAdjustment:
    group, reason = text(said.group, 2), text(said.reason, 5)
    return RemittanceAdjustment(
        group=group,
        reason=reason,
        amount=cents(said.amount),
        quantity=_quantity(said.quantity),
        treatment=rules.treatment(group, reason),
    )


def _provider_adjustment(number: int, said: x12.ProviderAdjustment) -> ProviderAdjustment:
    return ProviderAdjustment(
        position=number,
        reason=text(said.reason, 2),
        reference=text(said.reference, 50),
        amount=cents(said.amount),
        treatment=plb_treatment(said.reason).value,
    )


def _member_id(said: x12.ClaimPayment) -> str:
    named = [one.id for one in (said.insured, said.patient) if one and one.id_qualifier in {"MI", "II", "HN", "MR"}]
    return next(iter(named), "")


def _corrected(who: Name) -> dict[str, str]:
    """The name and number as they should have been, as far as the payer wrote them."""
    named = {"last": text(who.last, 60), "first": text(who.first, 60)} if who.is_person else {}
    return {key: value for key, value in (named | {"member_id": text(who.id, 80)}).items() if value}


def _named(who: Name) -> str:
    return f"{who.full} {who.id}".strip()


def _ways(contact: Contact) -> str:
    return " ".join(value for _, value in contact.ways)


def _reference(who: x12.Organization, qualifier: str) -> str:
    return next((one.value for one in who.references if one.qualifier == qualifier), "")


def _filled(facts: dict[str, str]) -> dict[str, str]:
    return {label: text(value, 500) for label, value in facts.items() if value}


def _quantity(value: Decimal | None) -> Decimal | None:
    return None if value is None or abs(value) >= 10**6 else value


def _amounts(said: x12.Remittance) -> Iterator[Decimal]:
    yield said.amount
    yield from (one.amount for one in said.provider_adjustments)
    for claim in said.claims:
        yield from (claim.charge, claim.paid)
        yield from _amounts_of(claim.adjustments)
        for line in claim.lines:
            yield from (line.charge, line.paid)
            yield from _amounts_of(line.adjustments)


def _amounts_of(adjustments: Iterable[x12.Adjustment]) -> Iterator[Decimal]:
    return (one.amount for one in adjustments)


def _refuse_many(said: x12.Remittance) -> None:
    claims, lines = len(said.claims), sum(len(one.lines) for one in said.claims)
    if claims > MOST_CLAIMS or lines > MOST_LINES:
        raise X12Error(f"This remittance holds {claims:,} claims with {lines:,} lines, more than one payment can have.")


def _refuse_huge(said: x12.Remittance) -> None:
    if any(abs(amount) > LARGEST for amount in _amounts(said)):
        raise X12Error("An amount in this remittance is larger than ten digits.")
