"""Reads a 276: every readable one, with its oddities written down."""

from __future__ import annotations

from edi.inquiries.drafts import CLAIM, DEPENDENT, LINE, Draft
from edi.inquiries.requests import (
    ClaimAsked,
    DependentAsked,
    LineAsked,
    PayerAsked,
    ProviderAsked,
    ReceiverAsked,
    StatusRequest,
    SubscriberAsked,
)
from edi.inquiries.walking import PATIENTS, Walker
from edi.interchanges import Transaction
from edi.segments import Segment

KEPT = frozenset({"1K", "BLT", "LU", "6P", "EJ", "D9", "FJ"})
CHARGE = "T3"


def read(transaction: Transaction) -> StatusRequest:
    """The request in a transaction; raises X12Error only when it is not a 276."""
    walker = RequestWalker()
    walker.walk(transaction)
    payers = tuple(_payer(one) for one in walker.root.under)
    return StatusRequest(*walker.header, payers, tuple(walker.defects))


class RequestWalker(Walker):
    """What a 276 has besides the common segments."""

    set_id = "276"

    def __init__(self) -> None:
        super().__init__()
        self.handlers |= {"DMG": self.read_person, "AMT": self.read_amount}

    def read_person(self, segment: Segment) -> None:
        """DMG: the patient's day of birth and sex."""
        if self.opened.kind in PATIENTS:
            self.opened.birth_date, self.opened.sex = self.day(segment[2]), segment[3]
        else:
            self.misplaced(segment)

    def read_amount(self, segment: Segment) -> None:
        """AMT*T3: the claim's charge."""
        if segment[1] == CHARGE and self.in_claim(segment) and self.opened.kind == CLAIM:
            self.opened.charge = self.number_in(segment, 2, grave=True)
        else:
            self.misplaced(segment)

    def read_reference(self, segment: Segment) -> None:
        """REF: an identifier; of a kind that the model does not hold, it is left out and noted."""
        if segment[1] in KEPT:
            super().read_reference(segment)
        else:
            self.note(f"REF*{segment[1][:3]} is not among what is kept of a 276; it was left out.")


def _payer(draft: Draft) -> PayerAsked:
    return PayerAsked(draft.name, tuple(_receiver(one) for one in draft.under))


def _receiver(draft: Draft) -> ReceiverAsked:
    return ReceiverAsked(draft.name, tuple(_provider(one) for one in draft.under))


def _provider(draft: Draft) -> ProviderAsked:
    return ProviderAsked(draft.name, tuple(_subscriber(one) for one in draft.under))


def _subscriber(draft: Draft) -> SubscriberAsked:
    dependents = tuple(_dependent(one) for one in draft.of(DEPENDENT))
    return SubscriberAsked(draft.name, draft.birth_date, draft.sex, _claims(draft), dependents)


def _dependent(draft: Draft) -> DependentAsked:
    return DependentAsked(draft.name, draft.birth_date, draft.sex, _claims(draft))


def _claims(draft: Draft) -> tuple[ClaimAsked, ...]:
    return tuple(_claim(one) for one in draft.of(CLAIM))


def _claim(draft: Draft) -> ClaimAsked:
    return ClaimAsked(
        draft.trace,
        draft.value("EJ"),
        draft.charge,
        *draft.service,
        draft.value("1K"),
        draft.value("BLT"),
        draft.value("LU"),
        draft.value("6P"),
        draft.value("D9"),
        tuple(_line(one) for one in draft.of(LINE)),
    )


def _line(draft: Draft) -> LineAsked:
    qualifier, procedure, modifiers = draft.procedure()
    reference, revenue_code = draft.value("FJ"), draft.start[4]
    return LineAsked(
        procedure, draft.charge, draft.units, *draft.service, modifiers, reference, revenue_code, qualifier
    )
