"""Writes the claims and lines of a remittance (loops 2100 and 2110), in the order the 835 has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from edi.amounts import format_amount
from edi.dates import format_date
from edi.errors import X12Error
from edi.parties import Contact, Name, Reference
from edi.remittances.model import Adjustment, Amount, ClaimPayment, LinePayment, Procedure
from edi.writing import Part

Elements = tuple[Part, ...]

REASONS = 6
REMARKS = 5
NAME_ORDER = ("QC", "IL", "74", "82", "TT", "PR", "GB")


def claim_segments(claim: ClaimPayment) -> Iterator[Elements]:
    """Loop 2100 with its lines; raises X12Error for more remark codes than MOA holds."""
    if len(claim.remarks) > REMARKS:
        raise X12Error(f"A claim has at most {REMARKS} remark codes; {claim.patient_control_number} has more.")
    owed = claim.patient_responsibility
    yield (
        "CLP",
        claim.patient_control_number,
        claim.status,
        format_amount(claim.charge),
        format_amount(claim.paid),
        "" if owed is None else format_amount(owed),
        claim.filing_indicator,
        claim.payer_control_number,
        claim.facility,
        claim.frequency,
    )
    yield from _adjustments(claim.adjustments)
    for name in sorted(claim.names, key=_place):
        yield _name(name)
    if claim.remarks:
        yield "MOA", "", "", *claim.remarks
    yield from reference_segments(claim.references)
    yield from _claim_dates(claim)
    yield from contact_segments(claim.contacts)
    yield from _amounts(claim.amounts)
    for line in claim.lines:
        yield from _line(line)


def reference_segments(references: Iterable[Reference]) -> Iterator[Elements]:
    """REF for each identifier."""
    for one in references:
        yield "REF", one.qualifier, one.value


def contact_segments(contacts: Iterable[Contact]) -> Iterator[Elements]:
    """PER for each contact."""
    for one in contacts:
        yield "PER", one.role, one.name, *[text for way in one.ways for text in way]


def _line(line: LinePayment) -> Iterator[Elements]:
    """Loop 2110."""
    original = _procedure(line.original) if line.original else ""
    money = format_amount(line.charge), format_amount(line.paid)
    yield "SVC", _procedure(line.procedure), *money, line.revenue_code, format_amount(line.units), original
    if line.service_from and line.service_from == line.service_to:
        yield _date("472", line.service_from)
    else:
        yield from _dates(("150", line.service_from), ("151", line.service_to))
    yield from _adjustments(line.adjustments)
    yield from reference_segments(line.references)
    yield from _amounts(line.amounts)
    for remark in line.remarks:
        yield "LQ", "HE", remark


def _adjustments(adjustments: tuple[Adjustment, ...]) -> Iterator[Elements]:
    """CAS segments of up to six reasons, in order, a new one where the group changes."""
    for group, under_it in groupby(adjustments, key=lambda one: one.group):
        reasons = list(under_it)
        for start in range(0, len(reasons), REASONS):
            triples = [text for one in reasons[start : start + REASONS] for text in _reason(one)]
            yield "CAS", group, *triples


def _reason(one: Adjustment) -> tuple[str, str, str]:
    return one.reason, format_amount(one.amount), "" if one.quantity is None else format_amount(one.quantity)


def _name(name: Name) -> Elements:
    kind = "1" if name.is_person else "2"
    said = (name.last, name.first, name.middle, "", name.suffix)
    return "NM1", name.role, kind, *said, name.id_qualifier, name.id


def _place(name: Name) -> int:
    """Where a name stands among the names of a claim."""
    return NAME_ORDER.index(name.role) if name.role in NAME_ORDER else len(NAME_ORDER)


def _claim_dates(claim: ClaimPayment) -> Iterator[Elements]:
    yield from _dates(("232", claim.service_from), ("233", claim.service_to))
    yield from _dates(("036", claim.coverage_expired_on), ("050", claim.received_on))


def _dates(*dated: tuple[str, date | None]) -> Iterator[Elements]:
    return (_date(qualifier, day) for qualifier, day in dated if day)


def _date(qualifier: str, day: date) -> Elements:
    return "DTM", qualifier, format_date(day)


def _amounts(amounts: Iterable[Amount]) -> Iterator[Elements]:
    return (("AMT", one.qualifier, format_amount(one.amount)) for one in amounts)


def _procedure(procedure: Procedure) -> Part:
    return (procedure.qualifier, procedure.code, *procedure.modifiers) if procedure.qualifier else procedure.code
