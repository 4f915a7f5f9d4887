"""What the page of one denial shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from billing.claims.selectors.correction import subject_of
from billing.claims.selectors.money import lines_of, sums
from billing.claims.words import CHIPS as CLAIM_CHIPS
from billing.claims.words import Chip
from billing.fixes import reasons
from billing.fixes.places import REPLACEABLE, Subject
from billing.fixes.reasons import Reason
from billing.models import Claim, ClaimLine, Denial, LedgerLine
from billing.receivables import Owed, owed
from billing.remittances.chips import DENIAL_CHIPS, DUE
from billing.remittances.difference import Difference, difference
from billing.remittances.policies import visible_denials
from billing.remittances.treatments import NOT_THE_CLIENTS
from practice.actors import Actor
from practice.models import StateChange
from practice.money import total
from practice.templatetags.caseload import clock_time, day

_SOON: Final = dt.timedelta(days=21)
_TONES: Final = {
    Denial.Status.OPEN: ("stop", "stopped", "To work"),
    Denial.Status.WAITING: ("move", "half", "Waits for the payer"),
    Denial.Status.RESOLVED: ("done", "done", "Resolved"),
}


@dataclass(frozen=True, slots=True)
class DenialPage:
    """One denial with its claim, what is still open with the payer, and who did what."""

    denial: Denial
    claim: Claim
    chip: Chip
    claim_chip: Chip
    open_with_payer: Decimal
    history: list[dict[str, Any]]
    successor: Claim | None
    deadline: str
    difference: Difference | None
    reason: Reason
    subject: Subject

    @property
    def may_replace(self) -> bool:
        """Whether a corrected claim can be made in place of this one."""
        return self.claim.status in REPLACEABLE

    @property
    def may_bill_instead(self) -> bool:
        """Whether another payer can be asked for what was refused, as a first claim."""
        return self.claim.status == Claim.Status.DENIED and self.claim.follows_id is None

    @property
    def under_contract(self) -> bool:
        """Whether the payer refused it under the contract or by itself, so that the client may not be asked."""
        return any(one.get("group") in NOT_THE_CLIENTS for one in self.denial.reasons)


def denial_page(actor: Actor, pk: int, today: dt.date) -> DenialPage | None:
    """One denial; None when it is not there. A fixed number of queries."""
    rows = visible_denials(actor).select_related(
        "claim__client",
        "claim__payer",
        "claim__rendering",
        "claim__coverage",
        "claim__attendance",
        "remittance_claim__remittance",
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        return None
    charges = list(ClaimLine.objects.filter(claim=row.claim_id).values_list("charge_id", flat=True))
    found = owed(charges)
    still_open = total(found.get(pk, Owed()).by_insurer for pk in charges)
    steps = StateChange.objects.filter(kind=Denial._meta.label_lower, object_id=row.pk).order_by("-at")
    return DenialPage(
        row,
        row.claim,
        chip_of(row, today),
        CLAIM_CHIPS[row.claim.status],
        still_open,
        [_told(step, today) for step in steps],
        Claim.objects.filter(replaces=row.claim_id).order_by("-pk").first(),
        deadline_of(row, today),
        difference_of(row, lines_of(charges)),
        reasons.of_denial(row.reasons),
        subject_of(row.claim),
    )


def difference_of(row: Denial, lines: Iterable[LedgerLine]) -> Difference | None:
    """How the payer's reasons come to the refused amount, by the lines of the claim's charges posted until then."""
    then = sums(line for line in lines if line.entry.made_at <= row.made_at)
    return difference(row.amount, row.reasons, then)


def chip_of(row: Denial, today: dt.date) -> Chip:
    """The denial's state; one that waits is due when its day has come."""
    is_due = row.status == Denial.Status.WAITING and row.follow_up_on is not None and row.follow_up_on <= today
    return DUE if is_due else DENIAL_CHIPS[row.status]


def deadline_of(row: Denial, today: dt.date) -> str:
    """How near the payer's filing deadline is: nothing, wait or stop."""
    by = row.claim.file_by
    if row.status == Denial.Status.RESOLVED or by is None or by - today > _SOON:
        return ""
    return "stop" if by < today else "wait"


def _told(step: StateChange, today: dt.date) -> dict[str, Any]:
    kind, glyph, title = _TONES[Denial.Status(step.after)]
    note = f"{day(step.at, today)}, {clock_time(step.at)} · {step.actor_name}"
    return {"title": title, "note": note, "kind": kind, "glyph": glyph, "detail": step.reason}
