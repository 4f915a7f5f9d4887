"""What runs out, in words."""

from __future__ import annotations

import datetime as dt

import pytest

from clinicians.expiry import Facts, Paper, is_near, soonest, warnings, worst

TODAY = dt.date(2026, 11, 17)
COVER = Paper("liability", "Liability cover", dt.date(2028, 1, 1))


def in_days(days: int, kind: str = "license") -> Paper:
    names = {"license": "The PA license", "caqh": "The CAQH attestation"}
    return Paper(kind, names[kind], TODAY + dt.timedelta(days=days), "PA" if kind == "license" else "")


def asked(*papers: Paper, level: str = "independent", is_active: bool = True) -> list[tuple[str, int]]:
    found = warnings(Facts(level, is_active, [COVER, *papers]), TODAY)
    return [(notice.severity, notice.step) for notice in found]


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (91, []),
        (90, [("wait", 90)]),
        (61, [("wait", 90)]),
        (60, [("wait", 60)]),
        (30, [("wait", 30)]),
        (0, [("wait", 30)]),
        (-1, [("stop", 0)]),
    ],
)
def test_a_license_warns_at_90_60_and_30_days_and_stops_when_it_is_over(
    left: int, expected: list[tuple[str, int]]
) -> None:
    assert asked(in_days(left)) == expected


@pytest.mark.parametrize(("left", "expected"), [(31, []), (30, [("wait", 30)]), (-1, [("stop", 0)])])
def test_an_attestation_warns_from_30_days(left: int, expected: list[tuple[str, int]]) -> None:
    assert asked(in_days(400), in_days(left, "caqh")) == expected


def test_a_renewed_license_silences_the_one_before() -> None:
    assert asked(in_days(-10), in_days(355)) == []


def test_a_license_of_another_state_does_not() -> None:
    assert asked(in_days(-10), Paper("license", "The NJ license", dt.date(2028, 1, 1), "NJ")) == [("stop", 0)]


def test_missing_papers_are_said() -> None:
    titles = [notice.title for notice in warnings(Facts("independent", is_active=True), TODAY)]
    assert titles == ["No license is on file", "No liability cover is on file"]


def test_an_associate_needs_no_license_of_their_own() -> None:
    assert asked(level="associate") == []


def test_nobody_is_warned_about_people_who_left() -> None:
    assert asked(in_days(-10), is_active=False) == []


def test_the_worst_stands_first() -> None:
    found = warnings(Facts("independent", is_active=True, papers=[COVER, in_days(5, "caqh"), in_days(-3)]), TODAY)
    first = worst(found)
    assert first is not None
    assert first.title == "The PA license ended Sat, Nov 14"
    assert first.why == "Sessions in PA cannot be billed until a current license is on file."


def test_the_next_to_end_is_told_and_whether_it_is_near() -> None:
    following = soonest([COVER, in_days(45)])
    assert following == in_days(45)
    assert (is_near(in_days(45), TODAY), is_near(COVER, TODAY)) == ("wait", "")
