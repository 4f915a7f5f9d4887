"""T1: walks the matrix. An allowed cell answers and changes what it names; any other cell changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from practice.models import Practice
from tests.matrix.addresses import addresses
from tests.matrix.outside import ANYBODY, OUTSIDE
from tests.matrix.row import INSIDERS, METHODS, OUTSIDERS, Row
from tests.matrix.rows import ROWS
from tests.matrix.world import World, make_world
from tests.people import Cast, signed_in

TENANT_NAMES = {address.name for address in addresses() if address.is_tenant}


@pytest.fixture
def world(people: Cast) -> World:
    return make_world(people)


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
        assert (row.method == "GET") == (row.changes is None), f"{row} must name the model whose rows it changes"


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_insiders(row: Row, world: World) -> None:
    practice = world.people.fernhollow
    for persona in INSIDERS:
        with _cell(world, row, practice) as (before, ask, after):
            status = ask(signed_in(getattr(world.people, persona)), row.method)
            changed = before != after()
            if row.may(persona):
                assert 200 <= status < 400, f"{persona} is refused: {status}"
                assert changed or row.changes is None, f"{persona}: nothing changed"
            else:
                assert status == 403, f"{persona} gets {status}"
                assert not changed, f"{persona} changed something"


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_outsiders_get_the_answer_for_what_does_not_exist(row: Row, world: World) -> None:
    practice = world.people.fernhollow
    for persona in OUTSIDERS:
        client = signed_in(getattr(world.people, persona))
        with _cell(world, row, practice) as (before, ask, after):
            for method in METHODS:
                assert ask(client, method) == 404, f"{persona} {method}"
            assert before == after()


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_nobody_gets_in_without_signing_in(row: Row, world: World) -> None:
    with _cell(world, row, world.people.fernhollow) as (before, ask, after):
        for method in METHODS:
            status = ask(Client(), method)
            assert status in {302, 401}, f"{method}: {status}"
        assert before == after()


@pytest.mark.parametrize("row", [row for row in ROWS if row.ids.__name__ != "nothing"], ids=str)
def test_an_object_of_another_practice_is_not_there(row: Row, world: World) -> None:
    """The owner of one practice asks at her own address for the other practice's object."""
    url = reverse(row.name, kwargs={"slug": "fernhollow"} | row.ids(world, world.people.rivermark))
    client = signed_in(world.people.alice)
    before = _rows(row.changes, world.people.rivermark)
    for method in METHODS:
        status = client.generic(method, url).status_code
        assert status in {404, 405}, f"{method}: {status}"
    response = client.post(url, row.body(world, world.people.rivermark))
    assert response.status_code in {404, 405}
    assert before == _rows(row.changes, world.people.rivermark)


@pytest.mark.parametrize("name", sorted(TENANT_NAMES))
def test_other_methods_are_refused(name: str, world: World) -> None:
    rows = [row for row in ROWS if row.name == name]
    practice = world.people.fernhollow
    persona = next(found for found in INSIDERS if rows[0].may(found))
    client = signed_in(getattr(world.people, persona))
    url = reverse(name, kwargs={"slug": practice.slug} | rows[0].ids(world, practice))
    for method in set(METHODS) - {row.method for row in rows}:
        assert client.generic(method, url).status_code == 405, method


@pytest.mark.parametrize(("name", "rule"), sorted(OUTSIDE.items()))
def test_addresses_outside_of_practices(name: str, rule: str, people: Cast) -> None:
    address = next(found for found in addresses() if found.name == name)
    if "<" in address.route:
        pytest.fail(f"{name} takes arguments; test it by hand and list it with them")
    response = Client().get("/" + address.route)
    if rule == ANYBODY:
        assert response.status_code == 200
    else:
        assert (response.status_code, "/account/login/" in response.headers.get("Location", "")) == (302, True)


@contextmanager
def _cell(world: World, row: Row, practice: Practice) -> Iterator[Any]:
    """One cell: rows before, a way to ask, rows after; everything is undone at the end."""
    url = reverse(row.name, kwargs={"slug": practice.slug} | row.ids(world, practice))
    body = row.body(world, practice)

    def ask(client: Client, method: str) -> int:
        client.raise_request_exception = True
        if method == "GET":
            return client.get(url).status_code
        if method == "POST":
            return client.post(url, body).status_code
        return client.generic(method, url).status_code

    with transaction.atomic():
        yield _rows(row.changes, practice), ask, lambda: _rows(row.changes, practice)
        transaction.set_rollback(True)


def _rows(model: type[Model] | None, practice: Practice) -> list[tuple[Any, ...]]:
    """The table's rows as the database owner of this test transaction sees them: by raw SQL inside the practice."""
    if model is None:
        return []
    from practice.tenancy.context import practice_context

    with transaction.atomic(), practice_context(practice.pk, phi=True, psychotherapy=True, rates=True):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY 1')  # noqa: S608
            return cursor.fetchall()
