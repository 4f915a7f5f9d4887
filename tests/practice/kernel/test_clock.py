"""The clock: local dates, clock changes, and standing still."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import override_settings

from practice import clock
from practice.models import Practice

NEW_YORK = Practice(time_zone="America/New_York")
HONOLULU = Practice(time_zone="Pacific/Honolulu")


def test_today_is_the_date_where_the_practice_is() -> None:
    with clock.at(dt.datetime(2026, 11, 17, 3, 0, tzinfo=dt.UTC)):
        assert clock.today(NEW_YORK) == dt.date(2026, 11, 16)
        assert clock.today(HONOLULU) == dt.date(2026, 11, 16)
    with clock.at(dt.datetime(2026, 11, 17, 6, 0, tzinfo=dt.UTC)):
        assert clock.today(NEW_YORK) == dt.date(2026, 11, 17)
        assert clock.today(HONOLULU) == dt.date(2026, 11, 16)


@pytest.mark.parametrize(
    ("date", "time", "utc"),
    [
        ((2026, 3, 7), (9, 0), "2026-03-07T14:00"),
        ((2026, 3, 8), (9, 0), "2026-03-08T13:00"),
        ((2026, 3, 8), (2, 30), "2026-03-08T07:30"),
        ((2026, 11, 1), (1, 30), "2026-11-01T05:30"),
        ((2026, 11, 1), (9, 0), "2026-11-01T14:00"),
    ],
)
def test_wall_clock_times_become_instants(date: tuple[int, int, int], time: tuple[int, int], utc: str) -> None:
    found = clock.instant(NEW_YORK, dt.date(*date), dt.time(*time))
    assert found.strftime("%Y-%m-%dT%H:%M") == utc


def test_the_clock_stands_only_where_it_may() -> None:
    moment = clock.now()
    refused = pytest.raises(clock.ClockMayNotStandError)
    with override_settings(CLOCK_MAY_STAND=False), refused, clock.at(moment):
        pass


def test_the_clock_runs_on_after_the_block() -> None:
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    with clock.at(moment):
        assert clock.now() == clock.standing() == moment
    assert clock.standing() is None
    assert clock.now() > moment
