"""What a receiver says about a file before anybody looks at the claims in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from edi.acknowledgments import words
from edi.oddities import Oddity


class Verdict(StrEnum):
    """What an acknowledgment means; what is not known is never taken as accepted."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_ERRORS = "accepted_with_errors"
    PARTIALLY_ACCEPTED = "partially_accepted"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


VERDICTS = {
    "A": Verdict.ACCEPTED,
    "E": Verdict.ACCEPTED_WITH_ERRORS,
    "P": Verdict.PARTIALLY_ACCEPTED,
    "R": Verdict.REJECTED,
    "M": Verdict.REJECTED,
    "W": Verdict.REJECTED,
    "X": Verdict.REJECTED,
}


def verdict(code: str) -> Verdict:
    """The meaning of TA104, IK501 or AK901."""
    return VERDICTS.get(code, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True)
class InterchangeAcknowledgment:
    """TA1: `control` is the ISA13 of the file answered; R means that the whole file is lost."""

    control: str
    sent_on: date | None
    sent_at: time | None
    status: str
    note: str = "000"

    @property
    def verdict(self) -> Verdict:
        """Whether the interchange was accepted."""
        return verdict(self.status)

    @property
    def words(self) -> str:
        """The note code (TA105) in words."""
        return words.note(self.note)


@dataclass(frozen=True, slots=True)
class ElementError:
    """IK4: one element at fault; `component` and `repetition` are 0 where they do not apply."""

    position: int
    code: str
    component: int = 0
    repetition: int = 0
    reference: str = ""
    value: str = ""
    contexts: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The error code (IK403) in words."""
        return words.element_error(self.code)


@dataclass(frozen=True, slots=True)
class SegmentError:
    """IK3: one segment at fault; `position` counts from ST as 1, so it finds the claim in what we sent.

    `contexts` are the CTX segments: `CLM01:…` repeats the patient control number, others name the rule's trigger.
    """

    segment: str
    position: int
    code: str
    loop: str = ""
    contexts: tuple[str, ...] = ()
    elements: tuple[ElementError, ...] = ()

    @property
    def words(self) -> str:
        """The error code (IK304) in words."""
        return words.segment_error(self.code)

    @property
    def patient_control_number(self) -> str:
        """The claim that the receiver names (CTX*CLM01), or nothing."""
        named = (text.partition(":") for text in self.contexts)
        return next((number for what, _, number in named if what == "CLM01"), "")


@dataclass(frozen=True, slots=True)
class SetResponse:
    """AK2 to IK5: the answer to one transaction (`control` is its ST02)."""

    set_id: str
    control: str
    status: str
    version: str = ""
    codes: tuple[str, ...] = ()
    errors: tuple[SegmentError, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Whether the transaction was accepted."""
        return verdict(self.status)

    @property
    def words(self) -> tuple[str, ...]:
        """The codes of IK502 to IK506 in words."""
        return tuple(words.set_error(code) for code in self.codes)


@dataclass(frozen=True, slots=True)
class Acknowledgment:
    """A 999: the answer to one functional group (AK1: GS01, GS06, GS08) and to the transactions in it."""

    functional_id: str
    control: str
    status: str
    version: str = ""
    included: int = 0
    received: int = 0
    accepted: int = 0
    codes: tuple[str, ...] = ()
    sets: tuple[SetResponse, ...] = ()
    defects: tuple[Oddity, ...] = field(default=(), compare=False)

    @property
    def verdict(self) -> Verdict:
        """Whether the group was accepted; partially means that `sets` decide one by one."""
        return verdict(self.status)

    @property
    def words(self) -> tuple[str, ...]:
        """The codes of AK905 to AK909 in words."""
        return tuple(words.group_error(code) for code in self.codes)

    def verdict_of(self, control: str) -> Verdict:
        """The answer to one transaction; where the 999 does not name it, the group's, unless that is partial."""
        for one in self.sets:
            if one.control == control:
                return one.verdict
        return Verdict.UNKNOWN if self.verdict is Verdict.PARTIALLY_ACCEPTED else self.verdict
