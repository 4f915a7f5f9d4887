"""Reads TA1 segments and 999 transactions; what is missing or misspelled is noted, never taken as accepted."""

from __future__ import annotations

from datetime import date, time

from edi.acknowledgments.drafts import ElementDraft, SegmentDraft, SetDraft, count
from edi.acknowledgments.model import Acknowledgment, InterchangeAcknowledgment
from edi.dates import parse_date, parse_time
from edi.delimiters import Delimiters
from edi.errors import X12Error
from edi.interchanges import Interchange, Transaction
from edi.oddities import Oddity
from edi.segments import Segment

SETS = frozenset({"999", "997"})
NOTHING = Segment([""], Delimiters())
ENVELOPE = frozenset({"ST", "SE"})


def read_interchange(interchange: Interchange) -> list[InterchangeAcknowledgment]:
    """The TA1 segments of an interchange, in order."""
    return [read_ta1(segment) for segment in interchange.tas]


def read_ta1(segment: Segment) -> InterchangeAcknowledgment:
    """One TA1."""
    sent_on, sent_at = _date(segment[2]), _time(segment[3])
    return InterchangeAcknowledgment(segment[1], sent_on, sent_at, segment[4], segment[5] or "000")


def read(transaction: Transaction) -> Acknowledgment:
    """The 999 (or the older 997) in a transaction; raises X12Error only when it is neither."""
    if transaction.set_id not in SETS:
        found = transaction.set_id or "nameless set"
        raise X12Error(f"This transaction is a {found}, not an acknowledgment (999).")
    reader = AcknowledgmentReader()
    for number, segment in enumerate(transaction.segments, 1):
        reader.take(number, segment)
    return reader.finished()


class AcknowledgmentReader:
    """Walks a 999: AK1, then AK2 … IK5 for every transaction, then AK9."""

    def __init__(self) -> None:
        self.group: Segment | None = None
        self.end: Segment | None = None
        self.sets: list[SetDraft] = []
        self.error: SegmentDraft | None = None
        self.element: ElementDraft | None = None
        self.defects: list[Oddity] = []

    def take(self, number: int, segment: Segment) -> None:
        """The next segment. AK3, AK4 and AK5 of a 997 say what IK3, IK4 and IK5 say."""
        tag = segment.tag
        if tag in ENVELOPE:
            return
        if tag == "AK1":
            self.group = segment
        elif tag == "AK2":
            self.sets.append(SetDraft(segment))
            self.error = self.element = None
        elif tag == "AK9":
            self.end = segment
        elif not self.sets:
            self.note(number, f"{tag} stands before any AK2; it was left out.")
        else:
            self.take_of_set(number, segment)

    def take_of_set(self, number: int, segment: Segment) -> None:
        """A segment between AK2 and the next one."""
        current = self.sets[-1]
        if segment.tag in {"IK3", "AK3"}:
            self.error, self.element = SegmentDraft(segment), None
            current.errors.append(self.error)
        elif segment.tag in {"IK4", "AK4"} and self.error is not None:
            self.element = ElementDraft(segment)
            self.error.elements.append(self.element)
        elif segment.tag == "CTX" and self.error is not None:
            (self.element or self.error).contexts.append(_context(segment))
        elif segment.tag in {"IK5", "AK5"}:
            current.end = segment
        else:
            self.note(number, f"“{segment.tag[:12]}” is not expected here; it was left out.")

    def finished(self) -> Acknowledgment:
        """The acknowledgment; a missing part is a grave oddity and its verdict is unknown."""
        group, end = self.group or NOTHING, self.end or NOTHING
        if self.group is None:
            self.note(0, "AK1 is missing: it is not known which group is answered.", grave=True)
        if self.end is None:
            self.note(0, "AK9 is missing: it is not known whether the group is accepted.", grave=True)
        for one in self.sets:
            if one.end is None:
                self.note(0, f"IK5 is missing for transaction {one.start[2]}.", grave=True)
        return Acknowledgment(
            functional_id=group[1],
            control=group[2],
            version=group[3],
            status=end[1],
            included=count(end[2]),
            received=count(end[3]),
            accepted=count(end[4]),
            codes=tuple(code for code in end.elements[5:10] if code),
            sets=tuple(one.finished() for one in self.sets),
            defects=tuple(self.defects),
        )

    def note(self, number: int, words: str, *, grave: bool = False) -> None:
        """Writes down an oddity."""
        self.defects.append(Oddity(number, words, grave))


def _context(segment: Segment) -> str:
    """A CTX as text, its parts joined by blanks and their components by colons."""
    component = segment.delimiters.component
    return " ".join(part.replace(component, ":") for part in segment.elements[1:] if part)


def _date(text: str) -> date | None:
    try:
        return parse_date(text)
    except X12Error:
        return None


def _time(text: str) -> time | None:
    try:
        return parse_time(text)
    except X12Error:
        return None
