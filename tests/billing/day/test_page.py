"""The page: what it shows in a fixed number of queries, what is put right in place, and the click."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.day import running, selectors
from billing.day.boards import Board
from billing.day.selectors import Filters
from billing.models import BillingRun
from scheduling.models import Attendance, AttendanceAddOn
from tests.billing.day.hands import MONDAY, Desk, status
from tests.people import signed_in

PAGE = "/p/fernhollow/billing/2026-11-16/"
QUERIES_OF_A_DAY = 18


@pytest.fixture
def bob(desk: Desk) -> Any:
    return signed_in(desk.people.bob)


def board(desk: Desk, filters: Filters | None = None) -> Board:
    return selectors.day(desk.bob, desk.practice, MONDAY, filters)


def queries(desk: Desk) -> int:
    bob = desk.bob
    with CaptureQueriesContext(connection) as found:
        selectors.day(bob, desk.practice, MONDAY)
    return len(found)


def test_a_day_takes_the_same_queries_for_five_sessions_and_for_sixty(desk: Desk) -> None:
    def add(count: int) -> None:
        for number in range(count):
            desk.session(self_pay=number % 3 == 0, actual_stop=None) if number % 5 == 0 else desk.session()
        AttendanceAddOn.objects.create(attendance=desk.session(), service=desk.made["extra"])

    add(4)
    few = queries(desk)
    add(54)
    assert queries(desk) == few == QUERIES_OF_A_DAY


def test_what_it_reads_of_the_practice_it_reads_once(desk: Desk) -> None:
    desk.session()
    bob = desk.bob
    with CaptureQueriesContext(connection) as found:
        selectors.day(bob, desk.practice, MONDAY)
    for table in ("practice_practicesettings", "practice_practice", "charting_documentation", "clients_client"):
        assert sum(f'FROM "{table}"' in query["sql"].partition(" WHERE ")[0] for query in found) <= 1


def test_rows_say_where_they_stand(desk: Desk) -> None:
    desk.session()
    desk.session(actual_stop=None)
    desk.undocumented()
    desk.session(status="canceled")
    desk.bill(desk.session())
    found = board(desk)
    assert [(row.state.value, row.chip.text) for row in found.all_rows] == [
        ("ready", "Ready"),
        ("fix", "1 field"),
        ("waits", "Waits"),
        ("canceled", "Canceled"),
        ("billed", "Billed"),
    ]
    assert (found.counted, len(found.ready), found.ready_amount) == (4, 1, Decimal("142.10"))
    assert [act.label for act in found.all_rows[1].lines[0].acts] == ["Use 9:45 AM"]
    assert [row.state for group in board(desk, Filters(show="fix")).groups for row in group.rows] == ["fix"]
    strip = {day.date: day.open for day in found.strip}
    assert strip[MONDAY] == 3
    assert max(strip) == dt.date(2026, 11, 17)


def test_all_open_shows_what_is_unconfirmed_across_days(desk: Desk) -> None:
    older, newer = desk.session(days=9), desk.session()
    desk.session(days=40)
    desk.bill(desk.session(days=3))
    assert [row.id for row in selectors.all_open(desk.bob, desk.practice).all_rows] == [older.pk, newer.pk]


def test_the_page_shows_the_day_and_one_click_bills_it(desk: Desk, bob: Any) -> None:
    ready = desk.session()
    desk.session(actual_stop=None)
    content = bob.get(PAGE).content.decode()
    assert "2 sessions with 1 clinician." in content
    assert "Enter when the session ended." in content
    assert "Left out: 1 needs a fix." in content
    answer = bob.post(
        "/p/fernhollow/billing/bill/", {"at": "2026-11-16", "attested": "yes", "attendance": [str(ready.pk)]}
    )
    run = BillingRun.objects.get()
    assert answer.headers["Location"] == f"{PAGE}?run={run.pk}"
    assert "You can leave this page" in bob.get(PAGE).content.decode()
    assert b"0 of 1" in bob.get(f"/p/fernhollow/billing/runs/{run.pk}/progress/").content
    running.perform(desk.practice.pk, str(run.pk))
    moved = bob.get(f"/p/fernhollow/billing/runs/{run.pk}/progress/")
    assert moved.headers["HX-Redirect"] == f"{PAGE}?run={run.pk}"
    shown = bob.get(f"{PAGE}?run={run.pk}").content.decode()
    assert "1 session billed · $142.10" in shown
    assert "1 is still open" in shown
    assert bob.post(f"/p/fernhollow/billing/runs/{run.pk}/undo/").status_code == 302
    assert status(ready) == ["held"]
    assert "This billing was undone." in bob.get(f"{PAGE}?run={run.pk}").content.decode()


def test_without_attesting_nothing_starts(desk: Desk, bob: Any) -> None:
    row = desk.session()
    answer = bob.post("/p/fernhollow/billing/bill/", {"at": "2026-11-16", "attendance": [str(row.pk)]}, follow=True)
    assert "attest" in str(next(iter(answer.context["messages"])))
    assert not BillingRun.objects.exists()


def save(bob: Any, row: Attendance, field: str, htmx: bool = True, **values: str) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    body = {"at": "2026-11-16", "field": field, **values}
    return bob.post(f"/p/fernhollow/billing/sessions/{row.pk}/facts/", body, headers=headers)


@pytest.mark.parametrize("typed", ["9:45", "9:45 AM", "945a", "2026-11-16T09:45:00-05:00"])
def test_a_missing_stop_time_is_typed_in_place(desk: Desk, bob: Any, typed: str) -> None:
    row = desk.session(actual_stop=None)
    answer = save(bob, row, "actual_stop", value=typed)
    assert answer.status_code == 200
    row.refresh_from_db()
    assert row.actual_stop == row.session.ends_at
    assert [one.state for one in answer.context["board"].all_rows] == ["ready"]


def test_what_cannot_be_saved_comes_back_with_the_sentence(desk: Desk, bob: Any) -> None:
    row = desk.session(actual_stop=None)
    answer = save(bob, row, "actual_stop", value="quarter to ten")
    assert answer.status_code == 422
    assert "Enter a time, for example 10:55 AM." in answer.content.decode()
    assert "quarter to ten" in answer.content.decode()
    backwards = save(bob, row, "actual_stop", value="8:30")
    assert "stops before it starts" in backwards.content.decode()


def test_buttons_put_rows_right(desk: Desk, bob: Any) -> None:
    row = desk.session(service=desk.made["long"])
    lines = board(desk).all_rows[0].lines
    assert [act.label for act in lines[0].acts] == ["Use 90834 · $142.10", "Correct the times"]
    act = lines[0].acts[0]
    assert (
        save(bob, row, act.field, htmx=False, value=act.value).headers["Location"]
        == f"{PAGE}?row={row.pk}#att-{row.pk}"
    )
    assert board(desk).all_rows[0].state == "ready"


@pytest.mark.parametrize(
    "field",
    ["actual_times", "service", "diagnoses", "place_of_service", "client_state", "rendering", "coverage", "fee"],
)
def test_every_entry_opens_in_its_row(desk: Desk, bob: Any, field: str) -> None:
    row = desk.session()
    answer = bob.get(f"{PAGE}?edit={row.pk}-{field}")
    shown = next(one for one in answer.context["board"].all_rows if one.id == row.pk)
    assert shown.editing_field == field
    assert shown.editing
    assert answer.content.decode().count('class="entry"') == 1


def test_the_row_menu_says_what_happened_and_can_take_it_back(desk: Desk, bob: Any) -> None:
    row = desk.session(status="scheduled")
    url = f"/p/fernhollow/billing/sessions/{row.pk}/status/"
    answer = bob.post(url, {"at": "2026-11-16", "value": "no_show"}, follow=True)
    assert status(row) == ["no_show"]
    undo = str(next(iter(answer.context["messages"])).extra_tags).removeprefix("undo:")
    bob.post(undo)
    assert status(row) == ["scheduled"]


def test_scheduled_times_are_taken_for_all_at_once(desk: Desk, bob: Any) -> None:
    rows = [desk.session(actual_start=None, actual_stop=None) for _ in range(3)]
    assert len(board(desk).unfilled) == 3
    ids = [str(row.pk) for row in rows]
    bob.post("/p/fernhollow/billing/times/", {"at": "2026-11-16", "attendance": ids})
    assert [row.state for row in board(desk).all_rows] == ["ready"] * 3


def test_a_clinician_never_sees_it(desk: Desk) -> None:
    for user in (desk.people.charlie, desk.people.frank, desk.people.erin):
        assert signed_in(user).get(PAGE).status_code == 403


def test_who_only_looks_finds_no_button(desk: Desk) -> None:
    desk.session()
    content = signed_in(desk.people.ivan).get(PAGE).content.decode()
    assert "Ready" in content
    assert "data-bill" not in content


def test_a_session_that_was_not_on_the_calendar_is_added(desk: Desk) -> None:
    alice = signed_in(desk.people.alice)
    other = desk.session(days=5)
    body = {
        "client": other.client_id,
        "clinician": desk.made["clinician"].pk,
        "service": desk.made["service"].pk,
        "time": "16:00",
        "minutes": "45",
        "location": desk.made["place"].pk,
    }
    assert alice.get(f"{PAGE}add/").status_code == 200
    assert alice.post(f"{PAGE}add/", body | {"client": ""}).status_code == 422
    assert alice.post(f"{PAGE}add/", body).status_code == 302
    assert Attendance.objects.get(session__made_on_billing_day=True).client_id == other.client_id


def test_a_day_that_is_none_is_not_found(bob: Any) -> None:
    assert bob.get("/p/fernhollow/billing/yesterday/").status_code == 404
