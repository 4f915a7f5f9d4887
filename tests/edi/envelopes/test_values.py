"""Amounts, dates, identifiers and text as X12 has them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi.amounts import format_amount, parse_amount
from edi.characters import allowed, clean
from edi.dates import format_date, format_range, parse_date, parse_range, parse_time
from edi.delimiters import Delimiters
from edi.errors import X12Error
from edi.npi import is_npi

CENTS = st.decimals(Decimal(-99999999), Decimal(99999999), places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("150.00", "150"),
        ("150.50", "150.5"),
        ("0.50", "0.5"),
        ("-0.00", "0"),
        ("0", "0"),
        ("1E+2", "100"),
        ("-12.34", "-12.34"),
    ],
)
def test_amounts_are_written_short_and_exact(amount: str, text: str) -> None:
    assert format_amount(Decimal(amount)) == text


@pytest.mark.parametrize("amount", ["1.005", "0.001", "NaN", "Infinity"])
def test_an_amount_that_is_not_whole_cents_is_refused(amount: str) -> None:
    with pytest.raises(X12Error, match="at most 2 decimals"):
        format_amount(Decimal(amount))


@given(CENTS)
def test_amounts_come_back(amount: Decimal) -> None:
    text = format_amount(amount)
    assert parse_amount(text) == amount
    assert not text.endswith(".")
    assert text.lstrip("-") == "0" or not text.lstrip("-").startswith("00")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        (".5", "0.5"),
        ("-.5", "-0.5"),
        ("+5", "5"),
        ("5.", "5"),
        ("000012.50", "12.5"),
        ("12.50-", "-12.5"),
        ("1,234.50", "1234.5"),
        ("$20", "20"),
        (" 7 ", "7"),
        ("-0", "0"),
    ],
)
def test_payers_spellings_are_understood(text: str, amount: str) -> None:
    assert parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["", "-", ".", "NaN", "1E5", "Infinity", "1_0", "12,5", "--5", "-5-", "٣", "5 0", "abc"]
)
def test_what_is_no_amount_is_said(text: str) -> None:
    with pytest.raises(X12Error, match="is not an amount"):
        parse_amount(text)


@given(st.dates())
def test_dates_come_back(day: date) -> None:
    assert parse_date(format_date(day)) == day
    assert len(format_date(day)) == 8


def test_ranges_and_times() -> None:
    assert format_range(date(2026, 1, 2), date(2026, 2, 3)) == "20260102-20260203"
    assert parse_range("20260102-20260203") == (date(2026, 1, 2), date(2026, 2, 3))
    assert parse_range("20260102") == (date(2026, 1, 2), date(2026, 1, 2))
    assert parse_date("260102") == date(2026, 1, 2)
    assert parse_time("2359") == time(23, 59)
    assert parse_time("23595999") == time(23, 59, 59)


@pytest.mark.parametrize("text", ["", "2026", "20261301", "20260230", "2026-01-02", "٢٠٢٦٠١٠٢", "00000000"])
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(X12Error, match="is not a d"):
        parse_date(text)


@pytest.mark.parametrize("text", ["2561", "1", "24:00", "246060"])
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(X12Error, match="is not a time"):
        parse_time(text)


def test_a_range_that_ends_before_it_begins_is_said() -> None:
    with pytest.raises(X12Error, match="ends before it begins"):
        parse_range("20260203-20260102")


@pytest.mark.parametrize("number", ["1234567893", "1245319599", "1003000126"])
def test_valid_npis(number: str) -> None:
    assert is_npi(number)
    wrong = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    assert not is_npi(wrong)


@pytest.mark.parametrize("text", ["", "123456789", "12345678930", "3234567893", "123456789X", "١٢٣٤٥٦٧٨٩٣"])
def test_what_is_no_npi(text: str) -> None:
    assert not is_npi(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nuñez", "NUNEZ"),
        ("José Ángel", "JOSE ANGEL"),
        ("Strauß", "STRAUSS"),
        ("O’Neil", "O'NEIL"),
        ("O*NEIL~", "O NEIL"),
        ("Łódź", "LODZ"),
        ("Søren Ærø", "SOREN AERO"),
        ("李", ""),
        ("a\tb\nc", "A B C"),
        ("1>2|3", "1 2/3"),
    ],
)
def test_text_is_cleaned(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text())
def test_clean_text_has_no_separator_and_stays_clean(text: str) -> None:
    for delimiters in (Delimiters(), Delimiters("|", ">", "!", "\n"), Delimiters("+", "#", "&", "'")):
        cleaned = clean(text, delimiters)
        assert set(cleaned) <= allowed(delimiters)
        assert clean(cleaned, delimiters) == cleaned
