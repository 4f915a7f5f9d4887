"""Lengths of sessions against their codes, at the edges."""

from __future__ import annotations

import pytest

from scheduling.readiness import Severity
from tests.scheduling.readiness.examples import (
    CRISIS,
    FAMILY,
    FURTHER,
    INTERACTIVE,
    LONG,
    MIDDLE,
    SHORT,
    VISIT,
    WITH_VISIT,
    added,
    judged,
    lasting,
    ready,
    said,
)


@pytest.mark.parametrize(
    ("minutes", "service", "title"),
    [
        (15, SHORT, "15 minutes is too short for 90832, which needs 16 to 37."),
        (16, SHORT, ""),
        (37, MIDDLE, "37 minutes is too short for 90834, which needs 38 to 52."),
        (38, MIDDLE, ""),
        (48, LONG, "48 minutes is too short for 90837, which needs 53 or more."),
        (52, LONG, "52 minutes is too short for 90837, which needs 53 or more."),
        (53, LONG, ""),
        (25, FAMILY, "25 minutes is too short for 90847, which needs 26 or more."),
        (26, FAMILY, ""),
        (29, CRISIS, "29 minutes is too short for 90839, which needs 30 to 74."),
        (30, CRISIS, ""),
    ],
)
def test_a_session_must_be_long_enough(minutes: int, service: object, title: str) -> None:
    assert said("times_too_short", lasting(minutes, service)) == title  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minutes", "service", "title"),
    [
        (37, SHORT, ""),
        (38, SHORT, "38 minutes is too long for 90832, which is for 16 to 37."),
        (52, MIDDLE, ""),
        (53, MIDDLE, "53 minutes is too long for 90834, which is for 38 to 52."),
        (240, LONG, ""),
        (75, CRISIS, ""),
    ],
)
def test_a_session_must_not_be_longer_than_its_code(minutes: int, service: object, title: str) -> None:
    assert said("times_too_long", lasting(minutes, service)) == title  # type: ignore[arg-type]


def test_the_code_that_fits_is_offered_with_its_fee() -> None:
    (finding,) = judged("times_too_short", lasting(48, LONG))
    assert [(action.label, action.field, action.value) for action in finding.actions] == [
        ("Use 90834 · $142.00", "service", "2"),
        ("Correct the times", "actual_times", ""),
    ]
    assert finding.field == "times"
    assert finding.blocks


def test_what_nothing_fits_says_so() -> None:
    (finding,) = judged("times_too_short", lasting(15, SHORT))
    assert finding.why == "Nothing the practice offers bills 15 minutes."
    assert [action.label for action in finding.actions] == ["Correct the times"]


def test_where_the_client_pays_the_time_only_warns() -> None:
    (finding,) = judged("times_too_short", lasting(48, LONG, self_pay=True))
    assert finding.severity is Severity.WARN


@pytest.mark.parametrize(
    ("minutes", "units", "title"),
    [
        (74, 0, ""),
        (75, 0, "75 minutes of crisis therapy is 90839 with 90840 once."),
        (75, 1, ""),
        (104, 1, ""),
        (105, 1, "105 minutes of crisis therapy is 90839 with 90840 twice."),
        (105, 2, ""),
        (74, 1, "74 minutes is too short for 90840, which begins at 75."),
    ],
)
def test_crisis_time_beyond_74_minutes_is_90840(minutes: int, units: int, title: str) -> None:
    add_ons = added(FURTHER, units) if units else ()
    assert said("crisis_time", lasting(minutes, CRISIS, add_ons=add_ons)) == title


def test_an_add_on_cannot_stand_alone() -> None:
    assert said("add_on", ready(service=INTERACTIVE)) == "90785 cannot be billed alone."


def test_an_add_on_goes_with_certain_codes() -> None:
    assert said("add_on", ready(add_ons=added(INTERACTIVE))) == ""
    assert said("add_on", ready(service=FAMILY, add_ons=added(INTERACTIVE))) == "90785 does not go with 90847."
    assert said("add_on", ready(add_ons=added(SHORT))) == "90832 cannot be added to 90834."


def test_therapy_added_to_a_visit_needs_its_own_minutes() -> None:
    title = "15 minutes is too short for 90833, which needs 16 of therapy alone."
    assert said("add_on", lasting(15, VISIT, add_ons=added(WITH_VISIT))) == title
    assert said("add_on", lasting(16, VISIT, add_ons=added(WITH_VISIT))) == ""


def test_psychotherapy_is_billed_once_a_day() -> None:
    assert said("units_too_many", ready(units=2)) == "2 units is too many for 90834."
    assert said("units_too_many", ready(units=1)) == ""
