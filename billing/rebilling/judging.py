"""Why a refused claim cannot be asked of another plan of its client; empty where nothing speaks against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from billing.models import Claim, ClaimSession
from billing.rebilling.moving import Move, charges_of, open_of
from billing.remittances.standings import standings
from billing.secondary.standing import followers_of
from clients.selectors.spans import holds
from practice.money import ZERO
from practice.payer_rules import Rulebook, rulebook
from practice.templatetags.caseload import day


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not: a sentence for one claim, and a few words to count by where many are asked for."""

    words: str
    short: str


def why_nots(moves: Sequence[Move], today: dt.date) -> dict[int, Refusal]:
    """By claim, why it cannot be moved; claims that can are left out. A constant number of statements."""
    ids = [one.claim.pk for one in moves]
    of_claim = charges_of(ids)
    known = standings([pk for charges in of_claim.values() for pk in charges])
    asked, rules = followers_of(ids), rulebook({one.plan.payer_id for one in moves})
    same = _under_way(moves)
    found: dict[int, Refusal] = {}
    for one in moves:
        refusal = _of_claim(one.claim) or _of_next(asked.get(one.claim.pk))
        refusal = refusal or _of_plan(one, same) or _late(one, rules, today)
        if refusal is None and open_of(of_claim[one.claim.pk], known) <= ZERO:
            refusal = Refusal("Nothing of this claim is open with its payer any more.", "nothing open any more")
        if refusal is not None:
            found[one.claim.pk] = refusal
    return found


def why_never(claim: Claim) -> str:
    """Why no other plan can be asked for what this claim asked, whichever it is; at most a few statements."""
    refusal = _of_claim(claim) or _of_next(followers_of([claim.pk]).get(claim.pk))
    return refusal.words if refusal else ""


def deadline(move: Move, rules: Rulebook) -> dt.date:
    """Until when the new payer takes the claim."""
    on = move.claim.service_on
    return on + dt.timedelta(days=rules.on(move.plan.payer_id, on).filing_days)


def _of_claim(claim: Claim) -> Refusal | None:
    if claim.follows_id is not None:
        return Refusal(
            "This claim asks a later payer. Only the first payer is exchanged for another.", "a later payer’s"
        )
    if claim.frequency == Claim.Frequency.VOID or claim.status != Claim.Status.DENIED:
        return Refusal(
            "Only a claim that its payer refused as a whole is billed to another payer.", "not refused as a whole"
        )
    return None


def _of_next(follower: Claim | None) -> Refusal | None:
    if follower is None:
        return None
    words = f"{follower.payer} is asked as the next payer already. Withdraw that claim first."
    return Refusal(words, "asked of the next payer")


def _of_plan(one: Move, under_way: Collection[tuple[int, int]]) -> Refusal | None:
    claim, plan = one.claim, one.plan
    if plan.client_id != claim.client_id:
        return Refusal("Choose one of the client’s own plans.", "no plan of the client")
    if plan.pk == claim.coverage_id:
        return Refusal(f"{plan.payer} refused this claim. Choose another plan.", "refused by this payer")
    for on in (claim.service_on, claim.last_on):
        if not holds(plan, on):
            return Refusal(f"{plan.payer} did not cover the client on {day(on)}.", "not covered on the day")
    if (claim.pk, plan.pk) in under_way:
        return Refusal(f"This session has a claim with {plan.payer} already. Go on with that one.", "asked already")
    return None


def _late(one: Move, rules: Rulebook, today: dt.date) -> Refusal | None:
    by = deadline(one, rules)
    if by >= today or one.delay_reason:
        return None
    return Refusal(
        f"{one.plan.payer} took claims until {day(by, today)}. Say why this one is late.", "after the deadline"
    )


def _under_way(moves: Sequence[Move]) -> set[tuple[int, int]]:
    """Claim and plan where another claim asks that plan for a session of the claim already; two statements."""
    own = ClaimSession.objects.filter(claim__in=[one.claim.pk for one in moves])
    claims: dict[int, list[int]] = {}
    for claim_id, attendance_id in own.values_list("claim_id", "attendance_id"):
        claims.setdefault(attendance_id, []).append(claim_id)
    asked = ClaimSession.objects.filter(attendance__in=list(claims), under_way=True)
    rows = asked.values_list("attendance_id", "coverage_id")
    return {(claim_id, coverage) for attendance, coverage in rows for claim_id in claims[attendance]}
