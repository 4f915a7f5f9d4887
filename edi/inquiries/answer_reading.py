"""Reads a 277 (005010X212): every readable one, with its oddities written down."""

from __future__ import annotations

from edi.inquiries.answers import (
    ClaimAnswer,
    DependentAnswer,
    LineAnswer,
    PayerAnswer,
    ProviderAnswer,
    ReceiverAnswer,
    StatusAnswer,
    SubscriberAnswer,
)
from edi.inquiries.drafts import CLAIM, DEPENDENT, LINE, Draft
from edi.inquiries.walking import INSIDE, LEVELS, PATIENTS, Walker
from edi.interchanges import Transaction
from edi.parties import Contact
from edi.segments import Segment

PAYER = LEVELS[0]
TRACED = frozenset(LEVELS[1:3])
WAYS = (3, 5, 7)


def read(transaction: Transaction) -> StatusAnswer:
    """The answer in a transaction; raises X12Error only when it is not a 277.

    A claim acknowledgment (277CA, 005010X214) is a 277 too; it is noted as a grave oddity, for its levels are others.
    """
    walker = AnswerWalker()
    walker.walk(transaction)
    payers = tuple(_payer(one) for one in walker.root.under)
    return StatusAnswer(*walker.header, payers, walker.root.is_doubtful, tuple(walker.defects))


class AnswerWalker(Walker):
    """What a 277 has besides the common segments."""

    set_id = "277"

    def __init__(self) -> None:
        super().__init__()
        self.handlers |= {"PER": self.read_contact, "STC": self.read_status}

    def read_contact(self, segment: Segment) -> None:
        """PER: whom to call at the payer."""
        if self.opened.kind != PAYER:
            self.misplaced(segment)
            return
        ways = tuple((segment[at], segment[at + 1]) for at in WAYS if segment[at])
        self.opened.contact = Contact(segment[1], segment[2], ways)

    def read_trace(self, segment: Segment) -> None:
        """TRN: the question it answers; at receiver and provider the trace of the request."""
        if self.opened.kind in TRACED:
            self.opened.trace = segment[2].strip()
        else:
            super().read_trace(segment)

    def read_status(self, segment: Segment) -> None:
        """STC: of a claim, of a line, or of a level that could not be answered for."""
        if self.opened is self.root:
            self.note("STC stands before any level; the status was left out.", grave=True)
            return
        if self.opened.kind in INSIDE | PATIENTS:
            self.in_claim(segment)
        self.opened.statuses.append(self.status_in(segment, grave=True))


def _payer(draft: Draft) -> PayerAnswer:
    receivers = tuple(_receiver(one) for one in draft.under)
    return PayerAnswer(draft.name, draft.contact, tuple(draft.statuses), receivers)


def _receiver(draft: Draft) -> ReceiverAnswer:
    providers = tuple(_provider(one) for one in draft.under)
    return ReceiverAnswer(draft.name, draft.trace, tuple(draft.statuses), providers)


def _provider(draft: Draft) -> ProviderAnswer:
    subscribers = tuple(_subscriber(one) for one in draft.under)
    return ProviderAnswer(draft.name, draft.trace, tuple(draft.statuses), subscribers)


def _subscriber(draft: Draft) -> SubscriberAnswer:
    dependents = tuple(DependentAnswer(one.name, _claims(one)) for one in draft.of(DEPENDENT))
    return SubscriberAnswer(draft.name, _claims(draft), dependents)


def _claims(draft: Draft) -> tuple[ClaimAnswer, ...]:
    return tuple(_claim(one) for one in draft.of(CLAIM))


def _claim(draft: Draft) -> ClaimAnswer:
    lines = tuple(_line(one) for one in draft.of(LINE))
    statuses, references = tuple(draft.statuses), tuple(draft.references)
    return ClaimAnswer(draft.trace, statuses, references, *draft.service, lines, draft.is_doubtful)


def _line(draft: Draft) -> LineAnswer:
    statuses, references = tuple(draft.statuses), tuple(draft.references)
    qualifier, procedure, modifiers = draft.procedure()
    return LineAnswer(
        qualifier,
        procedure,
        modifiers,
        draft.charge,
        draft.paid,
        draft.start[4],
        draft.units,
        statuses,
        references,
        *draft.service,
    )
