"""Finds the loops of an 837P: which segment stands in which loop, one claim after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from edi.segments import Segment

NAMED: Final = {
    "header": {"41": "1000A", "40": "1000B"},
    "2000A": {"85": "2010AA", "87": "2010AB", "PE": "2010AC"},
    "2000B": {"IL": "2010BA", "PR": "2010BB"},
    "2000C": {"QC": "2010CA"},
    "2300": {"DN": "2310A", "P3": "2310A", "82": "2310B", "77": "2310C", "DQ": "2310D", "PW": "2310E", "45": "2310F"},
    "2320": {
        "IL": "2330A", "PR": "2330B", "DN": "2330C", "P3": "2330C", "82": "2330D", "77": "2330E", "DQ": "2330F",
        "85": "2330G",
    },
    "2400": {
        "82": "2420A", "QB": "2420B", "77": "2420C", "DQ": "2420D", "DK": "2420E", "DN": "2420F", "P3": "2420F",
        "PW": "2420G", "45": "2420H",
    },
}  # fmt: skip
"""Which loop an NM1 opens, by the loop it stands in and its NM101."""

LEVELS: Final = {"20": "2000A", "22": "2000B", "23": "2000C"}
"""Which loop an HL opens, by its HL03."""


@dataclass(slots=True)
class Loop:
    """A loop: its own segments with their numbers (ST = 1), and the loops under it."""

    id: str
    segments: list[tuple[int, Segment]] = field(default_factory=list)
    children: list[Loop] = field(default_factory=list)

    def find(self, tag: str, *qualifiers: str) -> Segment | None:
        """The first segment with this tag whose first element is one of the qualifiers, if any are given."""
        for _, segment in self.segments:
            if segment.tag == tag and (not qualifiers or segment[1] in qualifiers):
                return segment
        return None

    def all(self, tag: str) -> list[Segment]:
        """Every segment with this tag."""
        return [segment for _, segment in self.segments if segment.tag == tag]

    def child(self, loop_id: str) -> Loop | None:
        """The first loop of this kind directly under this one."""
        return next((child for child in self.children if child.id == loop_id), None)

    def every(self, loop_id: str) -> list[Loop]:
        """All loops of this kind directly under this one."""
        return [child for child in self.children if child.id == loop_id]

    def all_segments(self) -> Iterator[tuple[Loop, int, Segment]]:
        """Every segment of this loop and of those under it, with its loop and number."""
        yield from ((self, number, segment) for number, segment in self.segments)
        for child in self.children:
            yield from child.all_segments()

    @property
    def number(self) -> int:
        """The number of the loop's first segment."""
        return self.segments[0][0] if self.segments else 0


@dataclass(slots=True)
class Hierarchy:
    """The loops around a claim, and the claim; `claim` is None for a level under which no claim stands."""

    header: Loop
    billing: Loop
    subscriber: Loop
    patient: Loop | None
    claim: Loop | None
    first: int
    last: int

    def all_segments(self) -> Iterator[tuple[Loop, int, Segment]]:
        """Every segment of the claim and of the levels around it, with its loop and number."""
        for level in (self.header, self.billing, self.subscriber, self.patient, self.claim):
            if level is not None:
                yield from level.all_segments()


class Splitter:
    """Takes segments one by one, and gives each claim with its surroundings when the next one begins."""

    def __init__(self) -> None:
        self.header = Loop("header")
        self.billing = Loop("2000A")
        self.subscriber = Loop("2000B")
        self.patient: Loop | None = None
        self.claim: Loop | None = None
        self.area = self.header
        self.current = self.header
        self.pending = 0
        self.number = 0

    def split(self, segments: Iterable[Segment]) -> Iterator[Hierarchy]:
        """Every claim of a transaction; a transaction without claims gives one Hierarchy without a claim."""
        given = False
        for segment in segments:
            ends_claim = segment.tag in {"HL", "CLM", "SE"}
            if ends_claim and self.claim is not None:
                given = True
                yield self._taken()
            self.number += 1
            if segment.tag != "SE":
                self._place(segment)
        if self.claim is not None or not given:
            yield self._taken()

    def _taken(self) -> Hierarchy:
        """The claim that has just ended."""
        taken = Hierarchy(
            self.header, self.billing, self.subscriber, self.patient, self.claim, self.pending, self.number
        )
        self.claim, self.pending = None, self.number + 1
        return taken

    def _place(self, segment: Segment) -> None:
        """Put a segment into its loop, opening the loop when the segment does so."""
        tag = segment.tag
        if tag == "HL":
            self._level(segment)
        elif tag == "CLM":
            self.claim = self.area = self.current = Loop("2300")
        elif tag == "NM1":
            self._named(segment)
        elif self.claim is not None:
            self._within_claim(tag)
        self.current.segments.append((self.number, segment))

    def _level(self, segment: Segment) -> None:
        """HL opens 2000A, 2000B or 2000C."""
        kind = LEVELS.get(segment[3], "2000?")
        if kind == "2000A":
            self.billing = Loop(kind)
        if kind != "2000C":
            self.subscriber, self.patient = Loop("2000B"), None
        if kind == "2000B":
            self.pending = self.number
        if kind == "2000C":
            self.patient = Loop(kind)
        opened = {"2000A": self.billing, "2000B": self.subscriber, "2000C": self.patient}.get(kind)
        self.area = self.current = opened or Loop(kind)

    def _named(self, segment: Segment) -> None:
        """NM1 opens a loop for somebody who is named."""
        kind = NAMED.get(self.area.id, {}).get(segment[1], f"{self.area.id}?")
        self.current = Loop(kind)
        self.area.children.append(self.current)

    def _within_claim(self, tag: str) -> None:
        """SBR, LX, SVD, LIN and LQ open loops under a claim."""
        claim = self.claim
        if claim is None:
            return
        if tag == "SBR":
            self._open(claim, "2320")
        elif tag == "LX":
            self._open(claim, "2400")
        elif tag in {"SVD", "LIN", "LQ"} and self.area.id == "2400":
            self.current = Loop({"SVD": "2430", "LIN": "2410", "LQ": "2440"}[tag])
            self.area.children.append(self.current)

    def _open(self, claim: Loop, kind: str) -> None:
        """A loop under the claim, under which others may be named."""
        self.area = self.current = Loop(kind)
        claim.children.append(self.current)


def split(segments: Iterable[Segment]) -> Iterator[Hierarchy]:
    """Every claim of a transaction with the loops around it."""
    return Splitter().split(segments)
