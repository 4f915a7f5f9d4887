"""A clinician vouches for their own sessions ahead of whoever bills, and may take it back until they are billed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.http import Http404

from clinicians.policies import own_clinician_id
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import StateChange
from scheduling import confirming, locks
from scheduling.models import Attendance, Attestation, SessionClinician
from scheduling.policies import visible_attendances

AS_HELD: Final = "Attested as held"


@dataclass(frozen=True, slots=True)
class Attested:
    """What a click vouched for: the attestation, and the attendances."""

    attestation_id: int
    ids: list[int]


@transaction.atomic
def attest(*, actor: Actor, attendance_ids: Collection[int], text_version: str) -> Attested | None:
    """A clinician vouches for their own sessions that are over; what was still scheduled was held by that.

    Sessions of others, confirmed ones and those still to come are left alone; None when nothing else was named.
    """
    actor.require("calendar:own")
    own = own_clinician_id(actor)
    if own is None:
        return None
    over = visible_attendances(actor).filter(
        _given_by(own), pk__in=attendance_ids, status=Attendance.Status.SCHEDULED, session__ends_at__lte=clock.now()
    )
    rows = locks.attendances(over)
    states.transition_many(rows, Attendance.Status.HELD, actor=actor, reason=AS_HELD)
    ids = confirming.attest_many(attendance_ids, actor=actor, attestation_text_version=text_version)
    made = Attendance.objects.filter(pk__in=ids).values_list("attestation_id", flat=True).first()
    return None if made is None else Attested(made, ids)


@transaction.atomic
def take_back(*, actor: Actor, attestation_id: int) -> list[int]:
    """Takes one's own word back for what is not confirmed yet; the ids it concerned. Http404 when it is not theirs."""
    actor.require("calendar:own")
    own = own_clinician_id(actor)
    if not Attestation.objects.filter(pk=attestation_id, clinician=own or 0, by_id=actor.user_id).exists():
        raise Http404
    rows = _of(attestation_id, actor)
    changed = [row.pk for row in rows]
    Attendance.objects.filter(pk__in=changed).update(attestation=None)
    states.transition_many(_held_by_it(rows), Attendance.Status.SCHEDULED, actor=actor, reason="Undone")
    audit.record_many(
        audit.event("attendance.unattested", actor=actor, row=row, client_id=row.client_id) for row in rows
    )
    return changed


def _given_by(clinician_id: int) -> Q:
    led = SessionClinician.objects.filter(clinician=clinician_id, is_lead=True).values("session")
    return Q(rendering=clinician_id) | Q(rendering__isnull=True, session__in=led)


def _of(attestation_id: int, actor: Actor) -> list[Attendance]:
    found = visible_attendances(actor).filter(attestation=attestation_id)
    return locks.attendances(found.exclude(status=Attendance.Status.CONFIRMED))


def _held_by_it(rows: Sequence[Attendance]) -> list[Attendance]:
    """Those of which it was the attestation itself, and nobody since, that said they were held."""
    steps = StateChange.objects.filter(
        kind=Attendance._meta.label_lower, object_id__in=[row.pk for row in rows]
    ).order_by("at")
    last = dict(steps.values_list("object_id", "reason"))
    return [row for row in rows if last.get(row.pk) == AS_HELD]
