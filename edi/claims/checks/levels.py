"""Checks the levels of an 837P: that HL counts, names the level above, and says truly what stands under it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from edi.claims.checks.grammar import NAMES
from edi.claims.readers.loops import Hierarchy, Loop
from edi.segments import Segment, Segments


class Add(Protocol):
    """Keeps a problem of a loop."""

    def __call__(self, loop: Loop, element: str, code: str, words: str) -> None:
        """The loop, the element, a stable code and a sentence."""


class Levels:
    """Follows the levels of one transaction from claim to claim."""

    def __init__(self, add: Add) -> None:
        self._add = add
        self._billing = ""
        self._subscriber = ""
        self._above: Loop | None = None
        self._has_patient = False

    def level(self, level: Loop) -> None:
        """HL02 names the level above."""
        hl = level.find("HL")
        if hl is None:
            if level.id != "header":
                self._add(level, "HL", "missing", f"HL is missing for {NAMES[level.id]}.")
            return
        parent = {"2000B": self._billing, "2000C": self._subscriber}.get(level.id, "")
        if hl[2] != parent:
            words = f"HL02 is {hl[2] or 'empty'}, but the level above is {parent or 'none'}."
            self._add(level, "HL02", "parent", words)
        if level.id == "2000A":
            self._billing = hl[1]
        elif level.id == "2000B":
            self._subscriber = hl[1]

    def claim(self, found: Hierarchy) -> None:
        """A claim under a subscriber or a patient: HL04 of the subscriber and SBR02 must say which."""
        if found.subscriber is not self._above:
            self._above, self._has_patient = found.subscriber, False
            self._relationship(found)
        if found.patient is not None and not self._has_patient:
            self._has_patient = True
            if _child(found.subscriber) == "0":
                words = "HL04 of the subscriber level is 0, but a patient level stands under it."
                self._add(found.subscriber, "HL04", "child", words)

    def leave(self, following: Loop | None) -> None:
        """What follows the subscriber level: when it ends, a patient that its HL04 announced has come."""
        above = self._above
        if above is not None and above is not following and not self._has_patient and _child(above) == "1":
            words = "HL04 of the subscriber level is 1, but no patient level stands under it."
            self._add(above, "HL04", "child", words)

    def _relationship(self, found: Hierarchy) -> None:
        """SBR02 is 18 where the subscriber is the patient, and only there."""
        sbr = found.subscriber.find("SBR")
        if sbr is None:
            return
        if found.patient is None and sbr[2] != "18":
            words = f"SBR02 is {sbr[2] or 'empty'}; it is 18 where the subscriber is the patient."
            self._add(found.subscriber, "SBR02", "relationship", words)
        elif found.patient is not None and sbr[2]:
            words = f"SBR02 is {sbr[2]}, but the claim is for a patient under the subscriber."
            self._add(found.subscriber, "SBR02", "relationship", words)


def counted(segments: Segments) -> Iterator[tuple[int, str, str, str]]:
    """What is wrong with the levels as a whole, as segment number, element, code and words.

    HL01 counts from 1, and a patient's level, or a subscriber's without patients under it, holds a claim.
    """
    level, waiting = 0, 0
    for number, segment in _levels_and_claims(segments):
        if segment.tag == "CLM":
            waiting = 0
            continue
        if waiting:
            yield waiting, "CLM", "missing", "No claim stands under this level."
        level += 1
        if segment[1] != str(level):
            yield number, "HL01", "level", f"HL01 is {segment[1] or 'empty'}, but this is level {level}."
            level = int(segment[1]) if segment[1].isascii() and segment[1].isdigit() else level
        waiting = number if segment[3] == "23" or (segment[3] == "22" and segment[4] != "1") else 0
    if waiting:
        yield waiting, "CLM", "missing", "No claim stands under this level."


def _levels_and_claims(segments: Segments) -> Iterator[tuple[int, Segment]]:
    """Every HL and CLM with its number, ST being 1."""
    starts = (f"HL{segments.delimiters.element}", f"CLM{segments.delimiters.element}")
    for place, text in enumerate(segments.texts):
        if text.startswith(starts):
            yield place + 1, segments[place]


def _child(level: Loop) -> str:
    """HL04."""
    hl = level.find("HL")
    return hl[4] if hl else ""
