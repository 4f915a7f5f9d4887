"""Sessions of each practice: one of the clinician, one of a colleague, a group, a series, a room."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from clients.models import Caseload, Client
from clinicians.models import Clinician
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from scheduling import canceling, moving
from scheduling.models import Attendance, Room, Series, Session, SessionClinician
from tests.matrix.world import World, builds

DAY: Final = dt.date(2026, 11, 16)


@builds
def scheduling(world: World, practice: Practice) -> dict[str, Any]:
    """What the calendar of one day holds, all of it still scheduled."""
    objects = world.objects[practice.pk]
    room = Room.objects.create(location=objects["office"], name="Room 2", seats=2)
    series = Series.objects.create(every_weeks=1, local_time=dt.time(14), minutes=50, starts_on=DAY)
    common = {"location": objects["office"], "service": objects["service_90834"]}
    session = _session(practice, objects["clinician"], 9, room=room, **common)
    other = _session(practice, objects["other_clinician"], 10, **common)
    group = _session(
        practice,
        objects["clinician"],
        11,
        kind=Session.Kind.GROUP,
        title="Anxiety skills",
        **common | {"service": objects["service_90853"]},
    )
    newcomer = _client(objects["clinician"], 190, "Nia", "Brooks")
    leaver = _client(objects["clinician"], 191, "Ed", "Lowe")
    again = _session(practice, objects["clinician"], 14, series=series, **common)
    return _changed(practice, objects) | {
        "room": room,
        "unused_room": Room.objects.create(location=objects["office"], name="Room 3"),
        "group_newcomer": newcomer,
        "leaving_attendance": _attendance(group, leaver),
        "series": series,
        "session": session,
        "other_session": other,
        "group_session": group,
        "series_session": again,
        "attendance": _attendance(session, objects["client"]),
        "other_attendance": _attendance(other, objects["other_client"]),
        "group_attendance": _attendance(group, objects["client"]),
        "series_attendance": _attendance(again, objects["client"]),
    }


def _client(clinician: Clinician, number: int, first: str, last: str) -> Client:
    client = Client.objects.create(number=number, first_name=first, last_name=last)
    Caseload.objects.create(client=client, clinician=clinician, starts_on=DAY)
    return client


def _changed(practice: Practice, objects: dict[str, Any]) -> dict[str, Any]:
    """A session that was canceled, and one that was moved, with the record of it."""
    facts = {"location": objects["office"], "service": objects["service_90834"]}
    system = Actor.system(practice.pk)
    canceled = _session(practice, objects["clinician"], 16, **facts)
    _attendance(canceled, objects["client"])
    canceling.cancel(actor=system, session_id=canceled.pk, late=False)
    moved = _session(practice, objects["clinician"], 6, **facts)
    _attendance(moved, objects["client"])
    change = moving.move(actor=system, session_id=moved.pk, date=DAY, time=dt.time(7), minutes=50)
    return {"canceled_session": canceled, "moved_session": change.session, "undo_id": change.undo_id}


def _session(practice: Practice, clinician: Clinician, hour: int, **facts: Any) -> Session:
    start = clock.instant(practice, DAY, dt.time(hour))
    span = {"starts_at": start, "ends_at": start + dt.timedelta(minutes=50)}
    session = Session.objects.create(made_at=clock.now(), **span, **facts)
    SessionClinician.objects.create(session=session, clinician=clinician, **span)
    return session


def _attendance(session: Session, client: Any) -> Attendance:
    return Attendance.objects.create(session=session, client=client, service=session.service, self_pay=True)
