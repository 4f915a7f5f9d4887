"""Two billings of each practice, and sessions of the clinician: warned of, decided on, and attested."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from billing.models import BillingRun
from practice import clock
from practice.models import Practice
from scheduling.models import Attendance, AttendanceAddOn, Attestation, FindingOverride, Session, SessionClinician
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


@builds
def acted_on(world: World, practice: Practice) -> dict[str, Any]:
    """Sessions that were too short, one decided on, one that its clinician attested, one just billed."""
    objects = world.objects[practice.pk]
    warned, decided, attested, billed = (_short(practice, objects, hour) for hour in (18, 19, 20, 21))
    AttendanceAddOn.objects.create(attendance=warned, service=objects["service_90785"])
    by = {"by_id": world.people.charlie.pk, "by_name": "Charlie Nguyen", "at": clock.now()}
    FindingOverride.objects.create(attendance=decided, code="times_too_short", reason="Known.", **by)
    word = Attestation.objects.create(clinician=objects["clinician"], text_version="2026-11", **by)
    Attendance.objects.filter(pk=attested.pk).update(attestation=word)
    told = {"status": "confirmed", "outcome": "held", "fee": Decimal("150.00"), "confirmed_at": clock.now()}
    Attendance.objects.filter(pk=billed.pk).update(**told)
    return {
        "billed_attendance": billed,
        "warned_attendance": warned,
        "decided_attendance": decided,
        "attestation": word,
    }


def _short(practice: Practice, objects: dict[str, Any], hour: int) -> Attendance:
    """Twenty minutes that the client pays for."""
    start = clock.instant(practice, DAY - dt.timedelta(days=4), dt.time(hour))
    stop = start + dt.timedelta(minutes=20)
    span = {"starts_at": start, "ends_at": stop}
    service = objects["service_90834"]
    session = Session.objects.create(made_at=clock.now(), location=objects["office"], service=service, **span)
    SessionClinician.objects.create(session=session, clinician=objects["clinician"], **span)
    times = {"actual_start": start, "actual_stop": stop}
    return Attendance.objects.create(
        session=session, client=objects["client"], service=service, self_pay=True, status="held", **times
    )
