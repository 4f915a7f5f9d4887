"""Walks the segments that a 270 and a 271 have in common: levels, names, addresses, persons, traces and dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from edi.amounts import parse_amount
from edi.dates import parse_date, parse_moment, parse_range
from edi.eligibility.drafts import Draft
from edi.eligibility.people import Dated, Provider, Trace
from edi.errors import X12Error
from edi.interchanges import Transaction
from edi.oddities import Oddity
from edi.parties import Name, Reference
from edi.segments import Segment

VERSION = "005010X279"
LEVELS = {"20": 0, "21": 1, "22": 2, "23": 3}
SUBSCRIBER = "22"
DEPENDENT = "23"
MEMBERS = (SUBSCRIBER, DEPENDENT)
LEFT_OUT = ("ST", "SE", "HI", "MPI", "AMT")
CHANGED = "001"


class Walker:
    """Takes the segments once; `path` are the open levels, and what follows belongs to `opened`."""

    what = ""

    def __init__(self) -> None:
        self.number = 0
        self.header = ("", "")
        self.made_at: datetime | None = None
        self.is_real_time = False
        self.root = Draft("")
        self.path = [self.root]
        self.opened = self.root
        self.defects: list[Oddity] = []
        self.handlers: dict[str, Callable[[Segment], None]] = {
            **dict.fromkeys(LEFT_OUT, self.leave_out),
            "BHT": self.read_header,
            "HL": self.read_level,
            "NM1": self.read_name,
            "N3": self.read_street,
            "N4": self.read_city,
            "TRN": self.read_trace,
            "REF": self.read_reference,
            "PRV": self.read_provider,
            "DMG": self.read_person,
            "INS": self.read_relationship,
            "DTP": self.read_date,
        }

    def walk(self, transaction: Transaction) -> None:
        """All segments, then a word on a version that is not ours."""
        for self.number, segment in enumerate(transaction.segments, 1):
            self.handlers.get(segment.tag, self.read_unknown)(segment)
        if not transaction.version.startswith(VERSION):
            self.number = 0
            self.note(f"The version is {transaction.version or 'not given'}, not {VERSION}A1.")

    @property
    def level(self) -> Draft:
        """The level that is open."""
        return self.path[-1]

    @property
    def holder(self) -> Draft:
        """What a REF or DTP belongs to: behind an entity that was not closed, its benefit."""
        return self.level.parts[-1] if self.opened.kind == "NM1" else self.opened

    def leave_out(self, _segment: Segment) -> None:
        """A segment of which nothing is kept."""

    def read_unknown(self, segment: Segment) -> None:
        """A segment that does not belong here."""
        self.note(f"“{segment.tag[:12]}” is no segment of {self.what}; it was left out.")

    def read_header(self, segment: Segment) -> None:
        """BHT: purpose, number and moment."""
        self.header = (segment[2], segment[3].strip())
        self.made_at = parse_moment(segment[4], segment[5]) if segment[4] else None
        self.is_real_time = segment[6] == "RT"

    def read_level(self, segment: Segment) -> None:
        """HL: a level, under the last one that is higher; missing levels between are made up, empty."""
        depth = LEVELS.get(segment[3])
        if depth is None:
            self.note(f"HL03 “{segment[3][:12]}” is no level of {self.what}; it is read as a subscriber.", grave=True)
            depth = LEVELS[SUBSCRIBER]
        del self.path[depth + 1 :]
        while len(self.path) <= depth:
            self.note(f"A level is missing above HL {segment[1][:12]}.", grave=True)
            self.open_level(str(len(self.path) + 19))
        self.open_level(str(depth + 20))

    def open_level(self, kind: str) -> None:
        """Begins a level under the last one."""
        draft = Draft(kind)
        self.level.under.append(draft)
        self.path.append(draft)
        self.opened = draft

    def open_part(self, kind: str, under: Draft) -> Draft:
        """Begins a question or benefit of a member, or an entity of a benefit."""
        draft = Draft(kind)
        under.parts.append(draft)
        self.opened = draft
        return draft

    def read_name(self, segment: Segment) -> None:
        """NM1: whom the level is about."""
        self.level.name = named(segment)

    def read_street(self, segment: Segment) -> None:
        """N3."""
        self.opened.street = (segment[1].strip(), segment[2].strip())

    def read_city(self, segment: Segment) -> None:
        """N4."""
        self.opened.city = (segment[1].strip(), segment[2].strip(), segment[3].strip(), segment[4].strip())

    def read_trace(self, segment: Segment) -> None:
        """TRN: our number, or a payer's or a clearinghouse's."""
        if segment[2]:
            found = (segment[2].strip(), segment[3].strip(), segment[4].strip())
            self.level.traces.append(Trace(segment[1].strip(), *found))

    def read_reference(self, segment: Segment) -> None:
        """REF: an identifier."""
        if segment[2]:
            self.holder.references.append(Reference(segment[1].strip(), segment[2].strip()))

    def read_provider(self, segment: Segment) -> None:
        """PRV: a provider's part and number."""
        self.opened.provider = Provider(segment[1].strip(), segment[2].strip(), segment[3].strip())

    def read_person(self, segment: Segment) -> None:
        """DMG: birth date and sex."""
        self.level.birth_date = self.day(segment[2])
        self.level.sex = segment[3].strip()

    def read_relationship(self, segment: Segment) -> None:
        """INS: the relationship to the subscriber, whether the record differs, and the order of birth."""
        self.level.relationship = (segment[2].strip(), segment[3] == CHANGED, segment[17].strip())

    def read_date(self, segment: Segment) -> None:
        """DTP: a day or a period; left out when it cannot be read."""
        try:
            first, last = parse_range(segment[3].strip())
        except X12Error as error:
            self.note(f"DTP {segment[1][:3]}: {error}")
            return
        is_period = "-" in segment[3]
        self.holder.dates.append(Dated(segment[1].strip(), first, last if is_period else None))

    def number_in(self, segment: Segment, at: int) -> Decimal | None:
        """An amount, share or quantity; none and a grave oddity when it cannot be read."""
        text = segment[at].strip()
        try:
            return parse_amount(text) if text else None
        except X12Error as error:
            self.note(f"{segment.tag}{at:02}: {error}", grave=True)
            return None

    def day(self, text: str) -> date | None:
        """A day; none and an oddity when it cannot be read."""
        try:
            return parse_date(text.strip()) if text.strip() else None
        except X12Error as error:
            self.note(str(error))
            return None

    def note(self, words: str, *, grave: bool = False) -> None:
        """Writes down an oddity of the segment being read."""
        self.defects.append(Oddity(self.number, words, grave))


def named(segment: Segment) -> Name:
    """An NM1."""
    last, first, middle, suffix = (segment[at].strip() for at in (3, 4, 5, 7))
    person = segment[2].strip() != "2"
    return Name(segment[1].strip(), last, first, middle, suffix, segment[8].strip(), segment[9].strip(), person)
