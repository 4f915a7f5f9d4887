"""Puts the segments of one interchange into groups and transactions, and notes every defect of the envelopes."""

from __future__ import annotations

from typing import Final

from edi.dates import parse_moment
from edi.delimiters import ISA_LENGTH, Delimiters
from edi.interchanges import Defect, Group, Interchange, Transaction
from edi.segments import Segment, Segments

ENVELOPE_TAGS: Final = frozenset({"ISA", "TA1", "GS", "ST", "SE", "GE", "IEA"})
MOST_DEFECTS: Final = 1_000
"""How many defects of an interchange are listed one by one, so that noise does not fill the memory."""

ENVELOPE_STARTS: Final = frozenset(tag[:2] for tag in ENVELOPE_TAGS)


class Assembler:
    """Takes the segments of an interchange in order; `finish` gives the interchange."""

    def __init__(self, text: str, delimiters: Delimiters, encoding: str) -> None:
        self.text = text
        self.delimiters = delimiters
        self.encoding = encoding
        self.number = 0
        self.count = 0
        self.group: Group | None = None
        self.opened: Segment | None = None
        self.opened_at = 0
        self.opened_number = 0
        self.body: list[str] = []
        self.closed = False
        self.group_controls: set[str] = set()
        self.controls: set[str] = set()
        self.left_unsaid = 0
        self.interchange = interchange_of(Segment([""], delimiters), delimiters)

    def take(self, place: int, piece: str) -> None:
        """The next segment, which begins at `place` of the text."""
        self.number += 1
        if piece[:2] in ENVELOPE_STARTS:
            tag = piece.partition(self.delimiters.element)[0]
            if tag in ENVELOPE_TAGS:
                self._envelope(tag, place, piece)
                return
        if self.opened is not None:
            self.body.append(piece)
        else:
            self._stray(piece)

    def finish(self) -> Interchange:
        """The interchange, with what was left open closed and noted."""
        self._close_transaction(len(self.text))
        self._close_group()
        if not self.closed:
            self._note("IEA", "The interchange ends without IEA; the file may have been cut off.", "IEA")
        if self.left_unsaid:
            words = f"There are {self.left_unsaid:,} further defects, which are not listed."
            self.interchange.defects.append(Defect("more", words, self.number, ""))
        return self.interchange

    def note_open_end(self) -> None:
        """The last segment has no terminator, so that nobody can tell whether it is whole."""
        self._note("end", "The last segment has no terminator; the file may have been cut off.", "")

    def _envelope(self, tag: str, place: int, piece: str) -> None:
        """One of the seven segments that make envelopes."""
        segment = Segment(piece.split(self.delimiters.element), self.delimiters)
        if tag == "ISA":
            self._isa(segment, piece)
        elif tag == "TA1":
            self.interchange.tas.append(segment)
        elif tag == "GS":
            self._gs(segment, place)
        elif tag == "ST":
            self._st(segment, place, piece)
        elif tag == "SE":
            self._se(segment, place, piece)
        elif tag == "GE":
            self._ge(segment, place)
        else:
            self._iea(segment, place)

    def _isa(self, segment: Segment, piece: str) -> None:
        self.interchange = interchange_of(segment, self.delimiters)
        if len(piece) != ISA_LENGTH - 1:
            self._note("ISA", f"The ISA segment has {len(piece) + 1} characters instead of 106.", "ISA")

    def _gs(self, segment: Segment, place: int) -> None:
        self._close_transaction(place)
        self._close_group()
        if segment[6] in self.group_controls:
            self._note("GS06", f"Group control number {segment[6]} is used twice in the interchange.", "GS")
        self.group = group_of(segment)
        self.group.number = self.number
        self.interchange.groups.append(self.group)
        self.group_controls.add(segment[6])
        self.controls = set()

    def _st(self, segment: Segment, place: int, piece: str) -> None:
        self._close_transaction(place)
        if self.group is None:
            self.group, self.controls = Group(), set()
            self.interchange.groups.append(self.group)
            self._note("GS", "A transaction stands outside any group: GS is missing.", "ST")
        if segment[2] in self.controls:
            self._note("ST02", f"Transaction control number {segment[2]} is used twice in the group.", "ST")
        self.controls.add(segment[2])
        self.opened, self.opened_at, self.opened_number, self.body = segment, place, self.number, [piece]

    def _se(self, segment: Segment, place: int, piece: str) -> None:
        if self.opened is None:
            self._note("SE", "An SE segment stands where no transaction was begun.", "SE")
            return
        self.body.append(piece)
        self._compare("SE01", segment[1], str(len(self.body)), "segments in the transaction")
        if segment[2] != self.opened[2]:
            self._note("SE02", f"SE names transaction {segment[2] or '(none)'}, but ST opened {self.opened[2]}.", "SE")
        self._keep(place + len(piece) + 1)

    def _ge(self, segment: Segment, place: int) -> None:
        self._close_transaction(place)
        if self.group is None:
            self._note("GE", "A GE segment stands where no group was begun.", "GE")
            return
        self._compare("GE01", segment[1], str(len(self.group.transactions)), "transactions in the group")
        if segment[2] != self.group.control:
            self._note("GE02", f"GE names group {segment[2] or '(none)'}, but GS opened {self.group.control}.", "GE")
        self.group = None

    def _iea(self, segment: Segment, place: int) -> None:
        self._close_transaction(place)
        self._close_group()
        if self.closed:
            self._note("IEA", "The interchange is ended by IEA twice.", "IEA")
        self.closed = True
        self._compare("IEA01", segment[1], str(len(self.interchange.groups)), "groups in the interchange")
        if segment[2] != self.interchange.control:
            opened = self.interchange.control
            self._note("IEA02", f"IEA names interchange {segment[2] or '(none)'}, but ISA opened {opened}.", "IEA")

    def _close_transaction(self, end: int) -> None:
        """A transaction that something else ended than its SE is kept all the same."""
        if self.opened is not None:
            self._note("SE", f"Transaction {self.opened[2]} ends without SE.", "SE")
            self._keep(end)

    def _keep(self, end: int) -> None:
        """Add the open transaction, whose text ends at `end`, to its group."""
        if self.opened is None or self.group is None:
            return
        version = self.opened[3] or self.group.version
        segments = Segments(self.body, self.delimiters)
        raw = self.text[self.opened_at : end].rstrip().encode(self.encoding)
        kept = Transaction(self.opened[1], self.opened[2], version, segments, raw, self.count, self.encoding)
        self.group.transactions.append(kept)
        self.count += 1
        self.opened, self.body = None, []

    def _close_group(self) -> None:
        if self.group is not None:
            self._note("GE", f"Group {self.group.control or '(none)'} ends without GE.", "GE")
            self.group = None

    def _compare(self, code: str, said: str, counted: str, what: str) -> None:
        """Note a count that is not what was counted."""
        if said.lstrip("0") != counted.lstrip("0"):
            self._note(code, f"{code} says {said or 'nothing'}, but there are {counted} {what}.", code[:-2])

    def _stray(self, piece: str) -> None:
        tag = piece.partition(self.delimiters.element)[0][:3]
        self._note("stray", f"A segment “{tag}” stands outside any transaction and was left out.", tag)

    def _note(self, code: str, words: str, tag: str) -> None:
        if len(self.interchange.defects) >= MOST_DEFECTS:
            self.left_unsaid += 1
            return
        group = self.group.control if self.group else ""
        opened = self.opened[2] if self.opened is not None else ""
        self.interchange.defects.append(Defect(code, words, self.number, tag, group, opened))


def interchange_of(isa: Segment, delimiters: Delimiters) -> Interchange:
    """The interchange that an ISA segment opens."""
    return Interchange(
        sender_qualifier=isa[5].strip(),
        sender=isa[6].strip(),
        receiver_qualifier=isa[7].strip(),
        receiver=isa[8].strip(),
        made_at=parse_moment(isa[9], isa[10]),
        version=isa[12],
        control=isa[13],
        acknowledgment_wanted=isa[14] == "1",
        usage=isa[15],
        delimiters=delimiters,
        header=isa,
    )


def group_of(gs: Segment) -> Group:
    """The group that a GS segment opens."""
    return Group(gs[1], gs[2], gs[3], parse_moment(gs[4], gs[5]), gs[6], gs[8], header=gs)
