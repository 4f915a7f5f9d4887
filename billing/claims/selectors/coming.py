"""What comes next for a claim, who has to act, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from billing.claims.usual import usual_days
from billing.models import Batch, BatchClaim, Claim, ClaimEvent, Hold
from billing.statuses.words import SOURCE, TITLES
from edi.inquiries.outcomes import State
from practice import clock
from practice.models import Practice
from practice.templatetags.caseload import clock_time, day

S = Claim.Status
_READ_IN: Final = dt.timedelta(days=1)
_TAKEN_IN: Final = dt.timedelta(days=5)
_PAID_IN: Final = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Coming:
    """One sentence about what comes next; `kind` says who acts: wait is somebody here, move is the other side."""

    words: str
    kind: str
    glyph: str
    note: str = ""


def coming(
    claim: Claim, events: Sequence[ClaimEvent], practice: Practice, hold: Hold | None, *, owed: bool
) -> Coming | None:
    """What comes next; None when nothing does. At most one query."""
    today = clock.today(practice)
    by = f"File by {day(claim.file_by, today)}." if claim.file_by else ""
    if hold is not None:
        until = f"It goes on {day(hold.until, today)}." if hold.until else "Release it when it can go."
        return Coming(f"It is on hold. {until}", "wait", "held", f"{hold.reason} · {hold.made_by_name}")
    if claim.status == S.BATCHED:
        return _leaves(claim, practice)
    if claim.forwarded and claim.status == S.SENT:
        return Coming(f"{claim.payer.name} answers without being asked by you.", "move", "half")
    if claim.status in {S.SENT, S.RECEIVED, S.ACCEPTED}:
        return _answer(claim, events, practice, today)
    return _here(claim.status, by, owed=owed)


def _here(status: str, by: str, *, owed: bool) -> Coming | None:
    """What somebody here has to do."""
    if status in {S.DRAFT, S.REJECTED}:
        return Coming("Correct it and send it again.", "stop", "needs-you", by)
    if status == S.READY:
        return Coming("It is in no batch yet. Send it.", "wait", "ready", by)
    if status in {S.DENIED, S.PARTIALLY_PAID} and owed:
        return Coming("Work what was refused: correct and resend, appeal, or write off.", "stop", "needs-you", by)
    return None


def _leaves(claim: Claim, practice: Practice) -> Coming:
    rows = BatchClaim.objects.filter(claim=claim, batch__status=Batch.Status.WAITING).select_related("batch")
    row = rows.order_by("-pk").first()
    if row is None:
        return Coming("Its file is made and is sent in a moment.", "move", "quarter")
    at = clock_time(clock.local(practice, row.batch.leaves_at))
    return Coming(f"It leaves at {at} in batch {row.batch_id}.", "move", "quarter", "Until then it can be held back.")


def _answer(claim: Claim, events: Sequence[ClaimEvent], practice: Practice, today: dt.date) -> Coming:
    """Which answer is due, and when it usually comes."""
    sent = clock.local(practice, claim.sent_at or claim.made_at).date()
    if (said := _asked(claim, events)) is not None and said.title == TITLES[State.NOT_ON_FILE]:
        by = f"File by {day(claim.file_by, today)}." if claim.file_by else ""
        return Coming("The payer does not have it. Ask again, or send it again.", "stop", "needs-you", by)
    if claim.status == S.SENT:
        is_read = any(event.source == "999" and event.at >= (claim.sent_at or event.at) for event in events)
        what = "The payer’s acknowledgment (277CA)" if is_read else "The acknowledgment of the file (999)"
        due = sent + (_TAKEN_IN if is_read else _READ_IN)
        return _due(what, due, today, "It usually comes within minutes." if not is_read else "")
    days = usual_days(claim.payer_id)
    if days is None:
        return _due(f"{claim.payer.name}’s remittance", sent + _PAID_IN, today, "Payers take up to 30 days.")
    due = sent + dt.timedelta(days=days)
    note = f"In the middle, its answers came {days} day{'' if days == 1 else 's'} after sending."
    if due >= today:
        return Coming(f"{claim.payer.name} usually answers by {day(due, today)}.", "move", "three-quarter", note)
    late = f"{claim.payer.name} usually answers within {days} days, which was {day(due, today)}."
    return Coming(late, "wait", "three-quarter", "Ask the payer where it stands.")


def _asked(claim: Claim, events: Sequence[ClaimEvent]) -> ClaimEvent | None:
    """What the payer said last of the claim as it was sent last, when it was asked; None where an answer came since."""
    since = [event for event in events if claim.sent_at is None or event.at >= claim.sent_at]
    answers = sorted((event for event in since if event.kind == ClaimEvent.Kind.ANSWER), key=lambda one: one.at)
    return answers[-1] if answers and answers[-1].source == SOURCE else None


def _due(what: str, due: dt.date, today: dt.date, note: str) -> Coming:
    if due >= today:
        return Coming(f"{what} should be here by {day(due, today)}.", "move", "half", note)
    return Coming(f"{what} should have been here by {day(due, today)}.", "wait", "needs-you", "Ask where it stands.")
