"""What member IDs look like."""

from __future__ import annotations

import pytest

from practice import member_ids

MEDICARE = "9AX9AX9AA99"


@pytest.mark.parametrize(
    ("number", "forms", "fits"),
    [
        ("1EG4TE5MK73", MEDICARE, True),
        ("1eg4-te5-mk73", MEDICARE, True),
        ("1EG4TE5MK7", MEDICARE, False),
        ("1EGXTE5MK73", MEDICARE, False),
        ("ABC123456789", "AAA999999999, A999", True),
        ("K123", "AAA999999999, A999", True),
        ("K12", "AAA999999999, A999", False),
        ("anything", "", True),
    ],
)
def test_a_number_fits_one_of_the_forms_or_none(number: str, forms: str, fits: bool) -> None:
    assert member_ids.fits(number, forms) is fits


@pytest.mark.parametrize(("number", "possible"), [("K1", True), ("k-1 2", True), ("K", False), ("K*12", False)])
def test_letters_and_digits_alone(number: str, possible: bool) -> None:
    assert member_ids.is_possible(number) is possible


def test_every_example_fits_its_form() -> None:
    forms = "AAA999999999, 9AX9AX9AA99, XX"
    assert all(member_ids.fits(one, forms) for one in member_ids.examples(forms))
