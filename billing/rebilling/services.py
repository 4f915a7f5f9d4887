"""Bills another payer of a client for what one refused, in one motion, and takes that back until it leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from django.db import transaction
from django.http import Http404

from billing.claims import batching, correcting, events
from billing.claims.errors import ClaimRefusedError
from billing.claims.resending import Resent
from billing.models import Claim, ClaimEvent, Denial
from billing.rebilling import making, moving
from billing.rebilling.judging import why_nots
from billing.rebilling.moving import Move
from billing.remittances.aftermath import resolve_many
from billing.remittances.errors import RemittanceRefusedError
from billing.secondary.making import check_again
from clients.models import Coverage
from clients.selectors.spans import coverages_for
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import Practice, PracticePayer

_OPEN: Final = (Denial.Status.OPEN, Denial.Status.WAITING)
_NEEDED: Final = ("claims:edit", "remittances:edit")
_WHY: Final = "Another payer is billed instead"


@transaction.atomic
def bill_instead(
    *, actor: Actor, practice: Practice, claim_id: int, coverage_id: int, delay_reason: str = ""
) -> Resent:
    """Asks another plan of the client for a refused claim, as an original, and batches it.

    The former claim is replaced, its denials are resolved. ClaimRefusedError, in a sentence, where that cannot be.
    """
    _require(actor)
    claims = _locked([claim_id])
    plan = Coverage.objects.filter(pk=coverage_id).select_related("payer").first()
    if not claims:
        raise Http404
    if plan is None:
        raise ClaimRefusedError("Choose the plan that is billed.")
    move = Move(claims[0], plan, delay_reason)
    if refusals := why_nots([move], clock.today(practice)):
        raise ClaimRefusedError(refusals[claim_id].words)
    return _bill([move], Counter(), practice=practice, actor=actor)


@transaction.atomic
def bill_instead_many(*, actor: Actor, practice: Practice, denial_ids: Collection[int], payer_id: int) -> Resent:
    """The same for the claims of several denials, each by its client's plan with one payer on the day of the session.

    A constant number of statements; what cannot go is left and counted. RemittanceRefusedError without any denial.
    """
    _require(actor)
    payer = PracticePayer.objects.filter(pk=payer_id).first()
    if payer is None:
        raise RemittanceRefusedError("Choose the payer that is billed instead.")
    asked = Denial.objects.filter(pk__in=list(denial_ids), status__in=_OPEN).values_list("claim_id", flat=True)
    claims = _locked(set(asked))
    if not claims:
        raise RemittanceRefusedError("Choose at least one denial that is open.")
    plans = _plans(claims, payer)
    moves = [Move(claim, plans[claim.pk]) for claim in claims if claim.pk in plans]
    left = Counter({f"not covered by {payer} on the day": len(claims) - len(moves)})
    refusals = why_nots(moves, clock.today(practice))
    left.update(one.short for one in refusals.values())
    return _bill([one for one in moves if one.claim.pk not in refusals], left, practice=practice, actor=actor)


@transaction.atomic
def take_back(*, actor: Actor, claim_ids: Collection[int]) -> list[Claim]:
    """Withdraws claims that were made so, while they are here: the former ones and their denials stand again.

    ClaimRefusedError when one is in a file that is made. Claims that were withdrawn meanwhile are left.
    """
    _require(actor)
    batching.lock_batches_of_claims(claim_ids)
    claims = [row for row in _locked(claim_ids) if row.replaces_id and row.status != Claim.Status.WITHDRAWN]
    if not claims:
        raise ClaimRefusedError("This was taken back already.")
    batching.take_out(claims, actor=actor, reason="The former payer stands again")
    return [correcting.withdraw(actor=actor, claim_id=claim.pk) for claim in claims]


def _bill(moves: Sequence[Move], left: Counter[str], *, practice: Practice, actor: Actor) -> Resent:
    if not moves:
        return Resent([], None, dict(left))
    states.transition_many([one.claim for one in moves], Claim.Status.REPLACED, actor=actor, reason=_WHY)
    claims = making.make(moves)
    states.record_first(claims, actor=actor)
    moving.hand_over(moves, practice=practice, actor=actor)
    _resolve(moves, actor)
    _tell(moves, claims, actor)
    check_again([claim.pk for claim in claims], actor=actor)
    ready = Claim.objects.filter(pk__in=[claim.pk for claim in claims], status=Claim.Status.READY)
    fine = list(ready.select_related("payer").order_by("pk"))
    left["to correct before it can go"] += len(claims) - len(fine)
    batch = batching.batch_many(fine, actor=actor) if fine else None
    kept = [claim for claim in claims if claim.pk not in {one.pk for one in fine}]
    return Resent(fine, batch, dict(left), kept)


def _resolve(moves: Sequence[Move], actor: Actor) -> None:
    """Closes the denials with who is billed instead."""
    payers = {one.claim.pk: str(one.plan.payer) for one in moves}
    rows = Denial.objects.select_for_update(no_key=True, of=("self",)).filter(claim__in=list(payers), status__in=_OPEN)
    by_payer: dict[str, list[Denial]] = {}
    for row in rows.select_related("claim").order_by("pk"):
        by_payer.setdefault(payers[row.claim_id], []).append(row)
    for payer, denials in by_payer.items():
        resolve_many(denials, Denial.Resolution.OTHER_PAYER, f"{payer} is billed instead", actor=actor)
        after = {"resolution": Denial.Resolution.OTHER_PAYER.value, "payer": payer}
        audit.record_many(
            audit.event("denial.resolved", actor=actor, row=row, client_id=row.claim.client_id, after=after)
            for row in denials
        )


def _tell(moves: Sequence[Move], claims: Sequence[Claim], actor: Actor) -> None:
    pairs = list(zip(moves, claims, strict=True))
    events.record(
        event
        for one, claim in pairs
        for event in (
            events.event(
                one.claim,
                ClaimEvent.Kind.CORRECTED,
                f"{claim.payer} is billed instead",
                actor=actor,
                detail=f"Claim {claim.number}.",
            ),
            events.event(
                claim,
                ClaimEvent.Kind.MADE,
                "Claim made",
                actor=actor,
                detail=f"In place of {one.claim.number}, which {one.claim.payer} refused.",
            ),
        )
    )
    audit.record_many(
        audit.event(
            "claim.billed_instead",
            actor=actor,
            row=claim,
            client_id=claim.client_id,
            after={"instead_of": one.claim.pk, "payer": claim.payer_id, "coverage": claim.coverage_id},
        )
        for one, claim in pairs
    )


def _plans(claims: Sequence[Claim], payer: PracticePayer) -> dict[int, Coverage]:
    """By claim, the client's plan with that payer on the day of the session."""
    known = coverages_for({(claim.client_id, claim.service_on) for claim in claims})
    found = {}
    for claim in claims:
        rows = known[claim.client_id, claim.service_on]
        plan = next((row for row in rows if row.payer_id == payer.pk and row.pk != claim.coverage_id), None)
        if plan is not None:
            found[claim.pk] = plan
    return found


def _locked(claim_ids: Collection[int]) -> list[Claim]:
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(claim_ids))
    return list(rows.select_related("payer", "coverage").order_by("pk"))


def _require(actor: Actor) -> None:
    for permission in _NEEDED:
        actor.require(permission)
