"""The spans of days a report can be about."""

from __future__ import annotations

import datetime as dt

import pytest

from desk.reports.periods import BadPeriodError, period_of, week_of

TODAY = dt.date(2026, 11, 17)


@pytest.mark.parametrize(
    ("key", "today", "first", "last"),
    [
        ("month", TODAY, dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
        ("month", dt.date(2026, 12, 31), dt.date(2026, 12, 1), dt.date(2026, 12, 31)),
        ("last-month", TODAY, dt.date(2026, 10, 1), dt.date(2026, 10, 31)),
        ("last-month", dt.date(2027, 1, 9), dt.date(2026, 12, 1), dt.date(2026, 12, 31)),
        ("quarter", TODAY, dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
        ("quarter", dt.date(2028, 2, 29), dt.date(2028, 1, 1), dt.date(2028, 3, 31)),
        ("year", TODAY, dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("nonsense", TODAY, dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
    ],
)
def test_a_period_has_its_first_and_last_day(key: str, today: dt.date, first: dt.date, last: dt.date) -> None:
    found = period_of(key, today)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("", "2026-11-01", "the first and the last day"),
        ("2026-11-31", "2026-12-01", "the first and the last day"),
        ("2026-11-02", "2026-11-01", "before the first"),
        ("2001-01-01", "2026-11-01", "five years"),
    ],
)
def test_days_that_are_no_span_are_refused_in_words(first: str, last: str, words: str) -> None:
    with pytest.raises(BadPeriodError, match=words):
        period_of("custom", TODAY, first, last)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-02", "2026-11-02", "Nov 2, 2026"),
        ("2026-11-02", "2026-11-30", "Nov 2 – 30, 2026"),
        ("2026-10-02", "2026-11-30", "Oct 2 – Nov 30, 2026"),
        ("2025-12-29", "2026-01-04", "Dec 29, 2025 – Jan 4, 2026"),
    ],
)
def test_a_period_says_its_days(first: str, last: str, words: str) -> None:
    assert str(period_of("custom", TODAY, first, last)) == words


def test_a_week_begins_on_monday() -> None:
    assert week_of(dt.date(2026, 11, 15)) == dt.date(2026, 11, 9)
    assert week_of(dt.date(2026, 11, 16)) == dt.date(2026, 11, 16)
