"""Checks the loops of an 837P that somebody else made: what is missing, misplaced, repeated or wrongly qualified."""

from __future__ import annotations

from typing import Final

from edi.claims.checks.grammar import FORMATS, GRAMMAR, IDENTIFIERS, LOOPS_WITHIN, NAMES, ONCE, Rule
from edi.claims.problems import Problem
from edi.claims.readers.loops import Hierarchy, Loop
from edi.segments import Segment

SHARED: Final = frozenset({"header", "1000A", "1000B", "2000A", "2010AA", "2010AB", "2010AC"})
"""The loops that several claims have in common."""

SELDOM: Final = frozenset({"2330C", "2330D", "2330E", "2330F", "2330G"})
"""Loops in which an identifier has no qualifier of its own."""


class Structure:
    """Looks at each claim with its surroundings; a level shared by several claims is looked at once."""

    def __init__(self, transaction: str) -> None:
        self.problems: list[Problem] = []
        self._transaction = transaction
        self._claim = ""
        self._line = ""
        self._looked_at: list[Loop] = []
        self._level = 0
        self._billing = ""
        self._subscriber = ""

    def look(self, found: Hierarchy) -> None:
        """Check a claim and the levels above it."""
        self._claim = self._line = ""
        self._once(found.header)
        if found.claim is None:
            self._add(found.header, "CLM", "missing", "The transaction holds no claim.")
            return
        clm = found.claim.find("CLM")
        self._claim = clm[1] if clm else ""
        for level in (found.billing, found.subscriber, found.patient):
            if level is not None:
                self._once(level)
        self._loop(found.claim)
        self._looked_at = [found.header, found.billing, found.subscriber, *([found.patient] if found.patient else [])]

    def _once(self, level: Loop) -> None:
        """A level, unless the claim before stood under it too."""
        if not any(level is seen for seen in self._looked_at):
            self._hierarchy(level)
            self._loop(level)

    def _hierarchy(self, level: Loop) -> None:
        """HL01 counts from 1, HL02 names the level above."""
        hl = level.find("HL")
        if hl is None:
            if level.id != "header":
                self._add(level, "HL", "missing", f"HL is missing for {NAMES[level.id]}.")
            return
        self._level += 1
        if hl[1] != str(self._level):
            words = f"HL01 is {hl[1] or 'empty'}, but this is level {self._level} of the transaction."
            self._add(level, "HL01", "level", words)
            self._level = int(hl[1]) if hl[1].isdigit() else self._level
        parent = {"2000B": self._billing, "2000C": self._subscriber}.get(level.id, "")
        if hl[2] != parent:
            words = f"HL02 is {hl[2] or 'empty'}, but the level above is {parent or 'none'}."
            self._add(level, "HL02", "parent", words)
        if level.id == "2000A":
            self._billing = hl[1]
        elif level.id == "2000B":
            self._subscriber = hl[1]

    def _loop(self, loop: Loop) -> None:
        """One loop, then those under it."""
        if loop.id not in GRAMMAR:
            role = loop.segments[0][1][1] if loop.segments else ""
            self._add(loop, "NM101", "role", f"NM1*{role} has no place here.")
            return
        if loop.id == "2400":
            self._line = _reference(loop)
        self._segments(loop, GRAMMAR[loop.id])
        self._children(loop)
        for child in loop.children:
            self._loop(child)
        if loop.id == "2400":
            self._line = ""

    def _segments(self, loop: Loop, rules: dict[str, Rule]) -> None:
        """The segments of one loop."""
        counts: dict[str, int] = {}
        rank = 0
        for number, segment in loop.segments:
            rule = rules.get(segment.tag)
            if rule is None:
                words = f"{segment.tag} has no place in {_name(loop)}."
                self._add(loop, segment.tag, "misplaced", words, number=number)
                continue
            if rule.rank < rank:
                self._add(loop, segment.tag, "order", f"{segment.tag} stands too late in {_name(loop)}.", number=number)
            rank = max(rank, rule.rank)
            counts[segment.tag] = counts.get(segment.tag, 0) + 1
            self._segment(loop, rule, number, segment)
        self._counts(loop, rules, counts)

    def _counts(self, loop: Loop, rules: dict[str, Rule], counts: dict[str, int]) -> None:
        """How often each segment stands in a loop."""
        for tag, rule in rules.items():
            count = counts.get(tag, 0)
            if not count and (rule.required or (tag == "N4" and "N3" in counts)):
                self._add(loop, tag, "missing", f"{tag} is missing for {_name(loop)}.")
            elif count > rule.most:
                words = f"{tag} stands {count} times in {_name(loop)}; at most {rule.most}."
                self._add(loop, tag, "too-many", words)

    def _segment(self, loop: Loop, rule: Rule, number: int, segment: Segment) -> None:
        """Qualifiers and fixed values of one segment."""
        qualifier = segment.part(1, 1) if segment.tag == "HI" else segment[1]
        if rule.qualifiers and qualifier not in rule.qualifiers:
            words = f"{segment.tag}*{qualifier} is not known in {_name(loop)}."
            self._add(loop, f"{segment.tag}01", "qualifier", words, number=number)
        for element in (2, 3, 4, 6):
            values = FORMATS.get((segment.tag, element))
            if values and segment[element] not in values:
                words = f"{segment.tag}{element:02} is “{segment[element]}”, which is not one of its values."
                self._add(loop, f"{segment.tag}{element:02}", "qualifier", words, number=number)
        if segment.tag == "NM1" and loop.id not in SELDOM:
            self._identifier(loop, number, segment)
        if qualifier == "BK":
            words = "HI*BK says ICD-9, which ended on 09/30/2015; ICD-10-CM is ABK and ABF."
            self._add(loop, "HI01", "icd-9", words, number=number)
        if segment.tag == "CLM" and segment.part(5, 2) != "B":
            words = "CLM05-2 must be B, which says that CLM05-1 is a place of service."
            self._add(loop, "CLM05", "qualifier", words, number=number)

    def _identifier(self, loop: Loop, number: int, segment: Segment) -> None:
        """NM108 says what NM109 is."""
        wanted = IDENTIFIERS.get(segment[1])
        if wanted and (segment[8] or segment[9]) and segment[8] != wanted:
            words = f"NM108 of {_name(loop)} is “{segment[8]}”; it must be {wanted}."
            self._add(loop, "NM108", "qualifier", words, number=number)

    def _children(self, loop: Loop) -> None:
        """The loops that must stand under this one, and how often."""
        kinds = [child.id for child in loop.children]
        for kind in LOOPS_WITHIN.get(loop.id, ()):
            if kind not in kinds:
                words = f"{NAMES[kind].capitalize()} is missing ({kind})."
                self._add(loop, "NM1" if kind != "2400" else "LX", "missing", words)
        for kind in sorted(set(kinds) & ONCE):
            if kinds.count(kind) > 1:
                words = f"{NAMES.get(kind, kind).capitalize()} is named {kinds.count(kind)} times."
                self._add(loop, "NM1", "too-many", words)

    def _add(self, loop: Loop, element: str, code: str, words: str, *, number: int = 0) -> None:
        """Keep a problem, with the number of the segment it is about; above the subscriber it is no claim's own."""
        claim = "" if loop.id in SHARED else self._claim
        at = number or loop.number
        self.problems.append(Problem(2, claim, self._line, element, code, words, self._transaction, at))


def _reference(loop: Loop) -> str:
    """REF*6R of a line, or its number."""
    reference, number = loop.find("REF", "6R"), loop.find("LX")
    return reference[2] if reference else number[1] if number else ""


def _name(loop: Loop) -> str:
    """What a biller calls a loop."""
    return NAMES.get(loop.id, f"loop {loop.id}")
