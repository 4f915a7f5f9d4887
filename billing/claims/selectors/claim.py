"""What the page of one claim shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from billing.claims.correcting import why_not_restored
from billing.claims.policies import visible_claims
from billing.claims.selectors import money
from billing.claims.selectors.coming import Coming, coming
from billing.claims.selectors.money import Step, Sums
from billing.claims.selectors.sent import Sent, sent
from billing.claims.selectors.story import Chapter, rank, story
from billing.claims.words import CHIPS, Chip
from billing.earned import Earned, earned
from billing.holds.standing import of_claims
from billing.models import Claim, ClaimEvent, ClaimLine, Denial, Hold
from billing.remittances.difference import Difference
from billing.remittances.selectors.denials import difference_of
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO
from practice.templatetags.caseload import clock_time, day

S = Claim.Status
_TOOK_IT: Final = frozenset({S.ACCEPTED, S.PAID, S.PARTIALLY_PAID, S.DENIED, S.REPLACED, S.VOIDED})
_WAITS: Final = frozenset({S.DRAFT, S.READY, S.BATCHED})


@dataclass(frozen=True, slots=True)
class LineRow:
    """A service line with its money, and the session it is of."""

    line: ClaimLine
    sums: Sums

    @property
    def session_id(self) -> int:
        """The session it was charged for."""
        found: int = self.line.charge.attendance.session_id
        return found


@dataclass(frozen=True, slots=True)
class DenialRow:
    """A denial, and how the payer's reasons come to its amount where they differ."""

    denial: Denial
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One claim with everything that happened to it; `over` says why a withdrawn one is not made ready again."""

    claim: Claim
    chip: Chip
    lines: list[LineRow]
    sums: Sums
    spine: list[dict[str, Any]]
    sent: Sent | None
    answers: list[ClaimEvent]
    steps: list[Step]
    story: list[Chapter]
    coming: Coming | None
    hold: Hold | None
    denials: list[DenialRow]
    is_sandbox: bool
    earned: list[Earned]
    over: str

    @property
    def may_restore(self) -> bool:
        """Whether a withdrawn claim can be made ready again; else `over` says why not."""
        return self.claim.status == S.WITHDRAWN and not self.over

    @property
    def is_decided(self) -> bool:
        """Whether the payer's money, or its refusal, was posted: before that nobody knows what it allows."""
        return any(event.kind == ClaimEvent.Kind.REMITTED for event in self.answers)

    @property
    def may_correct(self) -> bool:
        """Whether it can be put right in place."""
        return self.claim.status in {S.DRAFT, S.READY, S.REJECTED}

    @property
    def may_hold(self) -> bool:
        """Whether it can be kept back: it is here and has not left."""
        return self.claim.status in {S.DRAFT, S.READY, S.BATCHED, S.REJECTED} and self.hold is None

    @property
    def may_replace(self) -> bool:
        """Whether only another claim can put it right."""
        return self.claim.status in {S.ACCEPTED, S.PAID, S.PARTIALLY_PAID, S.DENIED}

    @property
    def may_bill_instead(self) -> bool:
        """Whether another payer can be asked for what this one refused."""
        return self.claim.status == S.DENIED and self.claim.follows_id is None


