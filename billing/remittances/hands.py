"""Matching by hand: a person says which claim or charge a remittance speaks of, or that a claim is not ours."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.http import Http404

from billing.models import Claim, InboundTransaction, Remittance, RemittanceClaim, RemittanceLine
from billing.remittances.errors import NotReadyError, RemittanceRefusedError
from billing.remittances.holding import judge_again
from billing.remittances.matching import asked_of, match_lines
from billing.remittances.parts import follow
from billing.remittances.services import locked
from practice import audit
from practice.actors import Actor

_UNSENT = (Claim.Status.DRAFT, Claim.Status.READY, Claim.Status.BATCHED)


@transaction.atomic
def match_by_hand(remittance_claim_id: int, *, claim_id: int, actor: Actor) -> RemittanceClaim:
    """Says which claim of ours it is; RemittanceRefusedError for a claim that was never sent."""
    row = _open(remittance_claim_id, actor)
    claim = Claim.objects.filter(pk=claim_id).first()
    if claim is None:
        raise Http404
    if claim.status in _UNSENT and claim.sent_at is None:
        raise RemittanceRefusedError("This claim was never sent, so no payer can have answered it.")
    _set(row, claim.pk, RemittanceClaim.Match.HAND)
    _told("remittance.matched", row, actor, client_id=claim.client_id, after={"claim": claim.pk})
    return row


@transaction.atomic
def mark_not_ours(remittance_claim_id: int, *, actor: Actor) -> RemittanceClaim:
    """Says that the claim is none of ours; what was paid for it becomes the payer's balance when it is posted."""
    row = _open(remittance_claim_id, actor)
    _set(row, None, RemittanceClaim.Match.NOT_OURS)
    _told("remittance.not_ours", row, actor)
    return row


@transaction.atomic
def unmatch(remittance_claim_id: int, *, actor: Actor) -> RemittanceClaim:
    """Takes a match back; the remittance waits again."""
    row = _open(remittance_claim_id, actor)
    _set(row, None, RemittanceClaim.Match.NONE)
    _told("remittance.unmatched", row, actor)
    return row


@transaction.atomic
def match_line(remittance_line_id: int, *, charge_id: int, actor: Actor) -> RemittanceLine:
    """Says which charge of its claim a line speaks of; Http404 for a charge of another claim."""
    line = RemittanceLine.objects.filter(pk=remittance_line_id).first()
    if line is None:
        raise Http404
    row = _open(line.remittance_claim_id, actor)
    charges = {one.charge_id for one in asked_of([row.claim_id or 0]).get(row.claim_id or 0, [])}
    if charge_id not in charges:
        raise Http404
    line.charge_id = charge_id
    line.save(update_fields=["charge"])
    _told("remittance.line_matched", row, actor, after={"line": line.pk, "charge": charge_id})
    return line


@transaction.atomic
def match_several(remittance_id: int, pairs: Mapping[int, int], *, actor: Actor) -> int:
    """Says which charges several lines speak of, all or none; how many. Http404 for a line of another remittance."""
    mine = RemittanceLine.objects.filter(pk__in=list(pairs), remittance_claim__remittance=remittance_id)
    if mine.count() != len(pairs):
        raise Http404
    for line_id, charge_id in pairs.items():
        match_line(line_id, charge_id=charge_id, actor=actor)
    return len(pairs)


def _open(remittance_claim_id: int, actor: Actor) -> RemittanceClaim:
    """The claim of a remittance that may still be matched, its remittance locked."""
    actor.require("remittances:edit")
    number = RemittanceClaim.objects.filter(pk=remittance_claim_id).values_list("remittance_id", flat=True).first()
    remittance = locked(number or 0)
    if remittance.status not in {Remittance.Status.HELD, Remittance.Status.READY}:
        raise NotReadyError(f"This remittance is {remittance.get_status_display().lower()}; its matches are fixed.")
    row = RemittanceClaim.objects.get(pk=remittance_claim_id)
    row.remittance = remittance
    return row


def _set(row: RemittanceClaim, claim_id: int | None, match: str) -> None:
    row.claim_id, row.match = claim_id, match
    row.save(update_fields=["claim", "match"])
    lines = list(RemittanceLine.objects.filter(remittance_claim=row).order_by("position"))
    for line in lines:
        line.charge_id = None
    match_lines([(row, lines)])
    RemittanceLine.objects.bulk_update(lines, ["charge"], batch_size=500)


def _told(
    action: str,
    row: RemittanceClaim,
    actor: Actor,
    *,
    client_id: int | None = None,
    after: dict[str, object] | None = None,
) -> None:
    audit.record(action, actor=actor, row=row, client_id=client_id, after=after)
    judge_again(row.remittance, actor=actor)
    if row.claim_id:
        follow(row.remittance, InboundTransaction.Status.APPLIED, actor=actor, reason="Matched by hand")
