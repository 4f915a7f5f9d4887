"""Dollars: two places, rounded half-up once per line, split without losing a cent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, TypeAlias

from django.core.validators import MinValueValidator
from django.db import models

CENT: Final = Decimal("0.01")
ZERO: Final = Decimal("0.00")
LARGEST: Final = Decimal("9999999999.99")
MINUS: Final = "\N{MINUS SIGN}"
Amount: TypeAlias = Decimal | int | str | None


def cents(amount: Decimal | int) -> Decimal:
    """The amount in dollars with two places, half a cent away from zero (`payroll.md` S2)."""
    return Decimal(amount).quantize(CENT, rounding=ROUND_HALF_UP)


def cents_of(amount: Amount) -> Decimal | None:
    """The amount rounded to the cent, half up; None where no amount applies. A float is refused."""
    if amount is None or amount == "":
        return None
    if isinstance(amount, float):
        raise TypeError(f"Money is never a float: {amount!r}.")
    return cents(Decimal(amount))


def dollars(amount: Amount, *, plus: bool = False) -> str:
    """`$1,234.50`, with the minus before the dollar sign; blank for None."""
    value = cents_of(amount)
    if value is None:
        return ""
    sign = MINUS if value < 0 else "+" if plus and value > 0 else ""
    return f"{sign}${abs(value):,.2f}"


def total(amounts: Sequence[Decimal] | Any) -> Decimal:
    """The sum in dollars with two places; 0.00 of nothing."""
    return sum(amounts, ZERO)


def allocate(amount: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Splits dollars by weight so that the parts sum exactly to the amount (`payroll.md` S4).

    Shares are cut to cents; the cents left over go to the largest remainders, ties to the larger weight, then
    to the earlier place. Negative amounts are split as positive ones and negated. ValueError when a weight is
    negative, all are zero, there are none, or the amount has a part of a cent.
    """
    if amount != cents(amount):
        raise ValueError(f"{amount} has a part of a cent.")
    if not weights or any(weight < 0 for weight in weights) or not any(weights):
        raise ValueError("Shares need at least one weight above zero and none below.")
    if amount < 0:
        return [-part for part in allocate(-amount, weights)]
    return _allocate_cents(int(amount / CENT), [Decimal(weight) for weight in weights])


def _allocate_cents(amount: int, weights: list[Decimal]) -> list[Decimal]:
    whole = sum(weights)
    shares = [divmod(amount * weight, whole) for weight in weights]
    parts = [int(share) for share, _ in shares]
    order = sorted(range(len(weights)), key=lambda place: (-shares[place][1], -weights[place], place))
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return [part * CENT for part in parts]


class MoneyField(models.DecimalField):  # type: ignore[type-arg]
    """A signed amount in dollars: numeric(12,2)."""

    def __init__(self, verbose_name: str | None = None, **options: Any) -> None:
        super().__init__(verbose_name, **(options | {"max_digits": 12, "decimal_places": 2}))

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        for implied in ("max_digits", "decimal_places"):
            del options[implied]
        return name, path, args, options


class PriceField(MoneyField):
    """A fee, rate or charge in dollars, never below zero; the model's constraint says so too."""

    default_validators = [MinValueValidator(ZERO, message="An amount cannot be below zero.")]


class RateField(models.DecimalField):  # type: ignore[type-arg]
    """A share or a rate with six places: numeric(12,6)."""

    def __init__(self, verbose_name: str | None = None, **options: Any) -> None:
        super().__init__(verbose_name, **(options | {"max_digits": 12, "decimal_places": 6}))

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        for implied in ("max_digits", "decimal_places"):
            del options[implied]
        return name, path, args, options
