"""Writes remittances as an 835 interchange, for the sandbox payer: only what balances and names what it must."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from edi.amounts import format_amount
from edi.dates import format_date
from edi.envelope import Envelope
from edi.errors import X12Error
from edi.numbered import write_numbered
from edi.remittances.balancing import balance
from edi.remittances.claim_writing import claim_segments, contact_segments, reference_segments
from edi.remittances.model import Organization, ProviderAdjustment, Remittance
from edi.writing import OutTransaction, Part

FUNCTIONAL_ID = "HP"
VERSION = "005010X221A1"
PAIRS = 6


class UnbalancedError(X12Error):
    """A remittance that does not add up is not written."""


def write(
    remittances: Iterable[Remittance], envelope: Envelope, *, control: int, group_control: int, made_at: datetime
) -> bytes:
    """One interchange with one transaction for each remittance, numbered from 0001; raises X12Error in words."""
    return write_numbered(
        remittances,
        lambda one, number: transaction(one, control=number),
        envelope,
        control=control,
        group=(FUNCTIONAL_ID, group_control, VERSION),
        made_at=made_at,
    )


def transaction(remittance: Remittance, *, control: str) -> OutTransaction:
    """The transaction of a remittance; an 835 has no ST03. Raises UnbalancedError, or X12Error for what is missing."""
    if wrong := balance(remittance):
        raise UnbalancedError(wrong[0].words)
    if missing := _missing(remittance):
        raise X12Error(f"The remittance cannot be written without {', '.join(missing)}.")
    return OutTransaction("835", control, "", list(_body(remittance)))


def _missing(remittance: Remittance) -> list[str]:
    """What the 835 requires and the remittance does not have, in words."""
    payer, payee = remittance.payer, remittance.payee
    needed = {
        "a payment method": remittance.method,
        "a payment date": remittance.paid_on,
        "a trace number": remittance.trace,
        "the payer's identifier (TRN03)": remittance.originator,
        "the payer's name": payer.name,
        "the payer's address": payer.address.line1 and payer.address.city,
        "the payer's technical contact": any(contact.role == "BL" for contact in payer.contacts),
        "the payee's name": payee.name,
        "the payee's identifier": payee.id and payee.id_qualifier,
        "a payer claim control number on every claim": all(one.payer_control_number for one in remittance.claims),
        "a claim filing indicator on every claim": all(one.filing_indicator for one in remittance.claims),
    }
    return [what for what, there in needed.items() if not there]


def _body(remittance: Remittance) -> Iterator[tuple[Part, ...]]:
    """The segments between ST and SE."""
    yield _payment(remittance)
    yield "TRN", "1", remittance.trace, remittance.originator
    if remittance.receiver_id:
        yield "REF", "EV", remittance.receiver_id
    if remittance.produced_on:
        yield "DTM", "405", format_date(remittance.produced_on)
    yield from _organization("PR", remittance.payer)
    yield from _organization("PE", remittance.payee)
    if remittance.claims:
        yield "LX", "1"
    for claim in remittance.claims:
        yield from claim_segments(claim)
    yield from _provider_adjustments(remittance.provider_adjustments)


def _payment(remittance: Remittance) -> tuple[Part, ...]:
    """BPR without bank accounts: the sandbox moves no money."""
    amount = format_amount(remittance.amount)
    start = ("BPR", remittance.handling, amount, remittance.credit_debit, remittance.method)
    return *start, *[""] * 11, _day(remittance.paid_on)


def _organization(role: str, named: Organization) -> Iterator[tuple[Part, ...]]:
    """Loop 1000A or 1000B."""
    yield "N1", role, named.name, named.id_qualifier, named.id
    where = named.address
    if where.line1:
        yield "N3", where.line1, where.line2
    if where.city:
        yield "N4", where.city, where.state, where.postal_code, where.country
    yield from reference_segments(named.references)
    yield from contact_segments(named.contacts)


def _provider_adjustments(adjustments: tuple[ProviderAdjustment, ...]) -> Iterator[tuple[Part, ...]]:
    """PLB segments of up to six pairs, in order, a new one where provider or period changes."""
    pending: list[Part] = []
    owner: tuple[str, date | None] = ("", None)
    for one in adjustments:
        if pending and (owner != (one.provider_id, one.fiscal_on) or len(pending) == 2 * PAIRS):
            yield "PLB", owner[0], _day(owner[1]), *pending
            pending = []
        owner = (one.provider_id, one.fiscal_on)
        pending += [(one.reason, one.reference) if one.reference else one.reason, format_amount(one.amount)]
    if pending:
        yield "PLB", owner[0], _day(owner[1]), *pending


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
