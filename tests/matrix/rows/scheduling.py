"""The calendar, sessions, attendances and rooms."""

from __future__ import annotations

from typing import Any

from practice.models import Practice
from scheduling.models import Attendance, Room, Session
from tests.matrix.row import Row
from tests.matrix.rows._facts import of
from tests.matrix.world import World

SEES = "alice bob charlie dana frank grace ivan"
SEES_IT = "alice bob charlie frank ivan"  # the session is Charlie's
CHANGES_IT = "alice charlie frank"
STRANGERS = "dana grace"
WORKS = "alice charlie dana frank grace"
SETS_UP = "alice"


def _moved(world: World, practice: Practice) -> dict[str, Any]:
    return {"pk": world.one(practice, "moved_session").pk, "undo": world.one(practice, "undo_id")}


def _meeting(world: World, practice: Practice) -> dict[str, Any]:
    """An hour of Charlie's; a clinician books for themselves, whoever the form names."""
    return {
        "kind": "meeting",
        "title": "Supervision",
        "date": "2026-11-19",
        "time": "16:00",
        "minutes": "50",
        "clinicians": world.one(practice, "clinician").pk,
    }


def _same_facts(world: World, practice: Practice) -> dict[str, Any]:
    return {
        "service": world.one(practice, "service_90834").pk,
        "date": "2026-11-16",
        "time": "17:00",
        "minutes": "45",
        "clinicians": world.one(practice, "clinician").pk,
    }


def _new_room(world: World, practice: Practice) -> dict[str, Any]:
    return {"location": world.one(practice, "office").pk, "name": "Room 9"}


def _to_six(world: World, practice: Practice) -> dict[str, Any]:
    return {"start": "2026-11-16T18:00", "minutes": "50"}


def _words(world: World, practice: Practice) -> dict[str, Any]:
    return {"client_words": "torres"}


def _people(world: World, practice: Practice) -> dict[str, Any]:
    return {"people": [world.one(practice, "clinician").pk]}


def _held(world: World, practice: Practice) -> dict[str, Any]:
    return {"status": "held"}


def _newcomer(world: World, practice: Practice) -> dict[str, Any]:
    return {"clients": world.one(practice, "group_newcomer").pk}


def _not_in_use(world: World, practice: Practice) -> dict[str, Any]:
    return {"use": "no"}


ROWS: list[Row] = [
    Row("calendar", SEES),
    Row("calendar_events", SEES),
    Row("choose_calendar_people", SEES),
    Row("choose_calendar_people", SEES, "POST", body=_people),
    Row("book_session", WORKS),
    Row("book_session", WORKS, "POST", body=_meeting, changes=Session),
    Row("search_session_clients", WORKS, "POST", body=_words),
    Row("session", SEES_IT, ids=of("session"), hidden=STRANGERS),
    Row("change_session", CHANGES_IT, ids=of("session"), hidden=STRANGERS),
    Row("change_session", CHANGES_IT, "POST", of("session"), _same_facts, Session, hidden=STRANGERS),
    Row("move_session", CHANGES_IT, "POST", of("session"), _to_six, Session, hidden=STRANGERS),
    Row("cancel_session", CHANGES_IT, "POST", of("session"), changes=Attendance, hidden=STRANGERS),
    Row("restore_session", CHANGES_IT, "POST", of("canceled_session"), changes=Attendance, hidden=STRANGERS),
    Row("undo_session_change", CHANGES_IT, "POST", _moved, changes=Session, hidden=STRANGERS),
    Row("add_session_client", CHANGES_IT, "POST", of("group_session"), _newcomer, Attendance, hidden=STRANGERS),
    Row("set_attendance_status", f"{CHANGES_IT} bob", "POST", of("attendance"), _held, Attendance, hidden=STRANGERS),
    Row("remove_session_client", CHANGES_IT, "POST", of("leaving_attendance"), changes=Attendance, hidden=STRANGERS),
    Row("client_sessions", SEES_IT, ids=of("client"), hidden=STRANGERS),
    Row("book_client_session", CHANGES_IT, ids=of("client"), hidden=STRANGERS),
    Row("book_client_session", CHANGES_IT, "POST", of("client"), _meeting, Session, hidden=STRANGERS),
    Row("rooms", "alice bob ivan"),
    Row("add_room", SETS_UP),
    Row("add_room", SETS_UP, "POST", body=_new_room, changes=Room),
    Row("room", SETS_UP, ids=of("room")),
    Row("room", SETS_UP, "POST", of("room"), _new_room, Room),
    Row("switch_room", SETS_UP, "POST", of("unused_room"), _not_in_use, Room),
]
