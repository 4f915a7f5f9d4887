"""Puts claims and sessions on hold and lets them go. Who and why stands in the trail and on the claim's timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final

from django.db import transaction
from django.http import Http404

from billing.claims import batching, events
from billing.holds import standing
from billing.holds.errors import HoldRefusedError
from billing.models import Claim, ClaimEvent, Hold
from practice import audit, clock, due
from practice.actors import Actor
from practice.models import Practice
from practice.templatetags.caseload import day
from scheduling import locks
from scheduling.models import Attendance
from scheduling.policies import visible_attendances

RELEASE: Final = "holds.release"
LONGEST: Final = 200
HELD_BACK: Final = frozenset({Claim.Status.DRAFT, Claim.Status.READY, Claim.Status.BATCHED, Claim.Status.REJECTED})


@transaction.atomic
def hold_claims(
    *, actor: Actor, practice: Practice, claim_ids: Collection[int], reason: str, until: dt.date | None = None
) -> list[Hold]:
    """Keeps claims back that have not left; one in a waiting batch comes out of it.

    HoldRefusedError when one has left, or when all of them are on hold already.
    """
    actor.require("claims:edit")
    reason = _checked(reason, until, practice)
    batching.lock_batches_of_claims(claim_ids)
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(claim_ids)).order_by("pk")
    held = standing.of_claims(claim_ids)
    claims = [row for row in rows if row.pk not in held]
    if not claims:
        raise HoldRefusedError("This is on hold already." if held else "Choose at least one claim to hold.")
    if any(row.status not in HELD_BACK for row in claims):
        raise HoldRefusedError("What has left cannot be held. Void or replace it on its own page.")
    batching.take_out(claims, actor=actor, reason="Put on hold")
    made = _make([Hold(claim=row) for row in claims], reason, until, actor, practice)
    title = f"On hold until {day(until, clock.today(practice))}" if until else "On hold"
    events.record(events.event(row, ClaimEvent.Kind.NOTE, title, actor=actor, detail=reason) for row in claims)
    record_holds("hold.made", [(hold, row.client_id) for hold, row in zip(made, claims, strict=True)], actor)
    return made


@transaction.atomic
def hold_attendance(
    *, actor: Actor, practice: Practice, attendance_id: int, reason: str, until: dt.date | None = None
) -> Hold:
    """Keeps a session from being billed; HoldRefusedError when it is billed or on hold already."""
    actor.require("billing:edit")
    reason = _checked(reason, until, practice)
    found = locks.attendances(visible_attendances(actor).filter(pk=attendance_id))
    if not found:
        raise Http404
    row = found[0]
    if row.status == Attendance.Status.CONFIRMED:
        raise HoldRefusedError("This session is billed. Hold its claim instead.")
    if standing.of_attendances([row.pk]):
        raise HoldRefusedError("This session is on hold already.")
    (made,) = _make([Hold(attendance=row)], reason, until, actor, practice)
    record_holds("hold.made", [(made, row.client_id)], actor)
    return made


@transaction.atomic
def release(*, actor: Actor, hold_id: int, why: str = "") -> Hold:
    """Lets it go; HoldRefusedError when that was done already."""
    row = _locked(hold_id)
    actor.require("claims:edit" if row.claim_id else "billing:edit")
    if row.released_at is not None:
        raise HoldRefusedError(f"{row.released_by_name} released it already.")
    let_go(row, actor, why)
    return row


def let_go(row: Hold, actor: Actor, why: str = "") -> None:
    """Ends a locked hold, in the caller's transaction."""
    row.released_at, row.released_by_name = clock.now(), actor.name
    row.save(update_fields=["released_at", "released_by_name"])
    due.done(RELEASE, practice_id=actor.practice_id, object_id=row.pk)
    if row.claim_id is not None:
        released = events.event(row.claim_id, ClaimEvent.Kind.NOTE, "Released from hold", actor=actor, detail=why)
        events.record([released])
    record_holds("hold.released", [(row, _client_of(row))], actor)


def _make(rows: Sequence[Hold], reason: str, until: dt.date | None, actor: Actor, practice: Practice) -> list[Hold]:
    for row in rows:
        row.reason, row.until, row.made_at = reason, until, clock.now()
        row.made_by_id, row.made_by_name = actor.user_id, actor.name
    made = Hold.objects.bulk_create(rows, batch_size=500)
    plan_releases(made, practice)
    return made


def plan_releases(rows: Sequence[Hold], practice: Practice) -> None:
    """Lets each go on its day, where it has one."""
    by_day: dict[dt.date, list[str]] = {}
    for row in rows:
        if row.until is not None:
            by_day.setdefault(row.until, []).append(str(row.pk))
    for until, ids in by_day.items():
        moment = clock.instant(practice, until, dt.time(0))
        due.plan_many(RELEASE, practice_id=practice.pk, object_ids=ids, due_at=moment)


def _checked(reason: str, until: dt.date | None, practice: Practice) -> str:
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST:
        raise HoldRefusedError(f"Say why it is held, in at most {LONGEST} characters.")
    if until is not None and until <= clock.today(practice):
        raise HoldRefusedError("Choose a day to come, or leave it empty to release it by hand.")
    return reason


def _locked(hold_id: int) -> Hold:
    row = Hold.objects.select_for_update(no_key=True, of=("self",)).filter(pk=hold_id).first()
    if row is None:
        raise Http404
    return row


def _client_of(row: Hold) -> int:
    if row.claim_id is not None:
        return Claim.objects.values_list("client_id", flat=True).get(pk=row.claim_id)
    return Attendance.objects.values_list("client_id", flat=True).get(pk=row.attendance_id or 0)


def record_holds(action: str, rows: Sequence[tuple[Hold, int]], actor: Actor) -> None:
    """Writes holds into the trail, each with the client it is about."""
    audit.record_many(
        audit.event(
            action,
            actor=actor,
            row=hold,
            client_id=client_id,
            after={
                "claim": hold.claim_id,
                "attendance": hold.attendance_id,
                "reason": hold.reason,
                "until": str(hold.until) if hold.until else None,
            },
        )
        for hold, client_id in rows
    )
