"""Single values: what is understood, and what is said of the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from desk.imports import names, places, values
from desk.imports.problems import CellError
from tests.desk.imports.hands import TODAY

DAY = dt.date(2026, 3, 14)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-14", "03/14/2026", "3/14/26", "3-14-2026", "3.14.2026", "Mar 14 2026", "March 14, 2026",
        "14 March 2026", "20260314", "46095", "46095.0", "2026-03-14T10:00", "03/14/2026 10:00", "3/14/2026 2:30 PM",
    ],
)  # fmt: skip
def test_dates(text: str) -> None:
    assert values.read_date(text) == DAY


@pytest.mark.parametrize("text", ["14/03/2026", "14.3.26", "2026-03-14"])
def test_dates_with_the_day_first(text: str) -> None:
    assert values.read_date(text, "dmy") == DAY


@pytest.mark.parametrize("text", ["2/30/2026", "13/13/2026", "soon", "#couples", "99999", "1.0E+11", "2026-13-01"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(CellError):
        values.read_date(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("09/08/2026 10:00", (dt.date(2026, 9, 8), dt.time(10), None)),
        ("2026-09-08T10:00", (dt.date(2026, 9, 8), dt.time(10), None)),
        ("2026-09-08T14:30:00Z", (dt.date(2026, 9, 8), dt.time(14, 30), 0)),
        ("2026-09-08T10:00:00-04:00", (dt.date(2026, 9, 8), dt.time(10), -240)),
        ("9/8/26 12:05 AM", (dt.date(2026, 9, 8), dt.time(0, 5), None)),
        ("46266.541666666664", (dt.date(2026, 9, 1), dt.time(13), None)),
        ("46280.708333333336", (dt.date(2026, 9, 15), dt.time(17), None)),
        ("46281.0", (dt.date(2026, 9, 16), None, None)),
        ("46280.999999", (dt.date(2026, 9, 16), None, None)),
        ("09/08/2026", (dt.date(2026, 9, 8), None, None)),
    ],
)
def test_moments(text: str, moment: tuple[dt.date, dt.time | None, int | None]) -> None:
    found = values.read_moment(text)
    assert (found.date, found.time, found.offset) == moment


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["3/14/2026", "1/2/2026"], "mdy"), (["14/3/2026", "1/2/2026"], "dmy"), (["3/4/2026", "5/6/2026"], "open"),
        (["3/14/2026", "14/3/2026"], "mixed"), (["2026-03-04"], "none"), (["3/3/2026"], "none"), ([], "none"),
    ],
)  # fmt: skip
def test_how_a_column_writes_day_and_month(column: list[str], order: str) -> None:
    assert values.day_order(column) == order


@pytest.mark.parametrize(
    ("text", "born"),
    [("7/4/71", 1971), ("5/5/05", 2005), ("12/31/1999", 1999), ("32202.0", 1988), ("2026-11-17", 2026)],
)
def test_dates_of_birth(text: str, born: int) -> None:
    assert values.read_birth(text, "mdy", TODAY).year == born


@pytest.mark.parametrize("text", ["5/5/26", "1/1/14", "2027-01-01", "1899-12-31"])
def test_a_date_of_birth_that_can_be_two_or_none_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        values.read_birth(text, "mdy", TODAY)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("185.0", "185.00"), ("$1,204.50", "1204.50"), ("(12.34)", "-12.34"), ("12.34-", "-12.34"),
        ("-12.50", "-12.50"),
        ("0", "0.00"), (".5", "0.50"), ("121.4400", "121.44"), ("USD 25", "25.00"), ("-0.00", "0.00"),
    ],
)  # fmt: skip
def test_money_is_exact(text: str, amount: str) -> None:
    found = values.read_money(text)
    assert (found, found.as_tuple().exponent) == (Decimal(amount), -2)


@pytest.mark.parametrize("text", ["12,50", "€12", "1.005", "1e5", "ten", "$", "1,2,3", "12 34", "99999999999"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(CellError):
        values.read_money(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("617.555.0122", "(617) 555-0122"), ("+1 781-555-0133", "(781) 555-0133"), ("6175550155", "(617) 555-0155"),
        ("781-555-0166 x12", "(781) 555-0166 x12"), ("781-555-0166 ext. 12", "(781) 555-0166 x12"),
    ],
)  # fmt: skip
def test_phones(text: str, number: str) -> None:
    assert values.read_phone(text) == number


REFUSED: list[tuple[Callable[[str], Any], str]] = [
    (values.read_phone, "555-0177"), (values.read_phone, "1111111111"), (values.read_phone, "+44 20 7946 0958"),
    (values.read_npi, "1234567890"), (values.read_npi, "12345"), (values.read_member_id, "1.0E+11"),
    (values.read_email, "none"), (values.read_code, "MISSED"), (values.read_modifier, "abc"),
    (values.read_diagnoses, "309.28"), (values.read_yes, "perhaps"), (places.read_state, "Ontario"),
    (places.read_zip, "123"), (values.read_time, "25:00"), (values.read_time, "noon"),
]  # fmt: skip


@pytest.mark.parametrize(("reader", "text"), REFUSED)
def test_what_is_refused(reader: Callable[[str], Any], text: str) -> None:
    with pytest.raises(CellError) as refusal:
        reader(text)
    assert text in str(refusal.value)


@pytest.mark.parametrize("text", ["MA", "ma", "Massachusetts", "Mass.", " massachusetts "])
def test_states(text: str) -> None:
    assert places.read_state(text) == "MA"


@pytest.mark.parametrize(
    ("text", "state", "code"),
    [("2188", "MA", "02188"), ("02186-1234", "MA", "02186-1234"), ("021861234", "MA", "02186-1234"),
     ("1701.0", "MA", "01701"), ("926", "PR", "00926")],
)  # fmt: skip
def test_zip_codes(text: str, state: str, code: str) -> None:
    assert places.read_zip(text, state) == code


def test_a_short_zip_is_filled_up_only_where_the_state_has_such_codes() -> None:
    with pytest.raises(CellError):
        places.read_zip("2188", "TX")


def test_member_ids_stay_text() -> None:
    assert values.read_member_id(" 00987 654321 ") == "00987654321"
    assert values.read_member_id("xxp9001") == "XXP9001"


def test_diagnoses() -> None:
    assert values.read_diagnoses("f4323; Z62.820, F43.23") == ["F43.23", "Z62.820"]


@pytest.mark.parametrize(
    ("full", "first", "last", "suffix"),
    [
        ("José Ángel Núñez", "José Ángel", "Núñez", ""), ("Holloway, Maren", "Maren", "Holloway", ""),
        ("Dr. Sarah Chen", "Sarah", "Chen", ""), ("Juan de la Cruz", "Juan", "de la Cruz", ""),
        ("Sam Roe Jr.", "Sam", "Roe", "Jr."), ("Roe, Sam", "Sam", "Roe", ""), ("Cher", "", "Cher", ""),
        ("de la Cruz, Juan", "Juan", "de la Cruz", ""),
    ],
)  # fmt: skip
def test_names(full: str, first: str, last: str, suffix: str) -> None:
    assert names.split(full) == names.Name(first, last, suffix)


def test_names_are_compared_without_case_accents_and_signs() -> None:
    assert names.fold("Desmond O’Shaughnessy") == names.fold("DESMOND  O'Shaughnessy")
    assert names.fold("Núñez") == names.fold("Nunez")


def test_a_couple_is_two_people() -> None:
    assert names.couple("Ana & Luis Ferreira") == ("Ana Ferreira", "Luis Ferreira")
    assert names.couple("Ana Vega and Luis Ferreira") == ("Ana Vega", "Luis Ferreira")
    assert names.couple("Sandy Anderson") is None


def test_letters_behind_a_name_go() -> None:
    assert names.without_letters("Sarah Chen, LCSW") == "Sarah Chen"
    assert names.without_letters("Sarah Chen, LCSW, CADC-II") == "Sarah Chen"
    assert names.without_letters("Holloway, Maren") == "Holloway, Maren"
