"""Lets the staff of an MSO or IPA into a practice, with the permissions the practice grants and no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from practice import audit
from practice.actors import Actor
from practice.models import Affiliation, Practice
from practice.overlaps import sharing_a_day
from practice.permissions import GRANTABLE_TO_ORGANIZATIONS, known


class AffiliationRefusedError(ValueError):
    """An affiliation cannot be made; the message says why."""


@transaction.atomic
def affiliate(
    *, actor: Actor, organization: Practice, permissions: Collection[str], starts_on: dt.date, ends_on: dt.date | None
) -> Affiliation:
    """Opens the actor's practice to an organization's staff. AffiliationRefusedError names what stands against it."""
    actor.require("members:edit")
    if organization.kind == Practice.Kind.PRACTICE:
        raise AffiliationRefusedError(f"{organization} is a practice; only an MSO or an IPA serves practices.")
    refused = sorted(known(name) for name in set(permissions) - GRANTABLE_TO_ORGANIZATIONS)
    if refused:
        raise AffiliationRefusedError(f"An organization cannot be given: {', '.join(refused)}.")
    practice = Practice.objects.select_for_update().get(pk=actor.practice_id)
    others = Affiliation.objects.filter(organization=organization, practice=practice)
    if sharing_a_day(others, starts_on, ends_on).exists():
        raise AffiliationRefusedError(f"{organization} has access in that time already.")
    made = Affiliation.objects.create(
        organization=organization,
        practice=practice,
        permissions=sorted(permissions),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    audit.record("affiliation.made", actor=actor, row=made, after=audit.snapshot(made))
    return made
