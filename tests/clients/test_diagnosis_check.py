"""Whether a code may stand on a claim for a date: the pure check."""

from __future__ import annotations

import datetime as dt

import pytest

from clients import diagnoses
from clients.diagnoses import Entry, Outcome, Release

F41 = {"F41": Entry("Other anxiety disorders", billable=False), "F41.1": Entry("Generalized anxiety", billable=True)}
OLD = Release("FY2026", dt.date(2025, 10, 1), dt.date(2026, 9, 30), F41)
NEW = Release("FY2027", dt.date(2026, 10, 1), dt.date(2027, 9, 30), F41 | {"F41.2": Entry("New one", billable=True)})
INSIDE, BEYOND = dt.date(2026, 3, 2), dt.date(2026, 11, 17)


def test_a_code_of_the_release_is_fine_however_it_is_typed() -> None:
    for typed in ("F41.1", "f411", " f41.1 "):
        check = diagnoses.check(typed, INSIDE, [OLD])
        assert (check.is_fine, check.code, check.words, check.blocks) == (True, "F41.1", "Generalized anxiety", False)


def test_the_release_valid_on_the_date_answers() -> None:
    assert diagnoses.check("F41.2", BEYOND, [OLD, NEW]).is_fine
    before = diagnoses.check("F41.2", INSIDE, [OLD, NEW])
    assert (before.outcome, before.blocks, before.release) == (Outcome.UNKNOWN, True, "FY2026")


@pytest.mark.parametrize(("on_date", "is_new"), [(dt.date(2026, 9, 30), False), (dt.date(2026, 10, 1), True)])
def test_a_release_begins_on_october_first(on_date: dt.date, is_new: bool) -> None:
    assert diagnoses.check("F41.2", on_date, [NEW, OLD]).is_fine == is_new


def test_a_date_after_the_last_release_is_checked_against_it() -> None:
    assert diagnoses.check("F41.1", BEYOND, [OLD]).is_fine


def test_a_code_that_the_last_release_lacks_is_a_warning_after_it_and_never_a_block() -> None:
    check = diagnoses.check("F41.2", BEYOND, [OLD])
    assert (check.outcome, check.blocks) == (Outcome.UNKNOWN, False)
    assert check.sentence == "F41.2 is not in FY2026, the nearest release loaded. It may be in another."


def test_a_date_before_the_first_release_warns_too() -> None:
    check = diagnoses.check("F99.9", dt.date(2020, 1, 1), [OLD, NEW])
    assert (check.release, check.blocks) == ("FY2026", False)


def test_a_heading_is_refused() -> None:
    check = diagnoses.check("F41", INSIDE, [OLD])
    assert (check.outcome, check.blocks) == (Outcome.HEADING, True)
    assert check.sentence == "F41 is a heading; choose a code below it."


@pytest.mark.parametrize("typed", ["", "anxiety", "300.02", "F4", "F41.12345"])
def test_what_is_not_written_like_a_code_is_refused(typed: str) -> None:
    check = diagnoses.check(typed, INSIDE, [OLD])
    assert (check.outcome, check.blocks) == (Outcome.MALFORMED, True)


def test_without_any_release_nothing_is_blocked() -> None:
    check = diagnoses.check("F41.1", INSIDE, [])
    assert (check.outcome, check.blocks) == (Outcome.NOTHING_LOADED, False)


def test_the_banner_shows_from_the_day_after_the_last_release() -> None:
    assert diagnoses.banner(dt.date(2026, 9, 30), [OLD]) == ""
    assert diagnoses.banner(dt.date(2026, 10, 1), [OLD]).startswith("The diagnosis codes of FY2026 ended on Sep 30. ")
    assert diagnoses.banner(BEYOND, [OLD, NEW]) == ""
    assert diagnoses.banner(BEYOND, []).startswith("No diagnosis codes are loaded.")


def test_abbreviations_of_the_field_are_spelled_out() -> None:
    assert diagnoses.in_words("PTSD acute") == ["post-traumatic", "stress", "acute"]


@pytest.mark.parametrize(("typed", "is_code"), [("F41", True), ("f41.1", True), ("QA0", True), ("anxiety", False)])
def test_a_search_tells_codes_from_words(typed: str, is_code: bool) -> None:
    assert diagnoses.looks_like_a_code(typed) == is_code
