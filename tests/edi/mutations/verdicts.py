"""Which mutants are another valid file: decided by the segment table and its conditions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from edi.claims.readers.loops import NAMED, Loop
from edi.claims.rows import TABLE, Element, Row, row_of
from edi.codes.adjustments import adjustment_reasons
from edi.codes.places import places_of_service, states
from edi.npi import is_npi
from edi.segments import Segment
from tests.edi.mutations.places import ENVELOPE, Place, qualifier

ORDER = "PSTABCDEFGH"


def holds(condition: str, place: Place, number: int = 0) -> bool:
    """Whether a condition of the table holds where a segment stands; `number` is the element it is asked for."""
    return CONDITIONS[condition](place, number)


def _find(place: Place, level: str, tag: str) -> Segment:
    """A segment of the subscriber or the claim around a place."""
    assert place.hierarchy is not None
    loop = place.hierarchy.claim if level == "claim" else place.hierarchy.subscriber
    assert loop is not None
    found = loop.find(tag)
    assert found is not None
    return found


def _causes(place: Place) -> set[str]:
    return set(_find(place, "claim", "CLM").parts(11)[:3])


def _earlier(place: Place) -> bool:
    other = place.loop if place.loop.id == "2320" else place.parent
    assert other is not None
    sbr = other.find("SBR")
    return sbr is not None and ORDER.index(sbr[1]) < ORDER.index(_find(place, "subscriber", "SBR")[1])


def _undecided(place: Place) -> bool:
    payer = place.loop.find("NM1")
    lines = place.hierarchy.claim.every("2400") if place.hierarchy and place.hierarchy.claim else []
    named = {svd[1] for line in lines for loop in line.every("2430") if (svd := loop.find("SVD"))}
    return _earlier(place) and payer is not None and payer[9] not in named


def _pointed(place: Place, number: int) -> bool:
    assert place.hierarchy is not None
    assert place.hierarchy.claim is not None
    lines = [line.find("SV1") for line in place.hierarchy.claim.every("2400")]
    highest = max(int(at) for sv1 in lines if sv1 for at in sv1.parts(7))
    return place.segment[number + 1] != "" or highest >= number


def _medicare(place: Place) -> bool:
    return place.segment[9] in {"MA", "MB"} and place.segment[1] != "P"


CONDITIONS: dict[str, Callable[[Place, int], bool]] = {
    "self": lambda place, _: place.hierarchy is not None and place.hierarchy.patient is None,
    "street": lambda place, _: place.loop.find("N3") is not None,
    "city": lambda place, _: place.loop.find("N4") is not None,
    "us": lambda place, _: place.segment[4] in {"", "US"},
    "abroad": lambda place, _: place.segment[4] not in {"", "US"},
    "replaces": lambda place, _: _find(place, "claim", "CLM").part(5, 3) in {"7", "8"},
    "accident": lambda place, _: place.loop.find("DTP", "439") is not None,
    "dated": lambda place, _: bool(_causes(place) & {"AA", "OA"}),
    "auto": lambda place, _: "AA" in _causes(place),
    "medicare": lambda place, _: _medicare(place),
    "earlier": lambda place, _: _earlier(place),
    "undecided": lambda place, _: _undecided(place),
    "pointed": _pointed,
}


def may_be_dropped(place: Place) -> bool:
    """Whether the file is still right without a segment: optional, agreed with by no other, not the head of a loop."""
    row = place.row
    if row.required and place.tag != "NM1":
        return False
    if place.opens and not (place.is_alone and _is_optional_loop(place)):
        return False
    return not (row.condition and holds(row.condition, place)) and not _is_bound(place)


def _is_optional_loop(place: Place) -> bool:
    return not place.row.required


def _is_bound(place: Place) -> bool:
    """Whether one of its values has to agree with others."""
    return any(element.bound for element in place.row.elements)


def may_be_repeated(place: Place) -> bool:
    """Whether the file is still right with a segment twice."""
    if place.opens or _is_bound(place) or place.tag in ENVELOPE:
        return False
    return _count(place.loop, place.row) < place.row.most


def _count(loop: Loop, row: Row) -> int:
    """How many segments of a loop have a row."""
    return sum(row_of(loop.id, segment.tag, qualifier(segment)) is row for _, segment in loop.segments)


def may_be_swapped(place: Place, following: Place) -> bool:
    """Whether two neighbors may change places: two of a tag in one loop, or two loops of one segment each."""
    if place.is_alone and following.opens and place.parent is following.parent and place.tag == following.tag == "NM1":
        return not following.loop.children and all(
            _moves(place, following, own) for _, own in following.loop.segments[1:]
        )
    return place.loop is following.loop and place.tag == following.tag and not place.opens and not following.opens


def _moves(place: Place, following: Place, own: Segment) -> bool:
    """Whether a segment of the following loop may stand in the loop of `place` instead."""
    before = row_of(following.loop.id, own.tag, qualifier(own))
    after = row_of(place.loop.id, own.tag, qualifier(own))
    return before is not None and not before.required and after is not None


def may_be_last(place: Place, last: Place) -> bool:
    """Whether a segment may stand at the end of its transaction instead, in the loop of the last segment there."""
    if not may_be_dropped(place):
        return False
    if place.opens:
        role, line = NAMED["2400"].get(place.segment[1]), last.loop if last.loop.id == "2400" else last.parent
        assert line is not None
        return role is not None and last.loop.id[:3] in {"240", "242"} and line.child(role) is None
    row = row_of(last.loop.id, place.tag, qualifier(place.segment))
    if row is None or _count(last.loop, row) - (place.loop is last.loop) >= row.most:
        return False
    tags = [row.tag for row in TABLE if row.loop == last.loop.id]
    return tags.index(place.tag) >= tags.index(last.tag) and not _is_bound(place)


def may_be_empty(place: Place, element: Element, number: int, part: int = 0) -> bool:
    """Whether an element, or one part of it, may be left out."""
    if element.required or (element.condition and holds(element.condition, place, number)):
        return False
    if part:
        return True
    ends = {end for pair in place.row.pairs if number in pair for end in pair}
    return not any(place.segment[end] for end in ends - {number})


def is_valid(place: Place, elements: list[str]) -> bool:
    """Whether a segment with other elements would do in the same place, as the table has it."""
    changed = Segment([place.tag, *elements], place.segment.delimiters)
    row = row_of(place.loop.id, place.tag, qualifier(changed))
    if row is not place.row or len(changed) > len(row.elements):
        return False
    other = Place(place.at, place.number, changed, place.loop, row, place.transaction, place.hierarchy, place.parent)
    return all(_does(other, number, element, place.segment[number]) for number, element in enumerate(row.elements, 1))


def _does(place: Place, number: int, element: Element, before: str) -> bool:
    """Whether an element has a value that the table allows."""
    text = place.segment[number]
    if not text:
        return may_be_empty(place, element, number) and not (element.bound and before)
    if element.parts:
        parts = place.segment.parts(number)
        return len(parts) <= len(element.parts) and all(
            _fits(place, part, parts[at] if at < len(parts) else "", number) for at, part in enumerate(element.parts)
        )
    return _fits(place, element, text, number) and not (element.bound and text != before)


def _fits(place: Place, element: Element, text: str, number: int) -> bool:
    """Whether one value is of its kind, its length and its codes."""
    if not text:
        return not element.required and not (element.condition and holds(element.condition, place, number))
    if element.kind == "-" or not element.least <= len(text) <= element.most:
        return False
    return (not element.codes or text in element.codes) and FORMS.get(element.kind, _is_anything)(text, place)


def _is_anything(_: str, __: Place) -> bool:
    return True


def _is_number(text: str, _: Place) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _is_date(text: str, _: Place) -> bool:
    try:
        return all(date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}") for day in text.split("-"))
    except ValueError:
        return False


def _is_time(text: str, _: Place) -> bool:
    try:
        return bool(datetime.strptime(text[:4], "%H%M"))  # noqa: DTZ007 - a time without a zone
    except ValueError:
        return False


FORMS: dict[str, Callable[[str, Place], bool]] = {
    "N0": lambda text, _: text.isdigit(),
    "R": _is_number,
    "DT": _is_date,
    "RD": _is_date,
    "TM": _is_time,
    "NPI": lambda text, _: is_npi(text),
    "TAX": lambda text, _: text.isdigit(),
    "ZIP": lambda text, place: not holds("us", place) or (text.isdigit() and len(text) in {5, 9}),
    "STATE": lambda text, place: (place.tag == "N4" and not holds("us", place)) or text in states(),
    "POS": lambda text, _: text in places_of_service(),
    "DX": lambda text, _: text[0].isalpha() and text[1].isdigit(),
    "PROC": lambda text, _: sum(map(str.isdigit, text)) >= 4,
    "CARC": lambda text, _: text in adjustment_reasons(),
}
