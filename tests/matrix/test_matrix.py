"""T1: walks the matrix. An allowed cell answers and changes what it names; any other cell changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse

from billing.kept import KEPT
from practice import clock
from practice.models import Practice
from practice.tenancy.context import practice_context
from tests.matrix import worlds  # noqa: F401 - registers the builders
from tests.matrix.addresses import addresses
from tests.matrix.outside import ANYBODY, ARGUMENTS, AWAY, NOT_HERE, OUTSIDE, SIGNED_IN
from tests.matrix.row import INSIDERS, METHODS, OUTSIDERS, Row
from tests.matrix.rows import ROWS
from tests.matrix.world import make_world
from tests.people import NOW, Cast, make_cast, signed_in

TENANT_NAMES = {address.name for address in addresses() if address.is_tenant}


class Stage:
    """The world with everybody signed in; made once, each cell is undone."""

    def __init__(self) -> None:
        self.world = make_world(make_cast())
        self.home = self.world.people.fernhollow
        self._cookies = {name: signed_in(getattr(self.world.people, name)).cookies for name in (*INSIDERS, *OUTSIDERS)}

    def browser(self, persona: str) -> Client:
        """A browser in which the persona is signed in."""
        client = Client()
        client.cookies = SimpleCookie(self._cookies[persona].output(header="", sep=";"))
        return client


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """One world for all cells, in a transaction that is never committed."""
    with django_db_blocker.unblock(), clock.at(NOW), transaction.atomic():
        yield Stage()
        transaction.set_rollback(True)


def test_every_address_has_a_row() -> None:
    assert {row.name for row in ROWS} >= TENANT_NAMES, "A new address needs a row in tests/matrix/rows."
    assert {row.name for row in ROWS} <= TENANT_NAMES
    assert {address.name for address in addresses() if not address.is_tenant} == set(OUTSIDE)


def test_every_page_of_a_practice_says_who_may_open_it() -> None:
    for address in addresses():
        if address.is_tenant:
            assert hasattr(address.view, "needed_permissions"), f"{address.route} is closed to everybody"


def test_every_row_that_changes_something_names_what() -> None:
    for row in ROWS:
        keeps_nothing = row.method == "GET" or row.name.startswith(("search", "choose_", "preview_claim"))
        assert keeps_nothing == (row.changes is None), f"{row} must name the model whose rows it changes"


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_insiders(row: Row, stage: Stage) -> None:
    for persona in INSIDERS:
        browser = stage.browser(persona)
        with _cell(stage, row, browser if row.may(persona) else None) as (before, ask, after):
            status = ask(browser, row.method)
            changed = before != after()
            if row.may(persona):
                assert 200 <= status < 400, f"{persona} is refused: {status}"
                assert changed or row.changes is None, f"{persona}: nothing changed"
            else:
                assert status == row.refusal(persona), f"{persona} gets {status}"
                assert not changed, f"{persona} changed something"


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_outsiders_get_the_answer_for_what_does_not_exist(row: Row, stage: Stage) -> None:
    with _cell(stage, row) as (before, ask, after):
        for persona in OUTSIDERS:
            for method in METHODS:
                assert ask(stage.browser(persona), method) == 404, f"{persona} {method}"
        assert before == after()


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_nobody_gets_in_without_signing_in(row: Row, stage: Stage) -> None:
    with _cell(stage, row) as (before, ask, after):
        for method in METHODS:
            status = ask(Client(), method)
            assert status in {302, 401}, f"{method}: {status}"
        assert before == after()


@pytest.mark.parametrize("row", [row for row in ROWS if row.names_object], ids=str)
def test_an_object_of_another_practice_is_not_there(row: Row, stage: Stage) -> None:
    """The owner of one practice asks at her own address for the other practice's object."""
    other = stage.world.people.rivermark
    url = reverse(row.name, kwargs={"slug": stage.home.slug} | row.ids(stage.world, other))
    with transaction.atomic():
        before = _rows(row.changes, other)
        for method in METHODS:
            status = stage.browser("alice").generic(method, url).status_code
            assert status in {404, 405}, f"{method}: {status}"
        response = stage.browser("alice").post(url, row.body(stage.world, other))
        assert response.status_code in {404, 405}
        assert before == _rows(row.changes, other)
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(TENANT_NAMES))
def test_other_methods_are_refused(name: str, stage: Stage) -> None:
    rows = [row for row in ROWS if row.name == name]
    persona = next(found for found in INSIDERS if rows[0].may(found))
    url = reverse(name, kwargs={"slug": stage.home.slug} | rows[0].ids(stage.world, stage.home))
    with transaction.atomic():
        for method in set(METHODS) - {row.method for row in rows}:
            assert stage.browser(persona).generic(method, url).status_code == 405, method
        transaction.set_rollback(True)


@pytest.mark.parametrize(("name", "rule"), sorted(OUTSIDE.items()))
def test_addresses_outside_of_practices(name: str, rule: str, people: Cast) -> None:
    response = Client().get(reverse(name, kwargs=ARGUMENTS.get(name, {})))
    to_sign_in = response.headers.get("Location", "").startswith("/account/login/")
    expected = {ANYBODY: (200, False), SIGNED_IN: (302, True), AWAY: (302, False), NOT_HERE: (404, False)}
    assert (response.status_code, to_sign_in) == expected[rule]


@contextmanager
def _cell(stage: Stage, row: Row, clicked: Client | None = None) -> Iterator[Any]:
    """One cell: rows before, a way to ask, rows after; everything is undone at the end.

    `clicked` is the browser in which the click was made that the row takes back.
    """
    url, body = _asked(stage, row)
    kind = "application/json" if url.startswith("/api/") else MULTIPART_CONTENT

    def ask(client: Client, method: str) -> int:
        client.raise_request_exception = True
        if method == "GET":
            return client.get(url).status_code
        if method == "POST":
            return client.post(url, body, content_type=kind).status_code
        return client.generic(method, url).status_code

    with transaction.atomic():
        if row.takes_back and clicked:
            clicked.post(*_asked(stage, row.takes_back))
            url = f"{url}?of={list(clicked.session[KEPT])[-1]}"
        yield _rows(row.changes, stage.home), ask, lambda: _rows(row.changes, stage.home)
        transaction.set_rollback(True)


def _asked(stage: Stage, row: Row) -> tuple[str, dict[str, Any]]:
    """The address of a row, and what is sent to it."""
    url = reverse(row.name, kwargs={"slug": stage.home.slug} | row.ids(stage.world, stage.home))
    return url, row.body(stage.world, stage.home)


def _rows(model: type[Model] | None, practice: Practice) -> list[tuple[Any, ...]]:
    """The table's rows as the database owner of this test transaction sees them: by raw SQL inside the practice."""
    if model is None:
        return []
    everything = practice_context(practice.pk, phi=True, psychotherapy=True, rates=True)
    with transaction.atomic(), everything, connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY 1')  # noqa: S608
        return list(cursor.fetchall())
