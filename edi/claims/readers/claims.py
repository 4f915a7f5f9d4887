"""Loop 2300: the claim with everything under it."""

from __future__ import annotations

from edi.claims.model import Accident, Claim, Line
from edi.claims.readers import parties
from edi.claims.readers.coverages import line_decision, other_coverage
from edi.claims.readers.loops import Hierarchy, Loop
from edi.claims.readers.parties import NOTHING
from edi.claims.readers.values import Values
from edi.delimiters import Delimiters
from edi.segments import Segment

LINE_PLACE = 5
POINTERS = 7
NO_SERVICE = Segment(["SV1"], Delimiters())


def claim(values: Values, found: Hierarchy, loop: Loop) -> Claim:
    """The claim of a hierarchy; `loop` is its 2300."""
    clm = loop.find("CLM") or NOTHING
    values.claim, values.line = clm[1], ""
    return Claim(
        patient_control_number=clm[1],
        subscriber=parties.subscriber(values, found.subscriber),
        charge=values.amount(clm, 2),
        place_of_service=clm.part(5, 1),
        diagnoses=diagnoses(loop),
        lines=tuple(line(values, child) for child in loop.every("2400")),
        patient=parties.patient(values, found.patient) if found.patient else None,
        frequency=clm.part(5, 3),
        original_reference=_reference(loop, "F8"),
        prior_authorization=_reference(loop, "G1"),
        referral_number=_reference(loop, "9F"),
        rendering=parties.provider(loop.child("2310B")),
        supervising=parties.provider(loop.child("2310D")),
        referring=parties.provider(loop.child("2310A")),
        facility=parties.facility(loop.child("2310C")),
        patient_paid=values.optional_amount(loop.find("AMT", "F5"), 2),
        coverages=tuple(other_coverage(values, child) for child in loop.every("2320")),
        note=_note(loop),
        accident=accident(values, clm, loop),
        signature_on_file=clm[6],
        accepts_assignment=clm[7],
        benefits_assigned=clm[8],
        release=clm[9],
        signature_source=clm[10],
        delay_reason=clm[20],
    )


def diagnoses(loop: Loop) -> tuple[str, ...]:
    """The diagnosis codes of HI*ABK (or BK in old files), principal first."""
    found = next((hi for hi in loop.all("HI") if hi.part(1, 1) in {"ABK", "BK"}), None)
    return tuple(found.part(place, 2) for place in range(1, len(found) + 1)) if found else ()


def accident(values: Values, clm: Segment, loop: Loop) -> Accident | None:
    """CLM11 and DTP*439."""
    day = loop.find("DTP", "439")
    if not clm[11] and day is None:
        return None
    causes = tuple(cause for cause in clm.parts(11)[:3] if cause)
    return Accident(causes, values.day(day, 3), clm.part(11, 4))


def line(values: Values, loop: Loop) -> Line:
    """One loop 2400."""
    sv1, dates = loop.find("SV1") or NO_SERVICE, loop.find("DTP", "472")
    values.line = _reference(loop, "6R") or (loop.find("LX") or NOTHING)[1]
    begins, ends = values.days(dates, 3)
    code = [*sv1.parts(1), "", "", "", "", "", "", ""]
    return Line(
        reference=_reference(loop, "6R"),
        code=code[1],
        amount=values.amount(sv1, 2),
        units=values.amount(sv1, 4),
        pointers=tuple(values.number(sv1, POINTERS, part) for part in sv1.parts(POINTERS) if part),
        service_date=begins,
        modifiers=tuple(modifier for modifier in code[2:6] if modifier),
        ends_on=ends,
        place=sv1[LINE_PLACE],
        description=code[6],
        note=_note(loop),
        prior_authorization=_reference(loop, "G1"),
        rendering=parties.provider(loop.child("2420A")),
        decisions=tuple(line_decision(values, child) for child in loop.every("2430")),
        code_qualifier=code[0],
        unit_kind=sv1[3],
    )


def _reference(loop: Loop, qualifier: str) -> str:
    """REF02 of a qualifier."""
    found = loop.find("REF", qualifier)
    return found[2] if found else ""


def _note(loop: Loop) -> str:
    """NTE02."""
    found = loop.find("NTE")
    return found[2] if found else ""
