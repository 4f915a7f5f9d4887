"""Where each segment of a written file stands: its loop, its row of the segment table, and what surrounds it."""

from __future__ import annotations

from dataclasses import dataclass, field

from edi.claims.readers.loops import Hierarchy, Loop, Splitter
from edi.claims.rows import Row, row_of
from edi.segments import Segment

ENVELOPE = frozenset({"ISA", "GS", "GE", "IEA"})


@dataclass(slots=True, eq=False)
class Place:
    """One segment of a file; `number` counts from ST as 1, or from ISA as 1 for the envelope's own segments."""

    at: int
    number: int
    segment: Segment
    loop: Loop
    row: Row
    transaction: str = ""
    hierarchy: Hierarchy | None = None
    parent: Loop | None = None
    claim: str = ""
    opens: bool = False
    above: tuple[Loop, ...] = field(default=())

    @property
    def tag(self) -> str:
        """The segment's tag."""
        return self.segment.tag

    @property
    def is_alone(self) -> bool:
        """Whether it is the whole of its loop."""
        return self.opens and len(self.loop.segments) == 1 and not self.loop.children


def places_of(segments: list[Segment]) -> list[Place]:
    """Every segment of a file with its place, in file order; a segment without a row of the table is an error."""
    places: list[Place] = []
    begins = 0
    for at, segment in enumerate(segments):
        if segment.tag == "ST":
            begins = at
        elif segment.tag == "SE":
            places += _transaction(segments[begins : at + 1], begins)
        elif segment.tag in ENVELOPE:
            places.append(Place(at, at + 1, segment, Loop("ISA"), _row("ISA", segment)))
    return sorted(places, key=lambda place: place.at)


def _transaction(segments: list[Segment], begins: int) -> list[Place]:
    """The places of one ST … SE."""
    control, found = segments[0][2], {}
    for hierarchy in Splitter().split(segments):
        clm = hierarchy.claim.find("CLM") if hierarchy.claim else None
        levels = (hierarchy.header, hierarchy.billing, hierarchy.subscriber, hierarchy.patient, hierarchy.claim)
        for level in levels:
            for loop, parent in _loops(level, None) if level else ():
                for order, (number, segment) in enumerate(loop.segments):
                    if number not in found:
                        own = loop.id not in {"header", "1000A", "1000B", "2000A", "2010AA", "2010AB"}
                        at, row = begins + number - 1, _row(loop.id, segment)
                        known = (control, hierarchy, parent, clm[1] if clm and own else "", order == 0)
                        found[number] = Place(at, number, segment, loop, row, *known)
    last = Place(begins + len(segments) - 1, len(segments), segments[-1], Loop("ISA"), _row("ISA", segments[-1]))
    last.transaction = control
    return [*found.values(), last]


def _loops(loop: Loop, parent: Loop | None) -> list[tuple[Loop, Loop | None]]:
    """A loop and those under it, each with the one it stands under."""
    return [(loop, parent), *(pair for child in loop.children for pair in _loops(child, loop))]


def qualifier(segment: Segment) -> str:
    """What says which of several segments of a tag this is."""
    return segment.part(1, 1) if segment.tag == "HI" else segment[1]


def _row(loop: str, segment: Segment) -> Row:
    """The row of the table; there is one for everything that we write."""
    found = row_of(loop, segment.tag, qualifier(segment))
    if found is None:
        raise LookupError(f"The segment table has no row for {segment} in {loop}.")
    return found
