"""What readers of claim statuses have in common: names, statuses, amounts and days, and notes of what is odd."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from edi.amounts import parse_amount
from edi.dates import parse_date, parse_range
from edi.errors import X12Error
from edi.oddities import Oddity
from edi.parties import Name
from edi.segments import Segment
from edi.statuses.stc import Status, StatusCode

Days = tuple[date | None, date | None]
NEVER: Days = (None, None)


def name_in(segment: Segment) -> Name:
    """NM1: whom a level is about."""
    last, first, middle, suffix = segment[3].strip(), segment[4], segment[5].strip(), segment[7]
    person = segment[2] != "2"
    return Name(segment[1], last, first, middle, suffix, segment[8], segment[9].strip(), person)


class Notes:
    """The oddities found so far; `number` is the segment being read, counted from ST as 1."""

    def __init__(self) -> None:
        self.number = 0
        self.defects: list[Oddity] = []

    def note(self, words: str, *, grave: bool = False) -> None:
        """Writes down an oddity of the segment being read."""
        self.defects.append(Oddity(self.number, words, grave))

    def number_in(self, segment: Segment, at: int, *, grave: bool = False) -> Decimal | None:
        """An amount or count; none and an oddity when it cannot be read."""
        try:
            return parse_amount(segment[at]) if segment[at] else None
        except X12Error as error:
            self.note(f"{segment.tag}{at:02}: {error}", grave=grave)
            return None

    def day(self, text: str) -> date | None:
        """A day; none and an oddity when it cannot be read."""
        try:
            return parse_date(text) if text else None
        except X12Error as error:
            self.note(str(error))
            return None

    def days(self, text: str) -> Days:
        """A day or a period; none and an oddity when it cannot be read."""
        try:
            return parse_range(text) if text else NEVER
        except X12Error as error:
            self.note(str(error))
            return NEVER

    def status_in(self, segment: Segment, *, grave: bool = False) -> Status:
        """STC: up to three codes and what comes with them; a status without a code is a grave oddity.

        `grave` says that its amounts matter as much, as they do in the answer to an inquiry.
        """
        parts = [segment.parts(number) for number in (1, 10, 11) if segment[number]]
        codes = tuple(StatusCode(*(*part, "", "", "")[:4]) for part in parts)
        if not codes:
            self.note("STC01 is missing: the status is not known.", grave=True)
        return Status(
            codes,
            effective_on=self.day(segment[2]),
            action=segment[3],
            amount=self.number_in(segment, 4, grave=grave),
            text=segment[12].strip(),
            paid=self.number_in(segment, 5, grave=grave),
            decided_on=self.day(segment[6]),
            remitted_on=self.day(segment[8]),
            remittance_number=segment[9].strip(),
        )
