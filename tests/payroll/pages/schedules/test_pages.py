"""Pay schedules on pages: the periods of the next months, a preview before saving, overlaps in words, and ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

from payroll.models import PayPeriod, PaySchedule
from tests.payroll.pages.runs.room import Room

QUERIES = 8
WEEKLY: dict[str, Any] = {
    "frequency": "weekly",
    "payees": "everyone",
    "starts_on": "2026-11-16",
    "pay_lag_days": "5",
    "shift": "preceding",
    "note_grace_days": "2",
    "workweek_starts": "0",
    "daily_limit": "8",
}
TWICE: dict[str, Any] = {
    "frequency": "semi_monthly",
    "payees": "everyone",
    "starts_on": "2026-11-01",
    "first_ends_day": "15",
    "first_pay_day": "31",
    "second_pay_day": "15",
    "shift": "preceding",
    "note_grace_days": "2",
    "workweek_starts": "6",
}


def test_without_a_schedule_the_page_says_what_comes(room: Room) -> None:
    assert "No schedule yet" in room.get("pay_schedules")


def test_a_schedule_is_added_with_its_periods(room: Room) -> None:
    page = room.send("add_pay_schedule", **WEEKLY).content.decode()
    assert "“Every week (weekly, 52–53/yr)” pays employees and contractors from Nov 16, 2026." in page
    assert "overtime above 8 hours a day" in page
    with room.open():
        row = PaySchedule.objects.get()
        assert PayPeriod.objects.filter(schedule=row).count() > 50


def test_the_periods_are_seen_before_they_are_made(room: Room) -> None:
    page = room.send("choose_pay_schedule", **TWICE).content.decode()
    assert "Mon, Nov 30" in page
    assert "Fri, Jan 29, 2027" in page
    assert "not Sun, Jan 31, 2027" in page
    page = room.send("choose_pay_schedule", **(TWICE | {"starts_on": "2026-11-03"})).content.decode()
    assert "No period begins on this day. Choose the first day of one." in page
    with room.open():
        assert not PaySchedule.objects.exists()


def test_each_frequency_asks_for_its_own_days(room: Room) -> None:
    page = room.send("choose_pay_schedule", **(TWICE | {"frequency": "weekly"})).content.decode()
    assert 'name="pay_lag_days"' in page
    assert 'name="first_pay_day"' not in page
    page = room.send("choose_pay_schedule", **(WEEKLY | {"frequency": "monthly"})).content.decode()
    assert "The month is paid on day" in page
    assert 'name="pay_lag_days"' not in page


def test_nobody_is_paid_on_two_schedules(room: Room) -> None:
    room.schedule()
    said = "“Twice a month” pays employees and contractors from Nov 1, 2026. End it first, or choose other days."
    assert said in room.send("choose_pay_schedule", **WEEKLY).content.decode()
    response = room.send("add_pay_schedule", **WEEKLY)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_wrong_entries_are_said_where_they_are(room: Room) -> None:
    page = room.send("add_pay_schedule", **(TWICE | {"first_pay_day": "40", "starts_on": ""})).content.decode()
    assert "At most 31." in page
    assert "Give the first day." in page


def test_an_end_takes_later_periods_away_and_can_be_taken_back(room: Room) -> None:
    row = room.schedule()
    with room.open():
        before = PayPeriod.objects.filter(schedule=row).count()
    page = room.send("end_pay_schedule", row.pk, ends_on="2026-12-31").content.decode()
    assert "“Twice a month” ends Dec 31, 2026." in page
    assert f"/schedules/{row.pk}/keep/" in page
    with room.open():
        assert PayPeriod.objects.filter(schedule=row).count() == 4
    assert "“Twice a month” has no end." in room.send("keep_pay_schedule", row.pk).content.decode()
    with room.open():
        assert PayPeriod.objects.filter(schedule=row).count() == before


def test_an_end_that_another_schedule_follows_stays(room: Room) -> None:
    row = room.schedule()
    room.send("end_pay_schedule", row.pk, ends_on="2026-12-31")
    room.schedule(name="Next", starts_on=dt.date(2027, 1, 1))
    page = room.send("keep_pay_schedule", row.pk).content.decode()
    assert "“Next” pays employees and contractors from Jan 1, 2027." in page


def test_an_end_inside_a_period_or_before_a_run_is_refused(room: Room) -> None:
    row = room.schedule()
    response = room.send("end_pay_schedule", row.pk, ends_on="2026-12-20")
    assert response.status_code == 422
    assert "No period ends on this day. Choose the last day of one." in response.content.decode()
    room.opened(row)
    page = room.send("end_pay_schedule", row.pk, ends_on="2026-11-15").content.decode()
    assert "“Twice a month” ends Nov 15, 2026." in page


def test_periods_that_run_short_are_made_further(room: Room) -> None:
    row = room.schedule()
    with room.open():
        PayPeriod.objects.filter(schedule=row, starts_on__gt=dt.date(2027, 1, 1)).delete()
    page = room.get("pay_schedules")
    assert "Its periods end" in page
    assert "more periods." in room.send("make_pay_periods", row.pk).content.decode()
    assert "Its periods end" not in room.get("pay_schedules")


def test_periods_lead_to_their_runs(room: Room) -> None:
    row = room.schedule()
    run = room.opened(row)
    assert f"/payroll/runs/{run.pk}/" in room.get("pay_schedules")
    assert "moved from" in room.get("pay_schedules")


def test_the_page_takes_a_fixed_number_of_queries(room: Room) -> None:
    room.schedule(payees="employees")
    one = room.statements("pay_schedules")
    room.schedule(name="Contractors", payees="contractors", frequency="monthly")
    assert room.statements("pay_schedules") == one == QUERIES


def test_ivan_looks_and_changes_nothing(room: Room) -> None:
    room.schedule()
    page = room.get("pay_schedules", user=room.people.ivan)
    assert "Twice a month" in page
    assert "End this schedule" not in page
    assert "Add a schedule" not in page
