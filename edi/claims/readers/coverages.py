"""Loops 2320, 2330A, 2330B and 2430: what other payers have decided."""

from __future__ import annotations

from collections.abc import Iterator

from edi.claims.coordination import Adjustment, LineDecision, OtherCoverage, OtherSubscriber
from edi.claims.readers import parties
from edi.claims.readers.loops import Loop
from edi.claims.readers.parties import NOTHING
from edi.claims.readers.values import Values, address
from edi.segments import Segment


def other_coverage(values: Values, loop: Loop) -> OtherCoverage:
    """Loops 2320, 2330A and 2330B."""
    sbr, terms = loop.find("SBR") or NOTHING, loop.find("OI") or NOTHING
    insurer = loop.child("2330B")
    control = insurer.find("REF", "F8") if insurer else None
    return OtherCoverage(
        responsibility=sbr[1],
        relationship=sbr[2],
        filing_indicator=sbr[9],
        subscriber=_subscriber(loop.child("2330A")),
        payer=parties.payer(insurer),
        group_number=sbr[3],
        plan_name=sbr[4],
        medicare_type=sbr[5],
        paid=values.optional_amount(loop.find("AMT", "D"), 2),
        not_covered=values.optional_amount(loop.find("AMT", "A8"), 2),
        patient_owes=values.optional_amount(loop.find("AMT", "EAF"), 2),
        adjustments=adjustments(values, loop),
        benefits_assigned=terms[3],
        release=terms[6],
        decided_on=values.day(insurer.find("DTP", "573"), 3) if insurer else None,
        payer_control_number=control[2] if control else "",
    )


def _subscriber(loop: Loop | None) -> OtherSubscriber:
    """Loop 2330A."""
    named = parties.name_segment(loop)
    return OtherSubscriber(parties.who(named), named[9], named[8] or "MI", address(loop) if loop else None)


def adjustments(values: Values, loop: Loop) -> tuple[Adjustment, ...]:
    """The reasons of every CAS of a loop, in file order."""
    return tuple(reason for segment in loop.all("CAS") for reason in _reasons(values, segment))


def _reasons(values: Values, segment: Segment) -> Iterator[Adjustment]:
    """The one to six reasons of a CAS."""
    for place in range(2, len(segment) + 1, 3):
        if segment[place]:
            quantity = values.amount(segment, place + 2) if segment[place + 2] else None
            yield Adjustment(segment[1], segment[place], values.amount(segment, place + 1), quantity)


def line_decision(values: Values, loop: Loop) -> LineDecision:
    """One loop 2430."""
    svd = loop.find("SVD") or NOTHING
    code = [*svd.parts(3), "", "", "", "", "", ""]
    return LineDecision(
        payer_id=svd[1],
        paid=values.amount(svd, 2),
        code=code[1],
        units=values.amount(svd, 5),
        decided_on=values.day(loop.find("DTP", "573"), 3),
        modifiers=tuple(modifier for modifier in code[2:6] if modifier),
        adjustments=adjustments(values, loop),
        patient_owes=values.optional_amount(loop.find("AMT", "EAF"), 2),
        code_qualifier=code[0],
        bundled_into=values.number(svd, 6, svd[6]) if svd[6] else None,
    )
