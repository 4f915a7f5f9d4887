"""What the pages of runs need beside the runs themselves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from payroll import services
from practice.actors import Actor
from practice.models import Practice
from tests.matrix.world import World, builds


@builds
def runs_to_act_on(world: World, practice: Practice) -> dict[str, Any]:
    """A schedule that ended, whose next run can be opened; an approved off-cycle run; a line that was taken out."""
    objects, actor = world.objects[practice.pk], Actor.system(practice.pk)
    weekly = services.add_schedule(
        actor=actor,
        name="Every week",
        frequency="weekly",
        starts_on=dt.date(2026, 8, 30),
        ends_on=dt.date(2026, 9, 12),
    )
    off_cycle = services.open_off_cycle_run(
        actor=actor, schedule_id=objects["pay_schedule"].pk, pay_on=dt.date(2026, 11, 18)
    )
    services.compute(actor=actor, run_id=off_cycle.pk)
    removed = services.add_manual_line(
        actor=actor,
        run_id=objects["draft_run"].pk,
        clinician_id=objects["clinician"].pk,
        kind="bonus",
        amount=Decimal("10.00"),
        reason="Entered twice",
    )
    number = removed.pk
    services.remove_manual_line(actor=actor, manual_line_id=number)
    return {
        "weekly_schedule": weekly,
        "approved_off_cycle_run": services.approve(actor=actor, run_id=off_cycle.pk),
        "removed_manual_line": SimpleNamespace(pk=number),
    }
