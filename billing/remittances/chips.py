"""How remittances, their claims and denials show their state: the shape says how far, the color who acts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from billing.claims.words import Chip
from billing.models import Denial, Remittance, RemittanceClaim
from edi.remittances.model import PREDETERMINATION

S = Remittance.Status
M = RemittanceClaim.Match

CHIPS: Final[dict[str, Chip]] = {
    S.READY: Chip("wait", "ready", "Ready to post"),
    S.HELD: Chip("stop", "held", "Held"),
    S.POSTED: Chip("done", "", "Posted"),
    S.DUPLICATE: Chip("calm", "over", "Arrived before"),
    S.SET_ASIDE: Chip("calm", "over", "Set aside"),
}

DENIAL_CHIPS: Final[dict[str, Chip]] = {
    Denial.Status.OPEN: Chip("stop", "", "To work"),
    Denial.Status.WAITING: Chip("move", "half", "Waiting"),
    Denial.Status.RESOLVED: Chip("done", "", "Resolved"),
}
DUE: Final = Chip("wait", "", "Follow up now")

NO_MATCH: Final = Chip("stop", "needs-you", "No match")
NOT_OURS: Final = Chip("calm", "over", "Not ours")
TAKEN_BACK: Final = Chip("stop", "stopped", "Taken back")
DENIED: Final = Chip("stop", "stopped", "Denied")
NO_SESSION: Final = Chip("wait", "needs-you", "Line without session")
REFUSED_IN_PART: Final = Chip("wait", "partly", "Refused in part")
ESTIMATE: Final = Chip("calm", "draft", "Estimate")
MATCHED: Final = Chip("done", "done", "Matched")


def claim_chip(row: RemittanceClaim, without_session: Collection[int], refused: Collection[int]) -> Chip:
    """Where a claim of a remittance stands; `MATCHED` is the only one that nobody has to look at.

    `without_session` and `refused` are keys of claims with lines that fit none of ours, and with refused amounts.
    """
    standing = [
        (row.match == M.NONE, NO_MATCH),
        (row.match == M.NOT_OURS, NOT_OURS),
        (row.is_reversal, TAKEN_BACK),
        (row.pk in without_session, NO_SESSION),
        (row.status_code == PREDETERMINATION, ESTIMATE),
        (row.is_denial, DENIED),
        (row.pk in refused, REFUSED_IN_PART),
    ]
    return next((chip for is_so, chip in standing if is_so), MATCHED)
