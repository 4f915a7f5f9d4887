"""Claims wait in a batch until it leaves; until then it can be taken back, sent at once, or added to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from django.db import transaction
from django.db.models import F
from django.http import Http404

from billing.claims import events, timing
from billing.claims.errors import ClaimRefusedError
from billing.claims.sessions import asking_for, sessions_by_claim, take_off
from billing.holds import standing
from billing.models import Batch, BatchClaim, BillingRun, Claim, ClaimEvent, Connection, Submission
from practice import audit, clock, due, states, tasks
from practice.actors import Actor

LEAVE: Final = "claims.leave"
_TAKEN_BACK: Final = frozenset({Claim.Status.DRAFT, Claim.Status.READY, Claim.Status.BATCHED, Claim.Status.REJECTED})


def default_connection() -> Connection | None:
    """The connection through which claims leave, if there is one."""
    return Connection.objects.filter(is_default=True, is_active=True).first()


@transaction.atomic
def batch_many(claims: Sequence[Claim], *, actor: Actor, run: BillingRun | None = None) -> Batch | None:
    """Puts ready claims into the run's batch, which leaves after the practice's delay, counted from the last addition,
    or at the next of its times of day.

    Without a connection the claims stay ready, and None is the answer.
    """
    actor.require("billing:edit", "claims:edit")
    connection = default_connection()
    if connection is None or not claims:
        return None
    batch = _open_batch(run, connection, actor)
    batch.leaves_at = timing.leaves_at(actor.practice_id)
    batch.save(update_fields=["leaves_at"])
    BatchClaim.objects.bulk_create([BatchClaim(batch=batch, claim=claim) for claim in claims], batch_size=1000)
    states.transition_many(claims, Claim.Status.BATCHED, actor=actor)
    title = f"Put in batch {batch.pk}"
    events.record(
        events.event(claim, ClaimEvent.Kind.BATCHED, title, actor=actor, source=connection.name) for claim in claims
    )
    due.plan(LEAVE, practice_id=actor.practice_id, object_id=batch.pk, due_at=batch.leaves_at)
    return batch


@transaction.atomic
def batch_ready(*, actor: Actor, claim_ids: Collection[int]) -> Batch:
    """Puts chosen claims that are ready into a batch of their own; ClaimRefusedError when none can go."""
    actor.require("claims:edit")
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=claim_ids)
    found = [row for row in rows.order_by("pk") if row.status == Claim.Status.READY]
    held = standing.of_claims([row.pk for row in found])
    ready = [row for row in found if row.pk not in held]
    if not ready and held:
        raise ClaimRefusedError("These claims are on hold. Release them first.")
    if not ready:
        raise ClaimRefusedError("None of these claims is ready to be sent.")
    batch = batch_many(ready, actor=actor)
    if batch is None:
        raise ClaimRefusedError("Claims leave through a clearinghouse. Connect one in Settings first.")
    return batch


@transaction.atomic
def send_now(*, actor: Actor, batch_id: int) -> Batch:
    """Lets a batch leave at once; ClaimRefusedError when it left already."""
    actor.require("claims:edit")
    batch = locked(batch_id)
    if batch.status != Batch.Status.WAITING:
        raise ClaimRefusedError(
            "This batch left already." if batch.status == Batch.Status.MADE else "It was withdrawn."
        )
    batch.leaves_at = clock.now()
    batch.save(update_fields=["leaves_at"])
    due.plan(LEAVE, practice_id=actor.practice_id, object_id=batch.pk, due_at=batch.leaves_at)
    audit.record("batch.sent_now", actor=actor, row=batch)
    transaction.on_commit(lambda: ring(LEAVE, actor.practice_id, batch.pk), robust=True)
    return batch


@transaction.atomic
def hold_back(*, actor: Actor, batch_id: int) -> Batch:
    """Takes a batch apart before it leaves: its claims are ready again, and none of its numbers was used."""
    actor.require("claims:edit")
    batch = locked(batch_id)
    if batch.status != Batch.Status.WAITING:
        raise ClaimRefusedError("This batch left already; what was sent cannot be held back.")
    claims = batched_claims(batch)
    states.transition_many(claims, Claim.Status.READY, actor=actor, reason="Batch held back")
    title = f"Taken out of batch {batch.pk}"
    events.record(events.event(claim, ClaimEvent.Kind.WITHDRAWN, title, actor=actor) for claim in claims)
    close(batch, actor, "Held back")
    return batch


@transaction.atomic
def withdraw_many(attendance_ids: Collection[int], *, actor: Actor, reason: str) -> list[Claim]:
    """Withdraws the claims of sessions that are being unbilled; ClaimRefusedError when one has left.

    A claim that asks for others too stays where it is, without these. The claims that are withdrawn are returned.
    """
    actor.require("billing:edit", "claims:edit")
    _lock_batches_of(attendance_ids)
    rows = asking_for(attendance_ids).select_for_update(no_key=True, of=("self",))
    live = [row for row in rows.order_by("pk") if not _is_over(row)]
    made = _in_a_file(live)
    left = [row for row in live if row.status not in _TAKEN_BACK or row.pk in made]
    if left:
        raise ClaimRefusedError(sentence_of_left(len(left), len(live)))
    asked, gone = sessions_by_claim([row.pk for row in live]), set(attendance_ids)
    whole = [row for row in live if gone.issuperset(asked[row.pk])]
    take_off([row for row in live if row not in whole], gone, actor=actor, reason=reason)
    states.transition_many(whole, Claim.Status.WITHDRAWN, actor=actor, reason=reason)
    events.record(
        events.event(row, ClaimEvent.Kind.WITHDRAWN, "Withdrawn", detail=reason, actor=actor) for row in whole
    )
    _close_empty(whole, actor, reason)
    return whole


def take_out(claims: Sequence[Claim], *, actor: Actor, reason: str) -> None:
    """Takes those of these locked claims that wait in a batch out of it: they are ready again.

    ClaimRefusedError when one is in a file that is made. The batches are locked before the claims.
    """
    batched = [claim for claim in claims if claim.status == Claim.Status.BATCHED]
    if left := _in_a_file(batched):
        raise ClaimRefusedError(sentence_of_left(len(left), len(claims)))
    states.transition_many(batched, Claim.Status.READY, actor=actor, reason=reason)
    _close_empty(batched, actor, reason)


def lock_batches_of_claims(claim_ids: Collection[int]) -> None:
    """Locks the batches in which these claims are, before the claims themselves."""
    inside = BatchClaim.objects.filter(claim__in=list(claim_ids)).values("batch")
    rows = Batch.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=inside)
    list(rows.order_by("pk").values_list("pk"))


def _is_over(claim: Claim) -> bool:
    """Whether nothing is asked with it any more: withdrawn, voided, or itself the void of another."""
    over = {Claim.Status.WITHDRAWN, Claim.Status.VOIDED}
    return claim.status in over or (claim.frequency == Claim.Frequency.VOID and claim.status not in _TAKEN_BACK)


def _in_a_file(claims: Sequence[Claim]) -> set[int]:
    """Of these the keys of those that wait in a file that is made: it may leave at any moment."""
    waits = [claim.pk for claim in claims if claim.status == Claim.Status.BATCHED]
    rows = BatchClaim.objects.filter(claim__in=waits, batch__status=Batch.Status.MADE)
    return set(rows.values_list("claim_id", flat=True)) & set(
        Submission.objects.filter(claim__in=waits, number=F("claim__number")).values_list("claim_id", flat=True)
    )


def sentence_of_left(left: int, of: int) -> str:
    """Why what has left cannot be undone."""
    claims = "claim has" if left == 1 else "claims have"
    these = f"{left} of {of} {claims}" if of > left else f"The {claims}" if left == 1 else f"All {left} {claims}"
    return f"{these} left already and cannot be unsent. Void or replace them on their own pages."


def batched_claims(batch: Batch) -> list[Claim]:
    """The claims still in a batch, locked, in the order of their keys."""
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(batch_rows__batch=batch)
    return list(rows.filter(status=Claim.Status.BATCHED).order_by("pk"))


def locked(batch_id: int) -> Batch:
    """The batch, locked until the commit; Http404 when there is none."""
    batch = Batch.objects.select_for_update(no_key=True, of=("self",)).filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    return batch


def close(batch: Batch, actor: Actor, reason: str) -> None:
    """Withdraws a batch that waits."""
    states.transition(batch, Batch.Status.WITHDRAWN, actor=actor, reason=reason)
    audit.record("batch.withdrawn", actor=actor, row=batch, after={"reason": reason})
    due.done(LEAVE, practice_id=actor.practice_id, object_id=batch.pk)


def ring(kind: str, practice_id: int, object_id: int) -> None:
    """Wakes a worker at once; should the bell get lost, the sweep finds the work."""
    tasks.perform.apply_async(args=(kind, practice_id, str(object_id)), retry=False)


def _open_batch(run: BillingRun | None, connection: Connection, actor: Actor) -> Batch:
    """The run's batch while it waits, locked; a new one otherwise."""
    if run is not None:
        rows = Batch.objects.select_for_update(no_key=True, of=("self",)).filter(
            run=run, connection=connection, status=Batch.Status.WAITING
        )
        found = rows.order_by("-pk").first()
        if found is not None:
            return found
    batch = Batch.objects.create(
        connection=connection,
        run=run,
        leaves_at=clock.now(),
        made_at=clock.now(),
        made_by_id=actor.user_id,
        made_by_name=actor.name,
    )
    states.record_first([batch], actor=actor)
    audit.record("batch.made", actor=actor, row=batch)
    return batch


def _lock_batches_of(attendance_ids: Collection[int]) -> None:
    """Batches before claims: the order in which the worker that makes the file takes them too."""
    rows = Batch.objects.select_for_update(no_key=True, of=("self",)).filter(
        pk__in=BatchClaim.objects.filter(claim__in=asking_for(attendance_ids).values("pk")).values("batch")
    )
    list(rows.order_by("pk").values_list("pk"))


def _close_empty(claims: Sequence[Claim], actor: Actor, reason: str) -> None:
    """Withdraws the waiting batches of these claims that hold nothing any more."""
    ids = set(BatchClaim.objects.filter(claim__in=[row.pk for row in claims]).values_list("batch_id", flat=True))
    still = BatchClaim.objects.filter(batch__in=ids, claim__status=Claim.Status.BATCHED)
    full = set(still.values_list("batch_id", flat=True))
    for batch in Batch.objects.filter(pk__in=ids - full, status=Batch.Status.WAITING):
        close(batch, actor, reason)
