"""Numbers that people type."""

from __future__ import annotations

import datetime as dt

import pytest

from clients import identifiers

TODAY = dt.date(2026, 11, 17)


@pytest.mark.parametrize(
    ("typed", "kept"), [(" w12 345 ", "W12345"), ("00987654321", "00987654321"), ("km-44a", "KM-44A"), ("", "")]
)
def test_a_member_id_loses_spaces_and_keeps_leading_zeros(typed: str, kept: str) -> None:
    assert identifiers.member_id(typed) == kept


@pytest.mark.parametrize("typed", ["215-555-0142", "2155550142", "+1 (215) 555.0142", "1 215 555 0142"])
def test_a_phone_number_is_written_one_way(typed: str) -> None:
    assert identifiers.phone(typed) == "(215) 555-0142"


def test_a_phone_number_keeps_its_extension() -> None:
    assert identifiers.phone("215-555-0142 x12") == "(215) 555-0142 x12"


@pytest.mark.parametrize(
    ("typed", "part"), [("555-0142", "555-0142"), ("(215) 555-0142", "(215) 555-0142"), ("2207", ""), ("Vega", "")]
)
def test_a_search_knows_a_phone_number(typed: str, part: str) -> None:
    assert identifiers.phone_part(typed) == part


@pytest.mark.parametrize("typed", ["5/12/1992", "05/12/92", "1992-05-12", "May 12, 1992", "19920512"])
def test_a_search_knows_a_date_of_birth(typed: str) -> None:
    assert identifiers.date_of_birth(typed, TODAY) == dt.date(1992, 5, 12)


def test_a_year_of_two_digits_lies_in_the_past() -> None:
    assert identifiers.date_of_birth("7/4/31", TODAY) == dt.date(1931, 7, 4)
    assert identifiers.date_of_birth("7/4/14", TODAY) == dt.date(2014, 7, 4)


@pytest.mark.parametrize("typed", ["Vega", "13/45/1992", "2207", ""])
def test_what_is_no_date_is_none(typed: str) -> None:
    assert identifiers.date_of_birth(typed, TODAY) is None


def test_service_codes_are_read_from_a_line() -> None:
    assert identifiers.service_codes("90834, 90837; h0031 90834") == ["90834", "90837", "H0031"]
