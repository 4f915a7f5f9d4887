"""What the sandbox says about the claims of one transaction before it pays: the content of a 277CA."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from edi.amounts import ZERO
from edi.claims.model import Claim, ClaimTransaction, Line
from edi.envelope import Submitter
from edi.statuses.model import Level
from sandbox.outcomes import Rejection


@dataclass(frozen=True, slots=True)
class Verdict:
    """One claim: accepted under the payer's `number`, or turned away by an edit or the payer; `line` is at fault."""

    claim: Claim
    number: str = ""
    rejection: Rejection | None = None
    by_edit: bool = False
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """The verdicts on claims of one billing provider to one payer, on the payer's day."""

    part: ClaimTransaction
    submitter: Submitter
    day: date
    verdicts: tuple[Verdict, ...]

    def rejected_at(self, level: Level) -> Rejection | None:
        """The rejection of everything, where it stands at a level above the claims."""
        found = (one.rejection for one in self.verdicts)
        return next((one for one in found if one is not None and one.level is level), None)

    def count(self, *, accepted: bool) -> int:
        """How many claims were accepted, or turned away."""
        return sum((one.rejection is None) is accepted for one in self.verdicts)

    def charge(self, *, accepted: bool) -> Decimal:
        """What the claims that were accepted, or turned away, come to."""
        return sum((one.claim.charge for one in self.verdicts if (one.rejection is None) is accepted), ZERO)
