"""Reads a 270: every readable one, with its oddities written down."""

from __future__ import annotations

import re

from edi.eligibility.benefit import Detail
from edi.eligibility.drafts import Draft
from edi.eligibility.inquiry import Inquiry, Question
from edi.eligibility.walking import MEMBERS, Walker
from edi.errors import X12Error
from edi.interchanges import Transaction
from edi.segments import Segment

SET_ID = "270"

_codes = re.compile(r"[A-Za-z0-9]+").findall


def read(transaction: Transaction) -> Inquiry:
    """The inquiry in a transaction; raises X12Error only when it is not a 270."""
    if transaction.set_id != SET_ID:
        found = transaction.set_id or "nameless set"
        raise X12Error(f"This transaction is a {found}, not an eligibility inquiry (270).")
    reader = InquiryReader()
    reader.walk(transaction)
    return reader.inquiry()


class InquiryReader(Walker):
    """Adds the questions (EQ, III) to what both sets have."""

    what = "a 270"

    def __init__(self) -> None:
        super().__init__()
        self.handlers |= {"EQ": self.read_question, "III": self.read_place}

    def inquiry(self) -> Inquiry:
        """The inquiry as read: its first payer and receiver; a second one would be another inquiry."""
        payer = self.only(self.root.under, "payer")
        receiver = self.only(payer.under, "provider")
        subscribers = tuple(one.subscriber() for one in receiver.under)
        purpose, number = self.header
        found = (payer.name, receiver.receiver(), subscribers, self.made_at, purpose, self.is_real_time)
        return Inquiry(number, *found, tuple(self.defects))

    def only(self, drafts: list[Draft], what: str) -> Draft:
        """The first of several levels; the others are left out, gravely."""
        self.number = 0
        if not drafts:
            self.note(f"The inquiry names no {what}.", grave=True)
        if len(drafts) > 1:
            self.note(f"The inquiry names {len(drafts)} {what}s; only the first was read.", grave=True)
        return drafts[0] if drafts else Draft("")

    def read_question(self, segment: Segment) -> None:
        """EQ: a question about the member above."""
        if self.level.kind not in MEMBERS:
            self.note("EQ stands outside any subscriber or dependent; it was left out.", grave=True)
            return
        procedure = tuple(segment.parts(2)) if segment[2] else ()
        question = Question(tuple(_codes(segment[1])), procedure, segment[3].strip())
        self.open_part("EQ", self.level).question = question

    def read_place(self, segment: Segment) -> None:
        """III: the place of service a question is limited to."""
        if self.opened.kind == "EQ" and segment[2]:
            self.opened.details.append(Detail(segment[1].strip(), segment[2].strip()))
        else:
            self.note("III follows no question; it was left out.")
