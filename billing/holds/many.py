"""Lets several things go at once, and holds them again where that was too soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction

from billing.claims import batching, events
from billing.claims.errors import ClaimRefusedError
from billing.holds import services, standing
from billing.holds.errors import HoldRefusedError
from billing.models import Claim, ClaimEvent, Hold
from practice import clock, due
from practice.actors import Actor
from practice.models import Practice
from scheduling.models import Attendance


@transaction.atomic
def release_many(*, actor: Actor, hold_ids: Collection[int]) -> list[Hold]:
    """Lets all of these go that are still held, in a constant number of statements; HoldRefusedError when none is."""
    rows = [row for row in _locked(hold_ids) if row.released_at is None]
    if not rows:
        raise HoldRefusedError("Choose at least one thing that is on hold.")
    _require(actor, rows)
    for row in rows:
        row.released_at, row.released_by_name = clock.now(), actor.name
    Hold.objects.bulk_update(rows, ["released_at", "released_by_name"], batch_size=500)
    due.done_many(services.RELEASE, practice_id=actor.practice_id, object_ids=[str(row.pk) for row in rows])
    _tell("hold.released", "Released from hold", rows, actor)
    return rows


@transaction.atomic
def hold_again(*, actor: Actor, practice: Practice, hold_ids: Collection[int]) -> tuple[list[Hold], int]:
    """Holds again what was released, as it was held; and how many went on meanwhile, or have a day that has come."""
    rows = [row for row in _locked(hold_ids) if row.released_at is not None]
    _require(actor, rows)
    claim_ids = [row.claim_id for row in rows if row.claim_id]
    batching.lock_batches_of_claims(claim_ids)
    claims = {
        row.pk: row for row in Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=claim_ids)
    }
    again = [row for row in rows if _may_again(row, claims, clock.today(practice))]
    held = standing.of_claims(claim_ids).keys()
    again = [row for row in again if row.claim_id not in held and _is_out(row, claims, actor)]
    for row in again:
        row.released_at, row.released_by_name = None, ""
    Hold.objects.bulk_update(again, ["released_at", "released_by_name"], batch_size=500)
    services.plan_releases(again, practice)
    _tell("hold.made_again", "On hold again", again, actor)
    return again, len(rows) - len(again)


def _may_again(row: Hold, claims: dict[int, Claim], today: dt.date) -> bool:
    """Whether what it held is still here, and its day has not come."""
    if row.until is not None and row.until <= today:
        return False
    if row.claim_id is not None:
        return claims[row.claim_id].status in services.HELD_BACK
    open_ = Attendance.objects.filter(pk=row.attendance_id or 0).exclude(status=Attendance.Status.CONFIRMED)
    return open_.exists() and not standing.of_attendances([row.attendance_id or 0])


def _is_out(row: Hold, claims: dict[int, Claim], actor: Actor) -> bool:
    """Whether the claim is in no batch any more; one in a file that is made stays there."""
    if row.claim_id is None:
        return True
    try:
        batching.take_out([claims[row.claim_id]], actor=actor, reason="Put on hold again")
    except ClaimRefusedError:
        return False
    return True


def _locked(hold_ids: Collection[int]) -> list[Hold]:
    rows = Hold.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(hold_ids))
    return list(rows.order_by("pk"))


def _require(actor: Actor, rows: Sequence[Hold]) -> None:
    if any(row.claim_id for row in rows):
        actor.require("claims:edit")
    if any(row.attendance_id for row in rows):
        actor.require("billing:edit")


def _tell(action: str, title: str, rows: Sequence[Hold], actor: Actor) -> None:
    """Writes it on the timelines of the claims and into the trail."""
    claims = dict(Claim.objects.filter(pk__in=[row.claim_id for row in rows]).values_list("pk", "client_id"))
    sessions = Attendance.objects.filter(pk__in=[row.attendance_id for row in rows])
    clients = dict(sessions.values_list("pk", "client_id"))
    events.record(events.event(pk, ClaimEvent.Kind.NOTE, title, actor=actor) for pk in claims)
    services.record_holds(
        action,
        [(row, claims[row.claim_id] if row.claim_id else clients[row.attendance_id or 0]) for row in rows],
        actor,
    )
