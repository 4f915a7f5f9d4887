"""How claims are said on the pages: the state as a chip, and what each sentence of the file means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from billing.models import Claim, Request

S = Claim.Status


@dataclass(frozen=True, slots=True)
class Chip:
    """A status chip: its color by who acts, its glyph by how far it is."""

    kind: str
    glyph: str
    text: str


CHIPS: Final[dict[str, Chip]] = {
    S.DRAFT: Chip("wait", "", "Needs correction"),
    S.READY: Chip("wait", "ready", "Ready to send"),
    S.BATCHED: Chip("move", "quarter", "Leaves soon"),
    S.SENT: Chip("move", "half", "Sent"),
    S.RECEIVED: Chip("move", "half", "Received"),
    S.ACCEPTED: Chip("move", "three-quarter", "Accepted"),
    S.REJECTED: Chip("stop", "", "Rejected"),
    S.PAID: Chip("done", "", "Paid"),
    S.PARTIALLY_PAID: Chip("wait", "partly", "Paid in part"),
    S.DENIED: Chip("stop", "", "Denied"),
    S.WITHDRAWN: Chip("calm", "over", "Withdrawn"),
    S.REPLACED: Chip("calm", "over", "Replaced"),
    S.VOIDED: Chip("calm", "over", "Voided"),
}

REQUEST_CHIPS: Final[dict[str, Chip]] = {
    Request.Status.READY: Chip("move", "quarter", "Waits to be sent"),
    Request.Status.SENDING: Chip("move", "half", "Being sent"),
    Request.Status.SENT: Chip("move", "half", "Sent"),
    Request.Status.UNKNOWN: Chip("wait", "", "Not known whether it arrived"),
    Request.Status.FAILED: Chip("stop", "", "Not sent"),
    Request.Status.ACKNOWLEDGED: Chip("done", "", "Received and readable"),
    Request.Status.REJECTED: Chip("stop", "", "Refused as a whole"),
}


def chip(claim: Claim) -> Chip:
    """The claim's state."""
    return CHIPS[claim.status]
