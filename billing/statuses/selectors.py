"""What the page of a claim shows about asking its payer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from billing.claims.words import Chip
from billing.models import Claim, ClaimStatusCheck, Request
from billing.statuses import asking
from billing.statuses.missing import may_go_again
from practice.actors import Actor

S = ClaimStatusCheck.Status
Found = ClaimStatusCheck.Outcome
_CHIPS: Final = {
    Found.RECEIVED: Chip("move", "half", "The payer has it"),
    Found.PENDING: Chip("move", "three-quarter", "In process"),
    Found.PAID: Chip("done", "", "Paid, it says"),
    Found.DENIED: Chip("stop", "", "Denied, it says"),
    Found.REJECTED: Chip("stop", "", "Rejected"),
    Found.NOT_ON_FILE: Chip("wait", "", "Not on file"),
    Found.UNDECIDABLE: Chip("calm", "", "Not clear"),
}
_UNANSWERED: Final = {
    S.READY: Chip("move", "quarter", "Waits to be asked"),
    S.SENDING: Chip("move", "half", "Asking"),
    S.FAILED: Chip("wait", "", "Not answered"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The last question about a claim, which its payer may not have.

    Then `may_go_again` says that it is for a person to say whether its file arrived, `may_be_sent` that the claim can
    be sent again by itself.
    """

    claim: Claim
    last: ClaimStatusCheck | None
    chip: Chip | None
    count: int
    why_not: str
    may_ask: bool
    may_go_again: bool
    may_be_sent: bool

    @property
    def is_under_way(self) -> bool:
        """Whether the page has to look again."""
        return self.last is not None and self.last.is_under_way

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to say or to do."""
        return self.last is not None or not self.why_not


def asked(claim: Claim, actor: Actor) -> Asked:
    """The card of one claim; at most four queries."""
    rows = list(ClaimStatusCheck.objects.filter(claim=claim).select_related("request").order_by("-pk")[:20])
    last = rows[0] if rows else None
    not_there = last is not None and last.outcome == Found.NOT_ON_FILE
    lost = not_there and last is not None and last.number == claim.number and may_go_again(claim)
    unknown = not_there and last is not None and last.request.status == Request.Status.UNKNOWN
    return Asked(
        claim,
        last,
        chip_of(last) if last else None,
        len(rows),
        asking.why_not(claim, asking.last_sent(claim)),
        actor.may("claims:edit"),
        unknown,
        lost and actor.may("claims:edit"),
    )


def chip_of(check: ClaimStatusCheck) -> Chip:
    """How far a question is, or what the payer said."""
    return _CHIPS[Found(check.outcome)] if check.status == S.ANSWERED else _UNANSWERED[S(check.status)]
