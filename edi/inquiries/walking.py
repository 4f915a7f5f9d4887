"""Walks the levels of a 276 or 277 (005010X212): payer, receiver, provider, subscriber, dependent, claim, line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from edi.delimiters import Delimiters
from edi.errors import X12Error
from edi.inquiries.drafts import CLAIM, LINE, Draft
from edi.interchanges import Transaction
from edi.parties import Reference
from edi.segments import Segment
from edi.statuses.tolerant import Notes, name_in

VERSION = "005010X212"
LEVELS = ("20", "21", "19", "22", "23")
SUBSCRIBER = "22"
PATIENTS = frozenset(LEVELS[3:])
INSIDE = frozenset({CLAIM, LINE})
LEFT_OUT = ("ST", "SE")
SERVICE_DATE = "472"

Handlers = dict[str, Callable[[Segment], None]]


class Walker(Notes):
    """Walks the segments once; `path` are the open levels, and what follows belongs to the last of them."""

    set_id = ""

    def __init__(self) -> None:
        super().__init__()
        self.header: tuple[str, date | None] = ("", None)
        self.root = Draft("", Segment([""], Delimiters()))
        self.path = [self.root]
        self.handlers: Handlers = {
            **dict.fromkeys(LEFT_OUT, self.leave_out),
            "BHT": self.read_header,
            "HL": self.read_level,
            "NM1": self.read_name,
            "TRN": self.read_trace,
            "REF": self.read_reference,
            "DTP": self.read_date,
            "SVC": self.read_line,
        }

    def walk(self, transaction: Transaction) -> None:
        """All segments; raises X12Error when the transaction is of another kind."""
        if transaction.set_id != self.set_id:
            found = transaction.set_id or "nameless set"
            raise X12Error(f"This transaction is a {found}, not a {self.set_id}.")
        for self.number, segment in enumerate(transaction.segments, 1):
            self.handlers.get(segment.tag, self.read_unknown)(segment)
        self.path, self.number = [self.root], 0
        if not transaction.version.startswith(VERSION):
            self.note(f"The version is {transaction.version or 'not given'}, not {VERSION}.", grave=True)
        if not self.root.under:
            self.note("There is no level (HL) in the transaction.", grave=True)

    @property
    def opened(self) -> Draft:
        """The level, claim or line the next segments belong to."""
        return self.path[-1]

    def note(self, words: str, *, grave: bool = False) -> None:
        """Writes down an oddity; a grave one makes doubtful whatever it stands in."""
        super().note(words, grave=grave)
        if grave:
            holder = next((one for one in self.path if one.kind == CLAIM), self.root)
            holder.is_doubtful = True

    def leave_out(self, _segment: Segment) -> None:
        """A segment of which nothing is kept."""

    def read_unknown(self, segment: Segment) -> None:
        """A segment that the set does not have."""
        self.note(f"“{segment.tag[:12]}” is no segment of a {self.set_id}; it was left out.")

    def misplaced(self, segment: Segment) -> None:
        """A segment where the set does not have it."""
        self.note(f"{segment.tag} stands where a {self.set_id} has none; it was left out.")

    def read_header(self, segment: Segment) -> None:
        """BHT: the transaction's number and day."""
        self.header = segment[3].strip(), self.day(segment[4])

    def read_level(self, segment: Segment) -> None:
        """HL: a level, under the last one that is higher; missing levels between are made up, empty."""
        code = segment[3]
        if code not in LEVELS:
            self.path = self.path[: LEVELS.index(SUBSCRIBER) + 1]
            self.note(f"HL03 “{code}” is no level of a {self.set_id}; it is read as a subscriber.", grave=True)
            code = SUBSCRIBER
        depth = LEVELS.index(code)
        del self.path[depth + 1 :]
        if self.path[depth:] and depth and segment[2] != self.opened.start[1]:
            self.note(f"HL {segment[1]} names {segment[2] or 'nothing'} as the level above; its place was followed.")
        for missing in LEVELS[len(self.path) - 1 : depth]:
            self.note(f"A level is missing above HL {segment[1]}.")
            self.open(missing, segment)
        self.open(code, segment)

    def open(self, kind: str, segment: Segment) -> None:
        """Begins a level, claim or line under the last one."""
        draft = Draft(kind, segment)
        self.opened.under.append(draft)
        self.path.append(draft)

    def read_name(self, segment: Segment) -> None:
        """NM1: whom the level is about; the first one counts."""
        if self.opened.kind not in LEVELS or self.opened.name is not None:
            self.misplaced(segment)
        else:
            self.opened.name = name_in(segment)

    def read_trace(self, segment: Segment) -> None:
        """TRN: under a subscriber or dependent it begins a claim."""
        self.close(INSIDE)
        if self.opened.kind not in PATIENTS:
            self.misplaced(segment)
            return
        self.open(CLAIM, segment)
        self.opened.trace = segment[2].strip()
        if not self.opened.trace:
            self.note("TRN02 is missing: it is not known which question this belongs to.", grave=True)

    def close(self, kinds: frozenset[str]) -> None:
        """Ends claims and lines that are open, as `kinds` says."""
        while self.opened.kind in kinds:
            self.path.pop()

    def in_claim(self, segment: Segment) -> bool:
        """Whether a claim is open; one without a TRN is made up, and a segment outside any patient is left out."""
        if self.opened.kind in PATIENTS:
            self.open(CLAIM, segment)
            self.note(f"{segment.tag} stands before TRN: it is not known which question this belongs to.", grave=True)
        if self.opened.kind in INSIDE:
            return True
        self.misplaced(segment)
        return False

    def read_reference(self, segment: Segment) -> None:
        """REF: an identifier."""
        if self.in_claim(segment) and segment[2].strip():
            self.opened.references.append(Reference(segment[1], segment[2].strip()))

    def read_date(self, segment: Segment) -> None:
        """DTP*472: the day or period of the service."""
        if segment[1] != SERVICE_DATE:
            self.misplaced(segment)
        elif self.in_claim(segment):
            self.opened.service = self.days(segment[3])

    def read_line(self, segment: Segment) -> None:
        """SVC: a line of the claim."""
        if not self.in_claim(segment):
            return
        self.close(frozenset({LINE}))
        self.open(LINE, segment)
        self.opened.charge = self.number_in(segment, 2, grave=True)
        self.opened.paid = self.number_in(segment, 3, grave=True)
        self.opened.units = self.number_in(segment, 7)
