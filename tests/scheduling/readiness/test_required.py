"""What has to be known before anything can be confirmed."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduling.readiness import Facts, Severity
from scheduling.readiness.checks.diagnoses import Released
from scheduling.readiness.facts import DiagnosisFacts, LocationFacts
from tests.scheduling.readiness.examples import DAY, LONG, MIDDLE, at, client, judged, ready, said, service

TELEHEALTH = LocationFacts(id=31, name="Telehealth", place_of_service="10", is_telehealth=True)


def test_the_stop_that_was_planned_is_offered() -> None:
    (finding,) = judged("times_missing", ready(actual_stop=None, scheduled_stop=at(10, 55)))
    assert (finding.title, finding.why) == ("Enter when the session ended.", "Scheduled to end at 10:55 AM.")
    assert finding.actions[0].label == "Use 10:55 AM"
    assert (finding.actions[0].field, finding.actions[0].value) == ("actual_stop", "2026-11-16T10:55:00-05:00")


def test_the_start_that_was_planned_is_offered() -> None:
    (finding,) = judged("times_missing", ready(actual_start=None))
    assert (finding.title, finding.field) == ("Enter when the session started.", "actual_start")


def test_both_times_are_offered_at_once() -> None:
    (finding,) = judged("times_missing", ready(actual_start=None, actual_stop=None))
    assert finding.actions[0].label == "Use 9:00 – 9:45 AM"
    assert finding.actions[0].value == "2026-11-16T09:00:00-05:00/2026-11-16T09:45:00-05:00"


def test_what_has_not_ended_cannot_be_confirmed() -> None:
    assert said("not_happened", ready(now=at(9, 44))) == "The session is not over yet."
    assert said("not_happened", ready(now=at(9, 45))) == ""


@pytest.mark.parametrize(
    ("code", "facts", "title"),
    [
        ("service_missing", ready(service=None), "Choose a service."),
        ("clinician_missing", ready(rendering=None), "Say who gave the session."),
        ("place_missing", ready(location=None), "Say where the session took place."),
        ("place_missing", ready(location=None, telehealth=True), ""),
        ("place_missing", ready(location=TELEHEALTH), "Say where the session took place."),
        ("place_mismatch", ready(place_of_service="10"), "The place is telehealth, but the session was not."),
        ("place_mismatch", ready(place_of_service="11"), ""),
        (
            "place_mismatch",
            ready(telehealth=True, place_of_service="11"),
            "The session was by telehealth, but the place is not.",
        ),
        ("place_mismatch", ready(telehealth=True, location=TELEHEALTH), ""),
    ],
)
def test_a_missing_fact_is_named(code: str, facts: Facts, title: str) -> None:
    assert said(code, facts) == title


def test_the_home_state_is_offered_for_telehealth() -> None:
    (finding,) = judged("client_state_missing", ready(telehealth=True))
    assert [(action.label, action.value) for action in finding.actions] == [("Pennsylvania", "PA"), ("Elsewhere", "")]
    assert said("client_state_missing", ready()) == ""
    assert said("client_state_missing", ready(telehealth=True, client_state="NJ")) == ""


def test_a_diagnosis_of_the_record_is_offered() -> None:
    known = client(diagnoses=(DiagnosisFacts(code="F33.1", starts_on=dt.date(2026, 2, 1)),))
    (finding,) = judged("diagnosis_missing", ready(diagnoses=(), client=known))
    assert [(action.label, action.value) for action in finding.actions] == [("Use F33.1", "F33.1")]


def test_a_closed_diagnosis_is_not_offered_but_explained() -> None:
    closed = DiagnosisFacts(code="F33.1", starts_on=dt.date(2026, 2, 1), ends_on=dt.date(2026, 11, 9))
    (finding,) = judged("diagnosis_missing", ready(diagnoses=(), client=client(diagnoses=(closed,))))
    assert finding.title == "Choose a diagnosis."
    assert finding.why == "None carried over: the last one was closed on Nov 9."


def test_a_diagnosis_is_asked_only_where_the_service_needs_one() -> None:
    assert said("diagnosis_missing", ready(diagnoses=(), service=service(1, "90882", needs_diagnosis=False))) == ""
    (finding,) = judged("diagnosis_missing", ready(diagnoses=(), self_pay=True))
    assert finding.severity is Severity.WARN


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("F41.1", ""),
        ("F411", ""),
        ("F41", "F41 is a heading, not a diagnosis."),
        ("F49.9", "F49.9 is no diagnosis code of Nov 16."),
        ("anxiety", "anxiety is not a diagnosis code."),
    ],
)
def test_a_diagnosis_is_billable_on_the_date(code: str, title: str) -> None:
    release = Released([(3, dt.date(2026, 10, 1), dt.date(2027, 9, 30))], {(3, "F411"): True, (3, "F41"): False})
    assert said("diagnosis_invalid", ready(diagnoses=(code,)), release) == title


def test_without_a_release_of_the_date_only_the_form_counts() -> None:
    assert said("diagnosis_invalid", ready(diagnoses=("F41.1",)), Released([], {})) == ""


def test_a_claim_has_room_for_twelve_diagnoses() -> None:
    many = tuple(f"F41.{number}" for number in range(13))
    assert said("diagnoses_too_many", ready(diagnoses=many[:12])) == ""
    assert said("diagnoses_too_many", ready(diagnoses=many)).startswith("13 diagnoses are too many")


def test_where_the_client_pays_something_says_how_much() -> None:
    free = service(2, "90834", 38, 52, fees=())
    assert said("fee_missing", ready(self_pay=True)) == ""
    assert said("fee_missing", ready(self_pay=True, service=free)) == "No fee is set for 90834 on Nov 16."
    assert said("fee_missing", ready(self_pay=True, service=free, client=client(own_rate=80))) == ""
    assert said("fee_missing", ready(service=free)) == ""


def test_a_length_is_elapsed_time_when_the_clocks_change() -> None:
    night = dt.date(2026, 11, 1)
    facts = ready(actual_start=at(0, 30, night), actual_stop=at(2, 30, night), service=LONG)
    assert facts.minutes == 180
    assert ready().minutes == 45
    assert ready().date == DAY
    assert MIDDLE.fits(45)
