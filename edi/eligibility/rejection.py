"""An AAA as data: why a payer did not answer, at which level, and what it wants done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from edi.codes.eligibility import follow_ups, reject_reasons


class Level(StrEnum):
    """Where an AAA stands: before or behind the payer's name, at the receiver, the person, or a benefit."""

    REQUEST = "request"
    PAYER = "payer"
    RECEIVER = "receiver"
    SUBSCRIBER = "subscriber"
    DEPENDENT = "dependent"
    BENEFIT = "benefit"


@dataclass(frozen=True, slots=True)
class Rejection:
    """One AAA: `reason` AAA03, `follow_up` AAA04, `is_valid` AAA01 (the request was valid, but was not answered)."""

    level: Level
    reason: str
    follow_up: str = ""
    is_valid: bool = False

    @property
    def words(self) -> str:
        """The reason in words; one that is not in our list is shown as it came."""
        known = reject_reasons().get(self.reason)
        return known.meaning if known else f"Reject reason {self.reason or '(none)'}"

    @property
    def fix(self) -> str:
        """What a practice can do about the reason; empty for one that is not in our list."""
        known = reject_reasons().get(self.reason)
        return known.fix if known else ""

    @property
    def action(self) -> str:
        """What the payer wants done; empty when it says nothing or nothing that we know."""
        known = follow_ups().get(self.follow_up)
        return known.meaning if known else ""

    @property
    def is_about_client(self) -> bool | None:
        """Whether the reason is a finding about the client, not about payer, provider or wire; None if not listed."""
        known = reject_reasons().get(self.reason)
        return known.about_client if known else None

    @property
    def may_retry(self) -> bool:
        """Whether the same inquiry may be sent again later without a change (payer down, no answer)."""
        reason, action = reject_reasons().get(self.reason), follow_ups().get(self.follow_up)
        if action and action.may_resend == "no":
            return False
        return bool(reason and reason.retry) or bool(action and action.may_resend == "unchanged")
