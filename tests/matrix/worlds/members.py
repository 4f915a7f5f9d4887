"""Access to each practice: somebody who has it, somebody whose access ended, and two invitations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from practice import clock
from practice.accounts.invitations import LIFETIME
from practice.models import Invitation, Membership, Practice
from practice.permissions import Role
from tests.matrix.world import World, builds
from tests.people import member


@builds
def members(world: World, practice: Practice) -> dict[str, Any]:
    """Victor, a biller; Trent, who left; Judy, who is invited, and Judith, whose invitation was taken back."""
    yesterday = clock.now() - dt.timedelta(days=1)
    victor = member("Victor Hale", practice, Role.BILLER)
    trent = member("Trent Walsh", practice, Role.SCHEDULER, ended_at=yesterday)
    return {
        "membership": Membership.objects.get(user=victor),
        "ended_membership": Membership.objects.get(user=trent),
        "invitation": _invitation(practice, "Judy"),
        "revoked_invitation": _invitation(practice, "Judith", revoked_at=yesterday),
    }


def _invitation(practice: Practice, name: str, **more: Any) -> Invitation:
    return Invitation.objects.create(
        practice_id=practice.pk,
        email=f"{name.lower()}@example.com",
        first_name=name,
        last_name="Arroyo",
        roles=[Role.SCHEDULER.value],
        token_hash=f"{practice.slug} {name}",
        created_at=clock.now(),
        expires_at=clock.now() + LIFETIME,
        **more,
    )
