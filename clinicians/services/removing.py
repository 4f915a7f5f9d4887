"""Taking a license or terms of work away that were entered by mistake, and putting them back."""

from __future__ import annotations

from django.db import transaction

from clinicians import foundations
from clinicians.errors import TeamRefusedError
from clinicians.foundations import Foundation
from clinicians.models import Engagement, License
from clinicians.services._rows import locked
from practice.actors import Actor
from practice.models import Practice
from practice.overlaps import sharing_a_day
from practice.records import find, refreshed, remove, removed, save_new


@transaction.atomic
def remove_license(*, actor: Actor, license_id: int) -> License:
    """Takes a license off the file; TeamRefusedError where sessions were billed on it. Its scan is kept."""
    actor.require("team:edit")
    row = find(License, license_id)
    locked(row.clinician_id)
    row = refreshed(row)
    _refuse_built_on(actor, row)
    gone = License(pk=row.pk, clinician=row.clinician, kind=row.kind, number=row.number, state=row.state)
    remove("license.removed", actor, row)
    return gone


@transaction.atomic
def restore_license(*, actor: Actor, license_id: int) -> License:
    """Puts a license back as it was when it was removed. Http404 when it was not."""
    actor.require("team:edit")
    row = removed("license.removed", License, license_id)
    locked(row.clinician_id)
    if License.objects.filter(clinician_id=row.clinician_id, state=row.state, number=row.number).exists():
        raise TeamRefusedError(f"{row} is on file again already.")
    save_new("license.restored", actor, row)
    return row


@transaction.atomic
def remove_engagement(*, actor: Actor, engagement_id: int) -> Engagement:
    """Takes terms of work away; TeamRefusedError where sessions were billed under them."""
    actor.require("team:edit")
    row = find(Engagement, engagement_id)
    locked(row.clinician_id)
    row = refreshed(row)
    _refuse_built_on(actor, row)
    gone = Engagement(pk=row.pk, clinician=row.clinician, kind=row.kind, starts_on=row.starts_on, tin=row.tin)
    remove("engagement.removed", actor, row)
    return gone


@transaction.atomic
def restore_engagement(*, actor: Actor, engagement_id: int) -> Engagement:
    """Puts terms back as they were, without the SSN or EIN, which the trail does not keep. Http404 as above."""
    actor.require("team:edit")
    row = removed("engagement.removed", Engagement, engagement_id)
    locked(row.clinician_id)
    others = Engagement.objects.filter(clinician_id=row.clinician_id)
    if sharing_a_day(others, row.starts_on, row.ends_on).exists():
        raise TeamRefusedError("Other terms of work stand on these days now. End or move them first.")
    row.tin = ""
    save_new("engagement.restored", actor, row)
    return row


def _refuse_built_on(actor: Actor, row: Foundation) -> None:
    built = foundations.built_on(row, Practice.objects.get(pk=actor.practice_id))
    if built:
        raise TeamRefusedError(f"{built} Correct it or give it an end instead.")
