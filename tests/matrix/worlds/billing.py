"""Two billings of each practice: one that waits for a worker, one that is done and billed nothing."""

from __future__ import annotations

from typing import Any

from billing.models import BillingRun
from practice import clock
from practice.models import Practice
from tests.matrix.world import World, builds
from tests.matrix.worlds.scheduling import DAY


@builds
def billing(world: World, practice: Practice) -> dict[str, Any]:
    """`waiting_run` and `done_run`, both of the calendar's day."""
    ids = [world.one(practice, "attendance").pk]
    facts = {"day": DAY, "attendance_ids": ids, "made_at": clock.now(), "made_by_name": "Bob Keller"}
    return {
        "waiting_run": BillingRun.objects.create(**facts),
        "done_run": BillingRun.objects.create(status=BillingRun.Status.DONE, handled=len(ids), **facts),
    }
