"""Reads a 277CA: every readable one, with its oddities written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from edi.delimiters import Delimiters
from edi.errors import X12Error
from edi.interchanges import Transaction
from edi.parties import Reference
from edi.segments import Segment
from edi.statuses.drafts import Draft
from edi.statuses.model import StatusReport
from edi.statuses.tolerant import Notes, name_in

SET_ID = "277"
VERSION = "005010X214"
LEVELS = {"20": 0, "21": 1, "19": 2, "PT": 3}
LINE = "SVC"
LEFT_OUT = ("ST", "SE")


def read(transaction: Transaction) -> StatusReport:
    """The report in a transaction; raises X12Error only when it is not a 277.

    The answer to a 276 (005010X212) is a 277 too; it is noted as a grave oddity, for its levels are others.
    """
    if transaction.set_id != SET_ID:
        found = transaction.set_id or "nameless set"
        raise X12Error(f"This transaction is a {found}, not a claim acknowledgment (277CA).")
    reader = StatusReader()
    for reader.number, segment in enumerate(transaction.segments, 1):
        reader.take(segment)
    if not transaction.version.startswith(VERSION):
        reader.number = 0
        words = f"The version is {transaction.version or 'not given'}, not {VERSION}."
        reader.note(words, grave=True)
    return reader.report()


class StatusReader(Notes):
    """Walks the segments once; `path` are the open levels, and what follows belongs to the last of them."""

    def __init__(self) -> None:
        super().__init__()
        self.header: tuple[str, date | None] = ("", None)
        self.root = Draft("", Segment([""], Delimiters()))
        self.path = [self.root]
        self.handlers: dict[str, Callable[[Segment], None]] = {
            **dict.fromkeys(LEFT_OUT, self.leave_out),
            "BHT": self.read_header,
            "HL": self.read_level,
            "NM1": self.read_name,
            "TRN": self.read_trace,
            "STC": self.read_status,
            "REF": self.read_reference,
            "DTP": self.read_date,
            "QTY": self.read_count,
            "AMT": self.read_amount,
            "SVC": self.read_line,
        }

    def take(self, segment: Segment) -> None:
        """The next segment."""
        self.handlers.get(segment.tag, self.read_unknown)(segment)

    def report(self) -> StatusReport:
        """The report as read."""
        sources = tuple(one.source() for one in self.root.under)
        return StatusReport(*self.header, sources, tuple(self.defects))

    @property
    def opened(self) -> Draft:
        """The level the next segments belong to."""
        return self.path[-1]

    def leave_out(self, _segment: Segment) -> None:
        """A segment of which nothing is kept."""

    def read_unknown(self, segment: Segment) -> None:
        """A segment that a 277CA does not have."""
        self.note(f"“{segment.tag[:12]}” is no segment of a 277CA; it was left out.")

    def read_header(self, segment: Segment) -> None:
        """BHT: the report's number and day."""
        self.header = segment[3], self.day(segment[4])

    def read_level(self, segment: Segment) -> None:
        """HL: a level, under the last one that is higher; missing levels between are made up, empty."""
        depth = LEVELS.get(segment[3])
        if depth is None:
            self.note(f"HL03 “{segment[3]}” is no level of a 277CA; it is read as a claim.", grave=True)
            depth = LEVELS["PT"]
        del self.path[depth + 1 :]
        while len(self.path) <= depth:
            self.note(f"A level is missing above HL {segment[1]}.")
            self.open("", segment)
        self.open(segment[3], segment)

    def read_line(self, segment: Segment) -> None:
        """SVC: a line of the claim."""
        if len(self.path) <= len(LEVELS):
            self.note("SVC stands outside any claim; the line was left out.", grave=True)
            return
        del self.path[len(LEVELS) + 1 :]
        self.open(LINE, segment)
        self.opened.charge = self.number_in(segment, 2)

    def open(self, kind: str, segment: Segment) -> None:
        """Begins a level under the last one."""
        draft = Draft(kind, segment)
        self.opened.under.append(draft)
        self.path.append(draft)

    def read_name(self, segment: Segment) -> None:
        """NM1: whom the level is about."""
        self.opened.name = name_in(segment)

    def read_trace(self, segment: Segment) -> None:
        """TRN: for a receiver our BHT03, for a claim our CLM01."""
        self.opened.trace = segment[2].strip()

    def read_status(self, segment: Segment) -> None:
        """STC: up to three codes, the action, the amount and the free text."""
        if self.opened is self.root:
            self.note("STC stands before any level; the status was left out.", grave=True)
        self.opened.statuses.append(self.status_in(segment))

    def read_reference(self, segment: Segment) -> None:
        """REF: an identifier."""
        if segment[2]:
            self.opened.references.append(Reference(segment[1], segment[2].strip()))

    def read_date(self, segment: Segment) -> None:
        """DTP: a day or a period."""
        self.opened.dates.setdefault(segment[1], self.days(segment[3]))

    def read_count(self, segment: Segment) -> None:
        """QTY: how many claims."""
        count = self.number_in(segment, 2)
        self.opened.counts[segment[1]] = None if count is None else int(count)

    def read_amount(self, segment: Segment) -> None:
        """AMT: how much."""
        self.opened.amounts[segment[1]] = self.number_in(segment, 2)
