"""Loop 2400: the services, and what other payers decided about them (2430)."""

from __future__ import annotations

from collections.abc import Iterator

from edi.amounts import format_amount
from edi.claims.coordination import LineDecision
from edi.claims.model import Line
from edi.claims.writers.coverages import adjustments, decided
from edi.claims.writers.parties import provider
from edi.dates import format_date, format_range
from edi.writing import Elements


def line(number: int, service: Line, claim_place: str) -> Iterator[Elements]:
    """One loop 2400; the place of service is sent only where it differs from the claim's."""
    place = service.place if service.place != claim_place else ""
    pointers = tuple(map(str, service.pointers))
    amount, units = format_amount(service.amount), format_amount(service.units, 3)
    yield ("LX", str(number))
    yield ("SV1", procedure(service), amount, service.unit_kind, units, place, "", pointers)
    yield from dates(service)
    if service.prior_authorization:
        yield ("REF", "G1", service.prior_authorization)
    if service.reference:
        yield ("REF", "6R", service.reference)
    if service.note:
        yield ("NTE", "ADD", service.note)
    if service.rendering is not None:
        yield from provider("82", service.rendering)
    for decision in service.decisions:
        yield from line_decision(decision)


def procedure(service: Line) -> tuple[str, ...]:
    """SV101: system, code, up to four modifiers, description."""
    if service.description:
        modifiers = (*service.modifiers, "", "", "", "")[:4]
        return (service.code_qualifier, service.code, *modifiers, service.description)
    return (service.code_qualifier, service.code, *service.modifiers)


def dates(service: Line) -> Iterator[Elements]:
    """DTP*472: the day of the service, or the range of days."""
    if service.service_date is None:
        return
    if service.ends_on is None or service.ends_on == service.service_date:
        yield ("DTP", "472", "D8", format_date(service.service_date))
    else:
        yield ("DTP", "472", "RD8", format_range(service.service_date, service.ends_on))


def line_decision(decision: LineDecision) -> Iterator[Elements]:
    """Loop 2430: SVD, CAS, DTP*573, AMT*EAF."""
    code = (decision.code_qualifier, decision.code, *decision.modifiers)
    bundled = str(decision.bundled_into) if decision.bundled_into else ""
    paid, units = format_amount(decision.paid), format_amount(decision.units, 3)
    yield ("SVD", decision.payer_id, paid, code, "", units, bundled)
    yield from adjustments(decision.adjustments)
    yield from decided(decision.decided_on)
    if decision.patient_owes is not None:
        yield ("AMT", "EAF", format_amount(decision.patient_owes))
