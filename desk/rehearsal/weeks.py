"""The weeks go by: sessions are booked, take place or do not, and get their notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction

from billing.day import fixing
from charting import services as charting
from desk.rehearsal import plan
from desk.rehearsal.building import Made
from practice import clock
from practice.access import Access
from practice.actors import Actor
from practice.tenancy.context import practice_context
from scheduling import attending, canceling
from scheduling.booking import book
from scheduling.confirming import save_facts
from scheduling.facts import Booking, Repeat
from scheduling.policies import visible_attendances

HALF_DAY: Final = dt.timedelta(hours=3)
WELL_AHEAD: Final = dt.timedelta(days=3)
AFTERWARDS: Final = dt.timedelta(hours=2)
MORNING: Final = dt.datetime.combine(plan.BEGUN, dt.time(9), tzinfo=ZoneInfo(plan.TIME_ZONE))


@contextmanager
def at(owner: Access, moment: dt.datetime) -> Iterator[None]:
    """The practice's context in a transaction of its own, with the clock at the moment."""
    with clock.at(moment), transaction.atomic(), practice_context(owner.practice.pk, phi=True, rates=True):
        yield


def book_all(made: Made) -> None:
    """Every slot as a weekly series, by the scheduler."""
    last = plan.FIRST_MONDAY + dt.timedelta(weeks=plan.WEEKS - 1, days=6)
    for slot in plan.SLOTS:
        service = made.services[slot.code]
        book(
            actor=made.staff.scheduler,
            booking=Booking(
                kind=slot.kind,
                date=plan.FIRST_MONDAY + dt.timedelta(days=slot.weekday),
                time=slot.time,
                minutes=service.minutes,
                clinician_ids=(made.staff.clinician_ids[_clinician_of(slot)],),
                client_ids=tuple(made.clients[number].pk for number in slot.clients),
                others="Jo Imbert" if slot.kind == "couple" else "",
                service_id=service.pk,
                location_id=made.office.pk,
                repeat=Repeat(1, last),
            ),
        )


def live(made: Made) -> None:
    """Each planned session comes to pass, in the order of the calendar."""
    for one in sorted(plan.PLANNED, key=lambda one: (one.date, one.slot.time)):
        _come_to_pass(made, one)


def _come_to_pass(made: Made, one: plan.Planned) -> None:
    owner = made.staff.owner
    starts = clock.instant(owner.practice, one.date, one.slot.time)
    early = {plan.LATE: HALF_DAY, plan.CANCELED: WELL_AHEAD}.get(one.outcome)
    with at(owner, starts - early if early else starts + AFTERWARDS):
        row = _row(made, one, starts)
        if early:
            canceling.cancel(actor=made.staff.scheduler, session_id=row.session_id, reason="Ill")
        elif one.outcome == plan.NO_SHOW:
            attending.set_status(actor=_clinician(made, one), attendance_id=row.pk, status=plan.NO_SHOW)
        else:
            _hold(made, one, row)


def _hold(made: Made, one: plan.Planned, row: Any) -> None:
    """The clinician says that it took place, when, and what was done; some leave the times to the biller."""
    clinician = _clinician(made, one)
    found = attending.set_status(actor=clinician, attendance_id=row.pk, status=plan.HELD)
    if plan.CLINICIANS[_clinician_of(one.slot)].enters_times:
        times = {"actual_start": found.session.starts_at, "actual_stop": found.session.ends_at}
        save_facts(found, times, clinician)
    else:
        fixing.use_scheduled_times(actor=made.staff.biller, attendance_ids=[found.pk])
    if one.outcome == plan.UNDOCUMENTED:
        return
    charting.sign_as_written(actor=clinician, attendance_id=found.pk, text="Seen as planned.")
    if plan.CLINICIANS[_clinician_of(one.slot)].supervised:
        charting.cosign(actor=made.staff.clinicians[0], attendance_id=found.pk)


def _row(made: Made, one: plan.Planned, starts: dt.datetime) -> Any:
    rows = visible_attendances(made.staff.scheduler).select_related("session")
    return rows.get(client_id=made.clients[one.client].pk, session__starts_at=starts)


def _clinician(made: Made, one: plan.Planned) -> Actor:
    return made.staff.clinicians[_clinician_of(one.slot)]


def _clinician_of(slot: plan.Slot) -> int:
    return plan.CLIENTS[slot.clients[0]].clinician
