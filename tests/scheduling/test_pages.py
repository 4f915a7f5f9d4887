"""The pages of the calendar: who sees what, how many queries, and what a posted change answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clients.models import Client as ClientRecord
from clinicians.models import Clinician, WorkingHours
from practice import clock
from practice.models import Practice
from scheduling.models import Attendance, Session, SessionClinician
from scheduling.views.look import COLUMNS
from tests.matrix.world import World
from tests.people import signed_in

CALENDAR = "/p/fernhollow/calendar/"
MONDAY = "2026-11-16"


@pytest.fixture
def frank(world: World) -> Client:
    return signed_in(world.people.frank)


def _one(world: World, name: str) -> Any:
    return world.one(world.people.fernhollow, name)


@pytest.mark.parametrize("query", ["", "&view=week", "&view=month", "&as=list", "&view=week&as=list"])
def test_each_view_opens(frank: Client, world: World, query: str) -> None:
    assert frank.get(f"{CALENDAR}?date={MONDAY}{query}").status_code == 200
    one = _one(world, "clinician").pk
    assert frank.get(f"{CALENDAR}?date={MONDAY}{query}&clinician={one}").status_code == 200


def test_nonsense_in_the_address_is_today(frank: Client) -> None:
    page = frank.get(f"{CALENDAR}?date=yesterday&view=century&clinician=x")
    assert "November 17" in page.content.decode()


def test_the_list_says_who_when_and_what_is_due(frank: Client, world: World, inside: Any) -> None:
    with inside(world.people.fernhollow):
        Attendance.objects.filter(pk=_one(world, "attendance").pk).update(
            self_pay=False, coverage=_one(world, "coverage")
        )
    page = frank.get(f"{CALENDAR}?date={MONDAY}&as=list").content.decode()
    for words in ("Maya Torres", "Owen Hale", "Charlie Nguyen", "$25.00", "Anxiety skills", "Say what happened"):
        assert words in page


def test_a_clinician_sees_their_own_sessions_only(world: World) -> None:
    charlie = signed_in(world.people.charlie)
    page = charlie.get(f"{CALENDAR}?date={MONDAY}").content.decode()
    events = charlie.get(f"{CALENDAR}events/?date={MONDAY}").json()
    assert "Maya Torres" in page
    assert "Owen Hale" not in page
    assert "Dana Whitfield" not in page
    assert {row["title"] for row in events["events"]} == {"Maya Torres", "Anxiety skills"}
    assert [row["title"] for row in events["resources"]] == ["Charlie Nguyen"]


def test_a_colleagues_session_is_not_there_for_a_clinician(world: World) -> None:
    charlie = signed_in(world.people.charlie)
    other, attendance = _one(world, "other_session").pk, _one(world, "other_attendance").pk
    for path in (f"sessions/{other}/", f"sessions/{other}/change/"):
        assert charlie.get(f"/p/fernhollow/{path}").status_code == 404
    for path in (f"sessions/{other}/move/", f"sessions/{other}/cancel/", f"attendances/{attendance}/status/"):
        body = {"start": "2026-11-18T09:00", "minutes": "50", "status": "held"}
        assert charlie.post(f"/p/fernhollow/{path}", body).status_code == 404


def test_a_move_answers_with_undo_and_a_refusal_with_its_sentence(frank: Client, world: World) -> None:
    session = _one(world, "session")
    url = f"/p/fernhollow/sessions/{session.pk}/move/"
    moved = frank.post(url, {"start": "2026-11-16T15:00", "minutes": "60"})
    assert (moved.status_code, "Moved to Mon, Nov 16, 3:00 PM." in moved.content.decode()) == (200, True)
    assert "/undo/" in moved.content.decode()
    refused = frank.post(url, {"start": "2026-11-16T14:15", "minutes": "60"})
    assert refused.status_code == 422
    assert "Charlie has Maya Torres from 2:00 to 2:50 PM that day." in refused.content.decode()
    assert frank.post(url, {"start": "soon", "minutes": "60"}).status_code == 422


def test_undo_puts_a_moved_session_back(frank: Client, world: World, inside: Any) -> None:
    session = _one(world, "other_session")
    moved = frank.post(
        f"/p/fernhollow/sessions/{session.pk}/move/", {"start": "2026-11-16T15:00", "minutes": "60"}
    ).content.decode()
    undo = moved.split('action="')[1].split('"')[0]
    assert frank.post(undo).status_code == 302
    with inside(world.people.fernhollow):
        assert Session.objects.get(pk=session.pk).starts_at == session.starts_at


def test_a_session_is_booked_from_the_form_and_a_refusal_keeps_what_was_typed(frank: Client, world: World) -> None:
    body = {
        "kind": "individual",
        "clients": _one(world, "client").pk,
        "service": _one(world, "service_90834").pk,
        "date": "2026-11-18",
        "time": "09:00",
        "minutes": "50",
        "clinicians": _one(world, "clinician").pk,
        "location": _one(world, "office").pk,
        "note": "First one",
    }
    assert frank.post("/p/fernhollow/sessions/new/", body).status_code == 302
    again = frank.post("/p/fernhollow/sessions/new/", body)
    assert again.status_code == 422
    page = again.content.decode()
    assert "Charlie has Maya Torres from 9:00 to 9:50 AM that day." in page
    assert "First one" in page
    assert "Maya Torres" in page


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("individual", []), ("couple", ["others"]), ("family", ["others"]), ("group", ["title"]), ("meeting", ["title"])],
)
def test_only_the_kinds_that_have_them_are_asked_for_a_name_or_who_comes_along(
    frank: Client, kind: str, shown: list[str]
) -> None:
    page = frank.post("/p/fernhollow/sessions/new/", {"kind": kind}).content.decode()
    for name, kinds in (("others", "couple family"), ("title", "group meeting")):
        opening = page.split(f'data-for-kinds="{kinds}"')[1].split(">")[0]
        assert ("hidden" not in opening) is (name in shown)


def test_what_is_hidden_for_the_kind_is_not_kept(frank: Client, world: World, inside: Any) -> None:
    body = {
        "kind": "individual", "clients": _one(world, "client").pk, "service": _one(world, "service_90834").pk,
        "date": "2026-11-18", "time": "09:00", "minutes": "50", "clinicians": _one(world, "clinician").pk,
        "title": "Skills group", "others": "Her sister",
    }  # fmt: skip
    assert frank.post("/p/fernhollow/sessions/new/", body).status_code == 302
    with inside(world.people.fernhollow):
        made = Session.objects.order_by("-pk")[0]
        assert made.title == ""
        assert [row.others for row in made.attendances.all()] == [""]
    assert 'name="title"' not in frank.get(f"/p/fernhollow/sessions/{made.pk}/change/").content.decode()


def test_clients_are_found_by_posted_words_among_those_one_may_see(world: World) -> None:
    url = "/p/fernhollow/sessions/clients/"
    assert "Owen Hale" in signed_in(world.people.frank).post(url, {"client_words": "ha"}).content.decode()
    assert "Owen Hale" not in signed_in(world.people.charlie).post(url, {"client_words": "ha"}).content.decode()


def test_a_status_is_set_on_the_page_and_stands_in_the_history(frank: Client, world: World) -> None:
    attendance, session = _one(world, "attendance"), _one(world, "session")
    assert frank.post(f"/p/fernhollow/attendances/{attendance.pk}/status/", {"status": "no_show"}).status_code == 302
    page = frank.get(f"/p/fernhollow/sessions/{session.pk}/").content.decode()
    assert "Frank Osei, Tue, Nov 17" in page
    assert "No-show" in page


def test_a_week_of_thirty_clinicians_takes_a_fixed_number_of_queries(frank: Client, world: World, inside: Any) -> None:
    with inside(world.people.fernhollow):
        _fill(world, world.people.fernhollow, clinicians=26)
    for query, most in (("&view=week", 20), ("&view=day", 20), ("&view=month", 20)):
        frank.get(f"{CALENDAR}?date={MONDAY}{query}")
        with CaptureQueriesContext(connection) as captured:
            assert frank.get(f"{CALENDAR}?date={MONDAY}{query}").status_code == 200
        assert len(captured) <= most, "\n".join(row["sql"][:90] for row in captured)
    with CaptureQueriesContext(connection) as captured:
        events = frank.get(f"{CALENDAR}events/?date={MONDAY}&view=week").json()
    assert len(captured) <= 17
    assert len(events["events"]) >= 26 * 5 + 4


def test_more_clinicians_than_a_page_shows_come_in_parts(frank: Client, world: World, inside: Any) -> None:
    with inside(world.people.fernhollow):
        _fill(world, world.people.fernhollow, clinicians=COLUMNS)
    page = frank.get(f"{CALENDAR}?date={MONDAY}&view=week").content.decode()
    assert f"Clinicians 1 – {COLUMNS}" in page
    assert page.count('<th scope="row" class="who">') == COLUMNS
    assert 'name="people"' not in page  # the picker is loaded when it is opened
    parts = [frank.get(f"{CALENDAR}events/?date={MONDAY}&view=week&part={part}").json() for part in (1, 2, 99)]
    first, second, last = ([int(row["id"]) for row in part["resources"]] for part in parts)
    assert len(first) == COLUMNS
    assert second == last
    assert not set(first) & set(second)
    for part, shown in zip(parts, (first, second, last), strict=True):
        assert {pk for row in part["events"] for pk in row["who"]} <= set(shown)


def test_whose_columns_are_shown_is_chosen_and_remembered(frank: Client, world: World) -> None:
    one = _one(world, "clinician")
    assert "Charlie Nguyen" in frank.get(f"{CALENDAR}people/").content.decode()
    picker = frank.get(f"{CALENDAR}people/", headers={"HX-Request": "true"}).content.decode()
    assert picker.strip().startswith("<form")
    assert frank.post(f"{CALENDAR}people/", {"people": [one.pk], "view": "week"}).status_code == 302
    assert [row["id"] for row in frank.get(f"{CALENDAR}events/?date={MONDAY}").json()["resources"]] == [str(one.pk)]
    frank.post(f"{CALENDAR}people/", {})
    assert len(frank.get(f"{CALENDAR}events/?date={MONDAY}").json()["resources"]) > 1


def test_all_who_are_ticked_are_everybody_also_later(frank: Client, world: World, inside: Any) -> None:
    with inside(world.people.fernhollow):
        everybody = list(Clinician.objects.values_list("pk", flat=True))
    frank.post(f"{CALENDAR}people/", {"people": everybody})
    with inside(world.people.fernhollow):
        newcomer = Clinician.objects.create(first_name="Nia", last_name="Newcomer")
    columns = frank.get(f"{CALENDAR}events/?date={MONDAY}").json()["resources"]
    assert str(newcomer.pk) in [row["id"] for row in columns]


def test_a_card_of_the_week_says_time_name_and_state_and_escapes_names(
    frank: Client, world: World, inside: Any
) -> None:
    with inside(world.people.fernhollow):
        ClientRecord.objects.filter(pk=_one(world, "client").pk).update(last_name="<b>Torres")
    page = frank.get(f"{CALENDAR}?date={MONDAY}&view=week").content.decode()
    session = _one(world, "session")
    assert f'href="/p/fernhollow/sessions/{session.pk}/"><span class="t0">9:00</span>' in page
    assert "Maya &lt;b&gt;Torres" in page
    assert "<b>Torres" not in page


def _fill(world: World, practice: Practice, *, clinicians: int) -> None:
    for number in range(clinicians):
        who = Clinician.objects.create(first_name=f"Clinician{number}", last_name="Example")
        WorkingHours.objects.create(clinician=who, weekday=0, starts=dt.time(9), ends=dt.time(17))
        for day in range(5):
            start = clock.instant(practice, dt.date(2026, 11, 16 + day), dt.time(9))
            span = {"starts_at": start, "ends_at": start + dt.timedelta(minutes=50)}
            session = Session.objects.create(service=world.one(practice, "service_90834"), made_at=start, **span)
            SessionClinician.objects.create(session=session, clinician=who, **span)
            Attendance.objects.create(session=session, client=world.one(practice, "client"), service=session.service)
