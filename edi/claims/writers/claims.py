"""Loops 2300 and 2310: the claim itself, and who rendered, supervised and referred."""

from __future__ import annotations

from collections.abc import Iterator

from edi.amounts import format_amount
from edi.claims.model import Accident, Claim, Facility, Organization
from edi.claims.writers import parties
from edi.claims.writers.coverages import other_coverage
from edi.claims.writers.lines import line
from edi.dates import format_date
from edi.writing import Elements, Part


def claim(sent: Claim) -> Iterator[Elements]:
    """Loop 2300 with everything under it."""
    yield from header(sent)
    yield from references(sent)
    if sent.note:
        yield ("NTE", "ADD", sent.note)
    yield diagnoses(sent.diagnoses)
    yield from providers(sent)
    for coverage in sent.coverages:
        yield from other_coverage(coverage)
    for number, service in enumerate(sent.lines, 1):
        yield from line(number, service, sent.place_of_service)


def header(sent: Claim) -> Iterator[Elements]:
    """CLM, DTP*439 and AMT*F5."""
    place = (sent.place_of_service, "B", sent.frequency)
    first: tuple[Part, ...] = ("CLM", sent.patient_control_number, format_amount(sent.charge), "", "", place)
    signatures = (sent.signature_on_file, sent.accepts_assignment, sent.benefits_assigned, sent.release)
    cause = _cause(sent.accident) if sent.accident else ""
    rest: tuple[Part, ...] = (sent.signature_source, cause, *[""] * 8, sent.delay_reason)
    yield (*first, *signatures, *rest)
    if sent.accident and sent.accident.happened_on:
        yield ("DTP", "439", "D8", format_date(sent.accident.happened_on))
    if sent.patient_paid is not None:
        yield ("AMT", "F5", format_amount(sent.patient_paid))


def _cause(accident: Accident) -> tuple[str, ...]:
    """CLM11: up to three causes, then the state of an auto accident."""
    causes = (*accident.causes, "", "", "")[:3]
    return (*causes, accident.state)


def references(sent: Claim) -> Iterator[Elements]:
    """REF*9F, REF*G1 and REF*F8, in the order of the guide."""
    if sent.referral_number:
        yield ("REF", "9F", sent.referral_number)
    if sent.prior_authorization:
        yield ("REF", "G1", sent.prior_authorization)
    if sent.original_reference:
        yield ("REF", "F8", sent.original_reference)


def diagnoses(codes: tuple[str, ...]) -> Elements:
    """HI: the principal diagnosis (ABK), then the others (ABF), without decimal points."""
    bare = [code.replace(".", "") for code in codes]
    return ("HI", *[("ABF" if place else "ABK", code) for place, code in enumerate(bare)])


def providers(sent: Claim) -> Iterator[Elements]:
    """Loops 2310A to 2310D."""
    if sent.referring is not None:
        yield from parties.provider("DN", sent.referring)
    if sent.rendering is not None:
        yield from parties.provider("82", sent.rendering)
    if sent.facility is not None:
        yield from facility(sent.facility)
    if sent.supervising is not None:
        yield from parties.provider("DQ", sent.supervising)


def facility(place: Facility) -> Iterator[Elements]:
    """Loop 2310C."""
    yield parties.name("77", Organization(place.name), "XX", place.npi)
    yield from parties.address(place.address)
