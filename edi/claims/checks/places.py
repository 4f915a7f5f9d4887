"""Where the segments stand that a finding is about, counted from ST as 1 as a 999 counts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from edi.claims.problems import Findings
from edi.claims.readers.loops import Hierarchy, Loop, split
from edi.claims.reading import Reading
from edi.interchanges import Group, Transaction

MOST_SEGMENTS: Final = 250_000
"""Findings in a longer transaction have no segment number: finding them would take too much memory."""

LEVELS: Final = {
    **dict.fromkeys(("", "1000A", "1000B"), "header"),
    **dict.fromkeys(("2000A", "2010AA", "2010AB"), "billing"),
    **dict.fromkeys(("2000B", "2010BA", "2010BB"), "subscriber"),
    **dict.fromkeys(("2000C", "2010CA"), "patient"),
}
"""Which level around a claim holds a loop."""

_tagged = re.compile(r"([A-Z][A-Z0-9]{1,2}?)(?:[0-9]{2}(?:-[0-9]+)?)?(?:\*([A-Z0-9]+))?").fullmatch


class Places:
    """Finds segments in a group; a transaction is split again only when there is something to find in it."""

    def __init__(self, group: Group, readings: Sequence[Reading]) -> None:
        self._group = group
        self._sent = [sent for sent in group.transactions if sent.set_id == "837"]
        self._known = {
            id(claim): (at, number)
            for at, reading in enumerate(readings)
            for number, claim in enumerate(reading.claims)
        }
        self._split: tuple[int, list[Hierarchy]] = (-1, [])
        self._listed: dict[str, tuple[Loop, list[Loop]]] = {}

    def __call__(self, found: Findings, loop: str, element: str) -> int | None:
        """The number of the segment with this element, or that of its loop when the segment is missing."""
        if element.startswith("ISA"):
            return 1
        if element.startswith("GS"):
            return self._group.number or None
        at, number = self._known.get(id(found.anchor), (0, 0))
        hierarchies = self._hierarchies(at)
        if number >= len(hierarchies):
            return None
        return segment_number(self._loop(hierarchies[number], found, loop), element)

    def _hierarchies(self, at: int) -> list[Hierarchy]:
        """The claims of a transaction with the loops around them."""
        if at != self._split[0]:
            self._split = (at, _split(self._sent[at]) if at < len(self._sent) else [])
        return self._split[1]

    def _loop(self, found: Hierarchy, about: Findings, loop: str) -> Loop:
        """The loop, or the one it should stand under."""
        level = LEVELS.get(loop)
        if level is not None:
            return _under(getattr(found, level) or found.subscriber, loop)
        claim = found.claim or found.subscriber
        if loop.startswith(("232", "233")):
            return _under(_nth(self._every(claim, "2320"), about.nth) or claim, loop)
        if not loop.startswith("24"):
            return _under(claim, loop)
        line = _nth(self._every(claim, "2400"), about.number) or claim
        return (_nth(self._every(line, loop), about.nth) or line) if loop == "2430" else _under(line, loop)

    def _every(self, parent: Loop, kind: str) -> list[Loop]:
        """The loops of a kind under a loop, which are listed once however many findings are about them."""
        kept = self._listed.get(kind)
        if kept is None or kept[0] is not parent:
            kept = self._listed[kind] = (parent, parent.every(kind))
        return kept[1]


def _split(sent: Transaction) -> list[Hierarchy]:
    """The claims of a transaction that is not too long for it."""
    return list(split(sent.segments)) if len(sent.segments) <= MOST_SEGMENTS else []


def _nth(loops: list[Loop], nth: int) -> Loop | None:
    """The nth of several loops, from 1."""
    return loops[nth - 1] if 0 < nth <= len(loops) else None


def _under(parent: Loop, kind: str) -> Loop:
    """The first loop of a kind; else its parent."""
    return parent if parent.id == kind else parent.child(kind) or parent


def segment_number(loop: Loop, element: str) -> int | None:
    """The number of the first segment that an element such as NM109, SV101-7 or REF*F8 names, else of the loop."""
    tagged = _tagged(element)
    tag, qualifier = (tagged[1], tagged[2]) if tagged else (element, None)
    for number, segment in loop.segments:
        if segment.tag == tag and qualifier in {None, segment[1]}:
            return number
    return loop.number or None
