"""A token in each practice: Bob's at Fernhollow, nobody's elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

from practice import clock
from practice.models import ApiToken, Practice
from tests.matrix.world import World, builds


@builds
def tokens(world: World, practice: Practice) -> dict[str, Any]:
    """`api_token`, with which a program reads clients."""
    owner = world.people.bob if practice == world.people.fernhollow else world.people.heidi
    return {
        "api_token": ApiToken.objects.create(
            practice_id=practice.pk,
            user_id=owner.pk,
            name="Phone system",
            token_hash=f"{practice.pk:064d}",
            hint="abcd",
            permissions=["clients:view"],
            made_at=clock.now(),
            expires_on=dt.date(2026, 12, 31),
        )
    }
