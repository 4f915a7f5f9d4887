"""Loops 2320 and 2330: the patient's other coverages and what their payers decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Final

from edi.amounts import format_amount
from edi.claims.coordination import Adjustment, OtherCoverage
from edi.claims.writers.parties import address, name, payer
from edi.dates import format_date
from edi.writing import Elements

REASONS_PER_SEGMENT: Final = 6


def other_coverage(other: OtherCoverage) -> Iterator[Elements]:
    """Loops 2320, 2330A and 2330B."""
    plan = "" if other.group_number else other.plan_name
    level = (other.responsibility, other.relationship, other.group_number, plan, other.medicare_type)
    yield ("SBR", *level, "", "", "", other.filing_indicator)
    yield from adjustments(other.adjustments)
    for qualifier, amount in (("D", other.paid), ("A8", other.not_covered), ("EAF", other.patient_owes)):
        if amount is not None:
            yield ("AMT", qualifier, format_amount(amount))
    yield ("OI", "", "", other.benefits_assigned, "", "", other.release)
    yield from _parties(other)


def _parties(other: OtherCoverage) -> Iterator[Elements]:
    """Loops 2330A and 2330B."""
    who = other.subscriber
    yield name("IL", who.name, who.member_id_qualifier, who.member_id)
    if who.address is not None:
        yield from address(who.address)
    yield from payer(other.payer)
    yield from decided(other.decided_on)
    if other.payer_control_number:
        yield ("REF", "F8", other.payer_control_number)


def adjustments(found: tuple[Adjustment, ...]) -> Iterator[Elements]:
    """CAS: one segment for each group and six reasons, in the order given."""
    for group, members in groupby(found, key=lambda adjustment: adjustment.group):
        reasons = [_reason(adjustment) for adjustment in members]
        for start in range(0, len(reasons), REASONS_PER_SEGMENT):
            yield ("CAS", group, *[part for reason in reasons[start : start + 6] for part in reason])


def _reason(adjustment: Adjustment) -> tuple[str, str, str]:
    """Reason, amount and quantity as CAS has them."""
    quantity = "" if adjustment.quantity is None else format_amount(adjustment.quantity, 3)
    return adjustment.reason, format_amount(adjustment.amount), quantity


def decided(day: date | None) -> Iterator[Elements]:
    """DTP*573: the day the other payer decided."""
    if day is not None:
        yield ("DTP", "573", "D8", format_date(day))
