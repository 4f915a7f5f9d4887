"""The aging comes to the ledger's receivables to the cent, on any day, and every figure to its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.money import overview
from desk.reports.aging import ledger, selectors
from desk.reports.aging.shapes import BASES, DIMENSIONS, Aged
from desk.reports.selectors import names
from desk.reports.shapes import AGES
from practice.actors import Actor
from practice.models import AuditEvent
from tests.desk.reports.books import TODAY, make_books
from tests.people import Cast, signed_in

NOW = Aged(TODAY)
DAYS = (TODAY, TODAY - dt.timedelta(days=1))


@pytest.fixture
def bob(people: Cast, inside: Any) -> Iterator[Actor]:
    with inside(people.fernhollow):
        actor = people.actor(people.bob)
        make_books(people.fernhollow, actor)
        yield actor


@pytest.mark.parametrize("by", DIMENSIONS)
@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("as_of", DAYS)
def test_it_foots_to_the_receivables_of_the_ledger(
    bob: Actor, people: Cast, by: str, basis: str, as_of: dt.date
) -> None:
    found = selectors.aging(bob, people.fernhollow, Aged(as_of, by=by, basis=basis), names())
    assert found.sum.sum == ledger.owed(as_of)
    assert sum((line.sum for line in found.every), Decimal(0)) == found.sum.sum


def test_today_it_is_what_money_says_is_owed(bob: Actor, people: Cast) -> None:
    found = selectors.aging(bob, people.fernhollow, NOW, names())
    assert found.sum.sum == overview.totals().insurers_owe + overview.totals().owes
    assert {line.label: str(line.sum) for line in found.every} == {
        "Clients themselves": "372.10",
        "Keystone Mutual": "142.00",
        "Northgate": "112.00",
    }
    assert [str(found.sum.ages[age]) for age in AGES] == ["359.09", "167.00", "0.00", "100.01", "0.00"]


@pytest.mark.parametrize("by", DIMENSIONS)
def test_every_figure_is_the_sum_of_the_rows_it_opens_to(bob: Actor, people: Cast, by: str) -> None:
    aged = replace(NOW, by=by)
    for line in selectors.aging(bob, people.fernhollow, aged, names()).every:
        for age, amount in line.amounts:
            opened = selectors.rows_of(bob, people.fernhollow, aged.of(line.key, age), names())
            assert opened.sum == amount, (by, line.label, age)
            assert sum((row.amount for row in opened.rows), Decimal(0)) == amount


def test_before_anything_was_posted_nobody_owed_anything(bob: Actor, people: Cast) -> None:
    found = selectors.aging(bob, people.fernhollow, Aged(dt.date(2026, 1, 1)), names())
    assert (found.every, found.sum.sum) == ([], Decimal("0.00"))


@pytest.mark.parametrize("query", [{"as_of": "nonsense"}, {"by": "?"}, {"key": "²"}, {"age": "x"}, {"basis": "billed"}])
def test_the_pages_open_whatever_the_address_says(people: Cast, inside: Any, query: dict[str, str]) -> None:
    with inside(people.fernhollow):
        make_books(people.fernhollow, people.actor(people.bob))
    browser = signed_in(people.bob)
    assert browser.get("/p/fernhollow/reports/aging/", query).status_code == 200
    assert browser.get("/p/fernhollow/reports/aging/rows/", query).status_code == 200


def test_the_files_hold_the_same_and_are_in_the_trail(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        make_books(people.fernhollow, people.actor(people.bob))
    browser = signed_in(people.bob)
    table = browser.get("/p/fernhollow/reports/aging/file/").content.decode().splitlines()
    assert table[0] == "Payer,0–30 days,31–60 days,61–90 days,91–120 days,Over 120 days,Together"
    assert table[-1] == "Total,359.09,167.00,0.00,100.01,0.00,626.10"
    rows = browser.get("/p/fernhollow/reports/aging/rows/file/").content.decode().splitlines()
    assert sum(Decimal(row.rsplit(",", 1)[1]) for row in rows[1:]) == Decimal("626.10")
    with inside(people.fernhollow):
        assert AuditEvent.objects.filter(action="report.exported").count() == 2


def test_the_page_takes_a_fixed_number_of_queries(people: Cast, inside: Any) -> None:
    browser = signed_in(people.bob)
    browser.get("/p/fernhollow/reports/aging/?by=client")
    with CaptureQueriesContext(connection) as empty:
        browser.get("/p/fernhollow/reports/aging/?by=client")
    with inside(people.fernhollow):
        make_books(people.fernhollow, people.actor(people.bob))
    with CaptureQueriesContext(connection) as full:
        browser.get("/p/fernhollow/reports/aging/?by=client")
    assert len(full) <= len(empty) + 1 <= 20, (len(empty), len(full))
