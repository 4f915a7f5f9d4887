"""Checks the loops of an 837P that somebody else made: what is missing, misplaced, repeated or wrongly qualified."""

from __future__ import annotations

from typing import Final

from edi.claims.checks.children import children, name_of
from edi.claims.checks.elements import Fault, elements
from edi.claims.checks.grammar import FORMATS, GRAMMAR, IDENTIFIERS, Rule
from edi.claims.checks.levels import Levels, counted
from edi.claims.problems import Problem
from edi.claims.readers.loops import Hierarchy, Loop
from edi.claims.rows import Row, row_of
from edi.segments import Segment, Segments

SHARED: Final = frozenset({"header", "1000A", "1000B", "2000A", "2010AA", "2010AB", "2010AC"})
"""The loops that several claims have in common."""

SELDOM: Final = frozenset({"2330C", "2330D", "2330E", "2330F", "2330G"})
"""Loops in which an identifier has no qualifier of its own."""

HEADER: Final = Loop("header")
"""Stands for the transaction as a whole."""


class Structure:
    """Looks at each claim with its surroundings; a level shared by several claims is looked at once."""

    def __init__(self, transaction: str) -> None:
        self.problems: list[Problem] = []
        self.faults: list[Problem] = []
        self._transaction = transaction
        self._claim = ""
        self._line = ""
        self._looked_at: list[Loop] = []
        self._levels = Levels(self._add)
        self._seen_claim = False

    def look(self, found: Hierarchy) -> None:
        """Check a claim and the levels above it."""
        self._levels.leave(found.subscriber)
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
        self._seen_claim = True
        self._levels.claim(found)
        self._loop(found.claim)
        self._looked_at = [found.header, found.billing, found.subscriber, *([found.patient] if found.patient else [])]

    def close(self, segments: Segments) -> None:
        """The end of the transaction; its levels are counted."""
        self._levels.leave(None)
        self._claim = self._line = ""
        for number, element, code, words in counted(segments):
            if code != "missing" or self._seen_claim:
                self._add(HEADER, element, code, words, number=number)

    def _once(self, level: Loop) -> None:
        """A level, unless the claim before stood under it too."""
        if not any(level is seen for seen in self._looked_at):
            self._levels.level(level)
            self._loop(level)

    def _loop(self, loop: Loop) -> None:
        """One loop, then those under it."""
        if loop.id not in GRAMMAR:
            role = loop.segments[0][1][1] if loop.segments else ""
            self._add(loop, "NM101", "role", f"NM1*{role} has no place here.")
            return
        if loop.id == "2400":
            self._line = _reference(loop)
        self._segments(loop, GRAMMAR[loop.id])
        for about, number, fault in children(loop):
            self.problems.append(self._problem(about, fault, number))
        for child in loop.children:
            self._loop(child)
        if loop.id == "2400":
            self._line = ""

    def _segments(self, loop: Loop, rules: dict[str, Rule]) -> None:
        """The segments of one loop."""
        counts: dict[str, int] = {}
        rows: dict[Row, int] = {}
        rank = 0
        for number, segment in loop.segments:
            rule = rules.get(segment.tag)
            if rule is None:
                words = f"{segment.tag} has no place in {name_of(loop)}."
                self._add(loop, segment.tag, "misplaced", words, number=number)
                continue
            if rule.rank < rank:
                self._add(
                    loop, segment.tag, "order", f"{segment.tag} stands too late in {name_of(loop)}.", number=number
                )
            rank = max(rank, rule.rank)
            counts[segment.tag] = counts.get(segment.tag, 0) + 1
            self._segment(loop, rule, number, segment)
            if row := row_of(loop.id, segment.tag, qualifier_of(segment)):
                self._elements(loop, row, number, segment, rows)
        self._counts(loop, rules, counts)

    def _elements(self, loop: Loop, row: Row, number: int, segment: Segment, rows: dict[Row, int]) -> None:
        """One segment by its row of the segment table, which also says how often it may stand there."""
        rows[row] = rows.get(row, 0) + 1
        if rows[row] - 1 == row.most != 0 and row.qualifiers:
            name = f"{row.tag}*{qualifier_of(segment)}"
            words = f"{name} stands more than {row.most} times in {name_of(loop)}."
            self._add(loop, name, "too-many", words, number=number)
        self.faults += [self._problem(loop, fault, number) for fault in elements(row, segment)]

    def _counts(self, loop: Loop, rules: dict[str, Rule], counts: dict[str, int]) -> None:
        """How often each segment stands in a loop."""
        for tag, rule in rules.items():
            count = counts.get(tag, 0)
            if not count and (rule.required or (tag == "N4" and "N3" in counts)):
                self._add(loop, tag, "missing", f"{tag} is missing for {name_of(loop)}.")
            elif count > rule.most:
                words = f"{tag} stands {count} times in {name_of(loop)}; at most {rule.most}."
                self._add(loop, tag, "too-many", words)

    def _segment(self, loop: Loop, rule: Rule, number: int, segment: Segment) -> None:
        """Qualifiers and fixed values of one segment."""
        qualifier = qualifier_of(segment)
        if rule.qualifiers and qualifier not in rule.qualifiers:
            words = f"{segment.tag}*{qualifier} is not known in {name_of(loop)}."
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
            words = f"NM108 of {name_of(loop)} is “{segment[8]}”; it must be {wanted}."
            self._add(loop, "NM108", "qualifier", words, number=number)

    def _add(self, loop: Loop, element: str, code: str, words: str, *, number: int = 0) -> None:
        """Keep a problem, with the number of the segment it is about."""
        self.problems.append(self._problem(loop, Fault(2, element, code, words), number))

    def _problem(self, loop: Loop, fault: Fault, number: int) -> Problem:
        """A problem of a loop; above the subscriber it is no claim's own."""
        claim = "" if loop.id in SHARED else self._claim
        place = "" if loop.id == "header" else loop.id
        at = number or loop.number or None
        words = (fault.element, fault.code, fault.words)
        return Problem(fault.level, claim, self._line, *words, self._transaction, at, loop=place)


def qualifier_of(segment: Segment) -> str:
    """The element that says which of several segments of a tag this is."""
    return segment.part(1, 1) if segment.tag == "HI" else segment[1]


def _reference(loop: Loop) -> str:
    """REF*6R of a line, or its number."""
    reference, number = loop.find("REF", "6R"), loop.find("LX")
    return reference[2] if reference else number[1] if number else ""
