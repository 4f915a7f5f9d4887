"""Reads a 271: every readable one, with its oddities written down."""

from __future__ import annotations

import re

from edi.eligibility.answer import Answer
from edi.eligibility.benefit import Benefit, Delivery, Detail
from edi.eligibility.rejection import Level, Rejection
from edi.eligibility.walking import DEPENDENT, MEMBERS, SUBSCRIBER, Walker, named
from edi.errors import X12Error
from edi.interchanges import Transaction
from edi.parties import Contact
from edi.segments import Segment

SET_ID = "271"
WAYS = (3, 5, 7)
WHOLE = 1
LEVEL_OF = {
    "20": Level.PAYER,
    "21": Level.RECEIVER,
    SUBSCRIBER: Level.SUBSCRIBER,
    DEPENDENT: Level.DEPENDENT,
    "EB": Level.BENEFIT,
}

_codes = re.compile(r"[A-Za-z0-9]+").findall


def read(transaction: Transaction) -> Answer:
    """The answer in a transaction; raises X12Error only when it is not a 271."""
    if transaction.set_id != SET_ID:
        found = transaction.set_id or "nameless set"
        raise X12Error(f"This transaction is a {found}, not an eligibility answer (271).")
    reader = AnswerReader()
    reader.walk(transaction)
    return reader.answer()


class AnswerReader(Walker):
    """Adds rejections (AAA) and benefits (EB and what hangs on it) to what both sets have."""

    what = "a 271"

    def __init__(self) -> None:
        super().__init__()
        self.handlers |= {
            "AAA": self.read_rejection,
            "PER": self.read_contact,
            "EB": self.read_benefit,
            "HSD": self.read_delivery,
            "MSG": self.read_message,
            "III": self.read_detail,
            "LS": self.leave_out,
            "LE": self.close_entity,
        }

    def answer(self) -> Answer:
        """The answer as read."""
        purpose, number = self.header
        payers = tuple(one.payer_answer() for one in self.root.under)
        return Answer(number, payers, self.made_at, purpose, tuple(self.defects))

    def benefit_at(self, segment: Segment) -> bool:
        """Whether a benefit is open for a segment that belongs to one; an oddity when not."""
        if self.level.kind in MEMBERS and self.level.parts:
            return True
        self.note(f"{segment.tag} follows no benefit; it was left out.")
        return False

    def read_name(self, segment: Segment) -> None:
        """NM1: whom the level is about, or behind a benefit somebody it has to do with."""
        if self.level.kind in MEMBERS and self.level.parts:
            self.open_part("NM1", self.level.parts[-1]).name = named(segment)
        elif self.level.name is not None:
            self.note("A level has a second NM1; it was left out.", grave=True)
        else:
            self.level.name = named(segment)

    def close_entity(self, _segment: Segment) -> None:
        """LE: what follows belongs to the benefit again."""
        if self.level.parts:
            self.opened = self.level.parts[-1]

    def read_rejection(self, segment: Segment) -> None:
        """AAA: why there is no answer."""
        at = self.level.parts[-1] if self.level.parts else self.level
        level = LEVEL_OF.get(at.kind, Level.REQUEST)
        if level is Level.PAYER and at.name is None:
            level = Level.REQUEST
        if not segment[3]:
            self.note("AAA03 is missing: the reason is not known.", grave=True)
        if at is self.root:
            self.note("AAA stands before any level; it was left out.", grave=True)
        at.rejections.append(Rejection(level, segment[3].strip(), segment[4].strip(), segment[1] == "Y"))

    def read_contact(self, segment: Segment) -> None:
        """PER: whom to ask and how."""
        ways = tuple((segment[at].strip(), segment[at + 1].strip()) for at in WAYS if segment[at + 1])
        self.opened.contacts.append(Contact(segment[1].strip(), segment[2].strip(), ways))

    def read_benefit(self, segment: Segment) -> None:
        """EB: one benefit of the member above."""
        if self.level.kind not in MEMBERS:
            self.note("EB stands outside any subscriber or dependent; it was left out.", grave=True)
            return
        if not segment[1]:
            self.note("EB01 is missing: what the benefit says is not known.", grave=True)
        draft = self.open_part("EB", self.level)
        draft.benefit = Benefit(
            information=segment[1].strip(),
            coverage_level=segment[2].strip(),
            service_types=tuple(_codes(segment[3])),
            insurance_type=segment[4].strip(),
            plan=segment[5].strip(),
            period=segment[6].strip(),
            amount=self.number_in(segment, 7),
            share=self.number_in(segment, 8),
            quantity_qualifier=segment[9].strip(),
            quantity=self.number_in(segment, 10),
            authorization=segment[11].strip(),
            network=segment[12].strip(),
            procedure=tuple(segment.parts(13)) if segment[13] else (),
            pointers=tuple(segment.parts(14)) if segment[14] else (),
            segment=self.number,
        )
        if draft.benefit.share is not None and draft.benefit.share > WHOLE:
            self.note(f"EB08 {segment[8]} is more than the whole; a share of 20 % is written 0.2.", grave=True)

    def read_delivery(self, segment: Segment) -> None:
        """HSD: how much of the service, and in which span."""
        if self.benefit_at(segment):
            quantity, frequency, periods = (self.number_in(segment, at) for at in (2, 4, 6))
            first, unit, period, pattern, clock = (segment[at].strip() for at in (1, 3, 5, 7, 8))
            found = Delivery(first, quantity, unit, frequency, period, periods, pattern, clock)
            self.level.parts[-1].deliveries.append(found)

    def read_message(self, segment: Segment) -> None:
        """MSG: free text on the benefit."""
        if segment[1].strip() and self.benefit_at(segment):
            self.level.parts[-1].messages.append(segment[1].strip())

    def read_detail(self, segment: Segment) -> None:
        """III: a place of service or a kind of injury the benefit is limited to."""
        if self.benefit_at(segment):
            code_list, code, category, text = (segment[at].strip() for at in (1, 2, 3, 4))
            self.level.parts[-1].details.append(Detail(code_list, code, category, text))
