"""Values taken from segments; what cannot be read becomes a problem instead of an exception."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from edi.amounts import ZERO, parse_amount
from edi.claims.problems import Problem
from edi.claims.readers.loops import Hierarchy, Loop
from edi.dates import parse_date, parse_range
from edi.errors import X12Error
from edi.parties import Address
from edi.segments import Segment


@dataclass(slots=True)
class Values:
    """Reads values for the claim in hand and keeps what was wrong with them."""

    transaction: str = ""
    claim: str = ""
    line: str = ""
    problems: list[Problem] = field(default_factory=list)
    unsettled: list[Segment] = field(default_factory=list)

    def amount(self, segment: Segment, element: int) -> Decimal:
        """An amount; 0 and a problem when it cannot be read."""
        text = segment[element]
        try:
            return parse_amount(text)
        except X12Error as error:
            self.wrong(segment, element, "amount", str(error) if text else "An amount is missing.")
            return ZERO

    def optional_amount(self, segment: Segment | None, element: int) -> Decimal | None:
        """An amount that may be absent."""
        return self.amount(segment, element) if segment is not None else None

    def day(self, segment: Segment | None, element: int) -> date | None:
        """A date; None, with a problem when there is one that cannot be read."""
        return self.days(segment, element)[0]

    def days(self, segment: Segment | None, element: int) -> tuple[date | None, date | None]:
        """The first and last day of a date or a range; the last is None for one day."""
        if segment is None or not segment[element]:
            return None, None
        try:
            first, last = parse_range(segment[element]) if "-" in segment[element] else (_day(segment[element]),) * 2
        except X12Error as error:
            self.wrong(segment, element, "date", str(error))
            return None, None
        return first, None if first == last else last

    def number(self, segment: Segment, element: int, text: str) -> int:
        """A small whole number; 0 and a problem when it is none."""
        if text.isascii() and text.isdigit():
            return int(text)
        self.wrong(segment, element, "number", f"“{text}” is not a number.")
        return 0

    def wrong(self, segment: Segment, element: int, code: str, words: str) -> None:
        """Keep a problem of syntax."""
        place = f"{segment.tag}{element:02}"
        self.problems.append(Problem(1, self.claim, self.line, place, code, words, self.transaction))
        self.unsettled.append(segment)

    def settle(self, found: Hierarchy) -> None:
        """Give the latest problems the loops and numbers of their segments, now that the claim has been read."""
        if not self.unsettled:
            return
        places = {id(segment): (number, loop.id) for loop, number, segment in found.all_segments()}
        first = len(self.problems) - len(self.unsettled)
        elsewhere = (found.claim.number, found.claim.id) if found.claim else (None, "")
        for at, segment in enumerate(self.unsettled, first):
            number, loop = places.get(id(segment), elsewhere)
            self.problems[at] = replace(self.problems[at], segment=number, loop=loop)
        self.unsettled.clear()


def _day(text: str) -> date:
    """A date with its century; six digits are not enough in an 837."""
    if len(text) != len("CCYYMMDD"):
        raise X12Error(f"“{text}” is not a date: it should be eight digits, year, month, day.")
    return parse_date(text)


def address(loop: Loop) -> Address | None:
    """N3 and N4 of a loop."""
    street, city = loop.find("N3"), loop.find("N4")
    if street is None and city is None:
        return None
    lines = (street[1], street[2]) if street else ("", "")
    return Address(*lines, city[1], city[2], city[3], city[4]) if city else Address(*lines)
