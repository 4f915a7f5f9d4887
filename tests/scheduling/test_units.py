"""What the rules of the service catalog say about units."""

from __future__ import annotations

import pytest

from scheduling import units


@pytest.mark.parametrize(
    ("rule", "minutes"),
    [
        ("quarter hours", 15),
        ("quarter hours, midpoint rule", 15),
        ("half hours, midpoint rule", 30),
        ("hours, midpoint rule", 60),
        ("quarter hours per client", 15),
        ("one for each further 30 minutes after 74", 30),
        ("one per day", None),
        ("by payer", None),
        ("", None),
    ],
)
def test_how_long_a_unit_is(rule: str, minutes: int | None) -> None:
    assert units.minutes_of_one(rule) == minutes


@pytest.mark.parametrize(("minutes", "count"), [(7, 0), (8, 1), (22, 1), (23, 2), (45, 3), (53, 4), (60, 4)])
def test_quarter_hours_round_at_the_midpoint(minutes: int, count: int) -> None:
    assert units.for_minutes("quarter hours", minutes, 8) == count


@pytest.mark.parametrize(("minutes", "count"), [(45, 0), (46, 1), (75, 1), (76, 2)])
def test_further_half_hours_begin_where_the_first_code_ends(minutes: int, count: int) -> None:
    assert units.beyond("half hours, midpoint rule", minutes, 45) == count


def test_once_is_once_and_a_free_rule_is_counted() -> None:
    assert units.is_once("one per day; new episode or re-evaluation")
    assert units.once_in_words("one per day; new episode or re-evaluation") == "once per day"
    assert not units.is_counted("one per day")
    assert not units.is_counted("")
    assert units.is_counted("by payer")
