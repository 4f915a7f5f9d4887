"""Days, times and spans, in the time zone in use."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from practice import clock
from practice.templatetags import caseload
from tests.people import NOW

TODAY = dt.date(2026, 11, 17)
EVENING = dt.datetime(2026, 11, 17, 2, 30, tzinfo=dt.UTC)  # still the 16th in New York


def test_a_day_has_its_year_only_when_it_is_another() -> None:
    assert caseload.day(dt.date(2026, 11, 16), TODAY) == "Mon, Nov 16"
    assert caseload.day(dt.date(2027, 1, 4), TODAY) == "Mon, Jan 4, 2027"
    assert caseload.day(None, TODAY) == ""


def test_an_instant_is_a_day_where_the_practice_is() -> None:
    with timezone.override("America/New_York"):
        assert caseload.day(EVENING, TODAY) == "Mon, Nov 16"
        assert caseload.clock_time(EVENING) == "9:30 PM"


def test_without_today_the_clock_is_asked() -> None:
    with clock.at(NOW):
        assert caseload.day(dt.date(2026, 3, 2)) == "Mon, Mar 2"
    with clock.at(NOW.replace(year=2027)):
        assert caseload.day(dt.date(2026, 3, 2)) == "Mon, Mar 2, 2026"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (dt.time(9), dt.time(9, 48), "9:00 \N{EN DASH} 9:48 AM"),
        (dt.time(11, 30), dt.time(12, 15), "11:30 AM \N{EN DASH} 12:15 PM"),
        (dt.time(0), dt.time(0, 45), "12:00 \N{EN DASH} 12:45 AM"),
        (dt.time(9, 48), None, "9:48 AM"),
        (None, None, ""),
    ],
)
def test_a_span_names_the_half_of_the_day_once(start: dt.time | None, end: dt.time | None, words: str) -> None:
    assert caseload.span(start, end) == words
