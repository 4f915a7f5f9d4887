"""A claim on hold, and a session that can be held."""

from __future__ import annotations

from typing import Any

from billing.models import Hold
from practice import clock
from practice.models import Practice
from tests.matrix.world import World, builds


@builds
def holds(world: World, practice: Practice) -> dict[str, Any]:
    """`hold` keeps the draft claim of the practice back."""
    objects = world.objects[practice.pk]
    hold = Hold.objects.create(
        claim=objects["draft_claim"],
        reason="The client brings the new card.",
        made_at=clock.now(),
        made_by_name="Bob Keller",
    )
    return {"hold": hold}
