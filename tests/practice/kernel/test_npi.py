"""The check digit of an NPI."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from practice.npi import npi_is_valid, validate_npi


@pytest.mark.parametrize("npi", ["1234567893", "1245319599", "1003000126"])
def test_real_check_digits_pass(npi: str) -> None:
    assert npi_is_valid(npi)


@pytest.mark.parametrize(
    "npi", ["1234567890", "3234567893", "123456789", "12345678931", "12345x7893", "", "١234567893"]
)
def test_wrong_ones_do_not(npi: str) -> None:
    assert not npi_is_valid(npi)


def test_every_single_mistyped_digit_is_noticed() -> None:
    good = "1234567893"
    for place in range(1, 10):
        for digit in "0123456789":
            changed = good[:place] + digit + good[place + 1 :]
            assert npi_is_valid(changed) == (changed == good)


def test_the_fault_is_said_in_words() -> None:
    with pytest.raises(ValidationError, match="10 digits"):
        validate_npi("12345")
    with pytest.raises(ValidationError, match="check digit"):
        validate_npi("1234567890")
