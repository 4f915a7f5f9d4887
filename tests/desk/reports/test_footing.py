"""Every table of a report comes to the same, to the cent, and every figure is the sum of the rows it opens to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from billing.money import overview
from desk.reports import rows, selectors
from desk.reports.periods import period_of
from desk.reports.shapes import ALL_AGES, DIMENSIONS, MONEY, POSTED, SESSIONS, TOGETHER, Report, Scope
from practice.actors import Actor
from practice.models import Practice
from tests.desk.reports.books import TODAY, make_books
from tests.people import Cast

YEAR = Scope(period_of("year", TODAY))
MONTH = Scope(period_of("month", TODAY))


@pytest.fixture
def bob(people: Cast, inside: Any) -> Iterator[Actor]:
    with inside(people.fernhollow):
        actor = people.actor(people.bob)
        make_books(people.fernhollow, actor)
        yield actor


def report(bob: Actor, practice: Practice, scope: Scope) -> Report:
    return selectors.report(bob, practice, scope, selectors.names())


def test_the_figures_are_those_of_the_books(bob: Actor, people: Cast) -> None:
    found = report(bob, people.fernhollow, MONTH).sum
    assert {name: str(getattr(found, name)) for name in MONEY} == {
        "billed": "484.00",
        "carried": "77.10",
        "insurer_paid": "100.33",
        "client_paid": "60.01",
        "contractual": "41.67",
        "written_off": "0.00",
        "insurer_owes": "112.00",
        "client_owes": "247.09",
    }
    assert {name: getattr(found, name) for name in SESSIONS} == {
        "held": 4,
        "late_canceled": 1,
        "no_show": 1,
        "unsigned": 5,
    }


@pytest.mark.parametrize("scope", [YEAR, MONTH, replace(YEAR, basis=POSTED)], ids=["year", "month", "posted"])
def test_what_was_billed_is_collected_taken_off_or_owed(bob: Actor, people: Cast, scope: Scope) -> None:
    for by in DIMENSIONS:
        found = report(bob, people.fernhollow, replace(scope, by=by))
        for figures in (found.sum, *(line.figures for line in found.lines)):
            gone = figures.collected + figures.taken_off
            assert figures.billed + figures.carried - gone == figures.owed


@pytest.mark.parametrize("scope", [YEAR, MONTH], ids=["year", "month"])
def test_weeks_clinicians_and_payers_come_to_the_same(bob: Actor, people: Cast, scope: Scope) -> None:
    sums = [report(bob, people.fernhollow, replace(scope, by=by)).sum for by in DIMENSIONS]
    assert sums[0] == sums[1] == sums[2]


def test_the_ages_come_to_what_the_ledger_says(bob: Actor, people: Cast) -> None:
    found, ledger = report(bob, people.fernhollow, MONTH), overview.totals()
    assert (found.owed_today.insurer_owes, found.owed_today.client_owes) == (ledger.insurers_owe, ledger.owes)
    assert [str(age.owed) for age in found.ages] == ["359.09", "167.00", "0.00", "100.01", "0.00"]


def test_each_figure_is_the_sum_of_its_rows(bob: Actor, people: Cast) -> None:
    for by in DIMENSIONS:
        scope = replace(YEAR, by=by)
        found = report(bob, people.fernhollow, scope)
        for part, figures in [(scope, found.sum), *((scope.of(line.key), line.figures) for line in found.lines)]:
            for name in (*SESSIONS, *MONEY, *TOGETHER):
                assert opened(bob, people.fernhollow, part, name) == getattr(figures, name), (by, part, name)


def test_each_age_and_what_was_posted_is_the_sum_of_its_rows(bob: Actor, people: Cast) -> None:
    found = report(bob, people.fernhollow, MONTH)
    for age in (*found.ages, found.owed_today):
        for name in ("insurer_owes", "client_owes", "owed"):
            assert opened(bob, people.fernhollow, replace(MONTH, age=age.key), name) == getattr(age, name)
    for name in MONEY:
        assert opened(bob, people.fernhollow, replace(MONTH, basis=POSTED), name) == getattr(found.posted, name)
    assert found.owed_today.key == ALL_AGES


def test_a_narrowed_report_is_a_part_of_the_whole(bob: Actor, people: Cast) -> None:
    whole = report(bob, people.fernhollow, replace(YEAR, by="clinician"))
    for line in whole.lines:
        narrowed = report(bob, people.fernhollow, replace(YEAR, clinician=line.key or 0))  # type: ignore[arg-type]
        assert narrowed.sum == line.figures


def test_a_charge_that_was_undone_is_nowhere(bob: Actor, people: Cast) -> None:
    day = dt.date(2026, 11, 10)
    scope = Scope(period_of("custom", TODAY, day.isoformat(), day.isoformat()))
    assert report(bob, people.fernhollow, scope).sum.billed == Decimal("0.00")
    assert opened(bob, people.fernhollow, scope, "billed") == Decimal("0.00")


def opened(bob: Actor, practice: Practice, scope: Scope, figure: str) -> Decimal | int:
    """What the rows of a figure come to."""
    found = rows.rows_of(bob, practice, scope, figure, selectors.names(), most=1000)
    assert found.count == len(found.rows)
    if found.sum is None:
        return found.count
    assert sum((row.amount or Decimal(0) for row in found.rows), Decimal(0)) == found.sum
    return found.sum
