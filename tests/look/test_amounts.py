"""How amounts are written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from practice.templatetags import caseload
from tests.look.hands import render


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal("1234.5"), "$1,234.50"),
        (Decimal("-84.37"), "\N{MINUS SIGN}$84.37"),
        (Decimal("9999999999.99"), "$9,999,999,999.99"),
        (Decimal("0.005"), "$0.01"),
        (Decimal("-0.001"), "$0.00"),
        (0, "$0.00"),
        (None, ""),
        ("", ""),
    ],
)
def test_dollars_commas_and_always_cents(amount: Decimal | int | str | None, written: str) -> None:
    assert caseload.money(amount) == written


def test_only_a_change_has_a_plus() -> None:
    assert caseload.money_change(Decimal("3206.11")) == "+$3,206.11"
    assert caseload.money_change(Decimal("-312.48")) == "\N{MINUS SIGN}$312.48"
    assert caseload.money_change(Decimal("0.00")) == "$0.00"


def test_a_float_is_no_money() -> None:
    with pytest.raises(TypeError, match="never a float"):
        caseload.money(0.1)  # type: ignore[arg-type]


def test_the_cents_of_a_large_figure_are_quieter() -> None:
    assert caseload.figure(Decimal("28222.2")) == '$28,222<span class="cents">.20</span>'


def test_the_component_writes_the_same() -> None:
    html = render('<c-money :amount="pay" change /><c-money :amount="pay" size="mid" />', pay=Decimal("-57.37"))
    assert "\N{MINUS SIGN}$57.37</span>" in html
    assert "money mid" in html
