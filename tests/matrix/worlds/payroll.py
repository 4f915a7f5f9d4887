"""Pay of each practice: a schedule, two people's rules, hours, and a run in each state."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from clinicians.models import Clinician, Engagement
from payroll import exports, services
from payroll.models import ExportTarget, PayRun, PaySchedule, RuleSet
from practice.actors import Actor
from practice.models import Practice
from tests.matrix.world import World, builds

SINCE: Final = dt.date(2026, 10, 1)
SHARE: Final = {"method": "percent", "name": "All services"}
WORKED: Final = ((10, 6), (10, 20), (11, 3), (11, 16))
NAMES: Final = {"first_name": "Charlie", "last_name": "Nguyen"}
MEETINGS: Final = {"method": "hourly", "amount": Decimal("28.00"), "name": "Meetings", "hours_kinds": ["meeting"]}


@builds
def terms_of_pay(world: World, practice: Practice) -> dict[str, Any]:
    """Paid twice a month since October; Charlie 62% and $28.00 an hour of meetings, Dana 70%."""
    objects, actor = world.objects[practice.pk], Actor.system(practice.pk)
    schedule = services.add_schedule(actor=actor, name="Twice a month", starts_on=SINCE)
    charlie = _rules(actor, objects["clinician"], SHARE | {"rate": Decimal("0.62")}, MEETINGS)
    dana = _rules(actor, objects["other_clinician"], SHARE | {"rate": Decimal("0.70")})
    return {"pay_schedule": schedule, "rule_set": charlie, "other_rule_set": dana}


@builds
def runs(world: World, practice: Practice) -> dict[str, Any]:
    """`locked_run`, `exported_run`, `approved_run` and `pay_run`, computed; `draft_run` is off-cycle."""
    objects, actor = world.objects[practice.pk], Actor.system(practice.pk)
    schedule, charlie = objects["pay_schedule"], objects["clinician"]
    paid, _, _, waiting = (_hours(actor, charlie, dt.date(2026, month, day)) for month, day in WORKED)
    locked, exported, approved = (_approved(actor, schedule) for _ in range(3))
    mapping = services.map_payee(
        actor=actor, clinician_id=charlie.pk, target=ExportTarget.GENERIC, external_id="E-100", **NAMES
    )
    made = exports.export_run(run=locked, target=ExportTarget.GENERIC, actor=actor, practice=practice)
    services.lock(actor=actor, run_id=locked.pk)
    services.mark_exported(actor=actor, run_id=exported.pk)
    current = services.open_run(actor=actor, schedule_id=schedule.pk)
    line = services.add_manual_line(
        actor=actor,
        run_id=current.pk,
        clinician_id=charlie.pk,
        kind="bonus",
        amount=Decimal("50.00"),
        reason="Covered the front desk",
    )
    return {
        "locked_run": locked,
        "exported_run": exported,
        "approved_run": approved,
        "pay_run": services.compute(actor=actor, run_id=current.pk),
        "draft_run": services.open_off_cycle_run(actor=actor, schedule_id=schedule.pk, pay_on=dt.date(2026, 11, 20)),
        "hours_entry": waiting,
        "paid_hours_entry": paid,
        "manual_line": line,
        "payee_mapping": mapping,
        "pay_file": made.row,
    }


def _rules(actor: Actor, clinician: Clinician, *rules: dict[str, Any]) -> RuleSet:
    engagement = Engagement.objects.get(clinician=clinician)
    return services.add_rule_set(actor=actor, engagement_id=engagement.pk, starts_on=SINCE, rules=rules)


def _hours(actor: Actor, clinician: Clinician, day: dt.date) -> Any:
    return services.add_hours(
        actor=actor, clinician_id=clinician.pk, worked_on=day, kind="meeting", hours=Decimal("1.50"), note="Team"
    )


def _approved(actor: Actor, schedule: PaySchedule) -> PayRun:
    run = services.open_run(actor=actor, schedule_id=schedule.pk)
    services.compute(actor=actor, run_id=run.pk)
    return services.approve(actor=actor, run_id=run.pk)