def claim_page(actor: Actor, claim_id: int, practice: Practice) -> ClaimPage | None:
    """The claim's page; None when it is not there. A fixed number of queries."""
    rows = visible_claims(actor).select_related(
        "client", "payer", "coverage", "rendering", "supervising", "attendance__session", "replaces"
    )
    claim = rows.filter(pk=claim_id).first()
    if claim is None:
        return None
    today = clock.today(practice)
    rows_of = ClaimLine.objects.filter(claim=claim).select_related("charge__attendance")
    lines = list(rows_of.order_by("position"))
    charges = [line.charge_id for line in lines]
    posted = money.lines_of(charges)
    paid_for = earned(practice, actor, charges)
    told = ClaimEvent.objects.filter(claim=claim).select_related("remittance_claim").order_by("pk")
    events = sorted(told, key=lambda one: (one.at.replace(second=0, microsecond=0), rank(one), one.pk), reverse=True)
    denials = list(Denial.objects.filter(claim=claim).order_by("-pk"))
    figures, hold = money.sums(posted), of_claims([claim.pk]).get(claim.pk)
    left = sent(claim.pk)
    return ClaimPage(
        claim=claim,
        chip=CHIPS[claim.status],
        lines=[LineRow(row, money.sums(one for one in posted if one.charge_id == row.charge_id)) for row in lines],
        sums=figures,
        spine=[*_spine(claim, events, today), *_paid_for(paid_for)],
        sent=left,
        answers=[event for event in reversed(events) if event.kind in {"answer", "remitted"}],
        steps=money.steps(posted, today),
        story=story(claim, events, denials),
        coming=coming(claim, events, practice, hold, owed=figures.insurer_owes > ZERO),
        hold=hold,
        denials=[DenialRow(row, difference_of(row, posted)) for row in denials],
        is_sandbox=bool(left and left.submission.request.connection.is_sandbox),
        earned=paid_for,
        over=why_not_restored(claim) if claim.status == S.WITHDRAWN else "",
    )


def _spine(claim: Claim, events: list[ClaimEvent], today: dt.date) -> list[dict[str, Any]]:
    """From the session to the money: what is done, what is under way, what is still to come."""
    answered = next((event.at for event in reversed(events) if event.kind == ClaimEvent.Kind.ANSWER), None)
    remitted = next((event.at for event in events if event.kind == ClaimEvent.Kind.REMITTED), None)
    took = claim.status in _TOOK_IT
    left = claim.sent_at is not None and claim.status not in _WAITS
    decided = remitted is not None and claim.status != S.ACCEPTED
    steps = [
        _held(claim),
        ("Confirmed", claim.attendance.confirmed_at, True),
        ("Claim made", claim.made_at, True),
        ("Sent", claim.sent_at if left else None, left),
        ("Accepted", answered if took else None, took),
        (_decided(claim), remitted if decided else None, decided),
    ]
    shown = [_step(title, at, today, done=done) for title, at, done in steps]
    if claim.status == S.WITHDRAWN:
        return [*(step for step in shown if step["kind"] == "done"), {"title": "Withdrawn", "note": "", **_worn(claim)}]
    if decided and claim.status in {S.DENIED, S.PARTIALLY_PAID}:
        shown[-1] |= _worn(claim)
    current = next((step for step in shown if step["kind"] == "calm"), None)
    if current is not None and claim.status not in {S.WITHDRAWN, S.REPLACED, S.VOIDED}:
        current |= {"current": True, "note": CHIPS[claim.status].text} | _worn(claim)
    return shown


def _held(claim: Claim) -> tuple[str, dt.datetime, bool]:
    """When its session took place; of several, the first."""
    title = "Session held" if claim.session_count == 1 else f"First of {claim.session_count} sessions held"
    return title, claim.attendance.session.starts_at, True


def _worn(claim: Claim) -> dict[str, Any]:
    """The color and the glyph of the claim's state."""
    chip = CHIPS[claim.status]
    return {"kind": chip.kind, "glyph": chip.glyph or chip.kind}


def _paid_for(found: list[Earned]) -> list[dict[str, Any]]:
    """The last run that pays the clinician for it, for who may see that."""
    paying = [one for one in found if not one.is_held][-1:]
    return [{"title": "In a pay run", "note": one.run, "kind": one.kind, "glyph": one.glyph} for one in paying]


def _decided(claim: Claim) -> str:
    return {S.DENIED: "Denied", S.PARTIALLY_PAID: "Paid in part"}.get(S(claim.status), "Paid")


def _step(title: str, at: dt.datetime | None, today: dt.date, *, done: bool) -> dict[str, Any]:
    note = f"{day(at, today)}, {clock_time(at)}" if at else ""
    return {"title": title, "note": note, "kind": "done" if done else "calm", "glyph": "done" if done else "draft"}
