"""Contexts: nested, outside a transaction, on a broken one, and over one connection used by turns (T7)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DataError, connection, transaction

from practice.tenancy.context import ContextOutsideTransactionError, current, current_or_none, practice_context
from tests.people import Cast
from tests.shelf.models import Shelf


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [f"app.{name}"])
        return str(cursor.fetchone()[0])


def test_the_settings_hold_the_id_or_nothing(people: Cast) -> None:
    number = str(people.fernhollow.pk)
    with practice_context(people.fernhollow.pk, phi=True):
        assert [setting(name) for name in ("practice", "phi", "psychotherapy", "rates")] == [number, number, "", ""]
    assert [setting(name) for name in ("practice", "phi", "psychotherapy", "rates")] == ["", "", "", ""]


def test_psychotherapy_opens_only_where_phi_is_open(people: Cast) -> None:
    with practice_context(people.fernhollow.pk, psychotherapy=True):
        assert setting("psychotherapy") == ""


def test_an_inner_context_restores_the_outer_one(people: Cast) -> None:
    with practice_context(people.fernhollow.pk, phi=True):
        Shelf.objects.create(name="Outer")
        with practice_context(people.rivermark.pk, phi=True):
            assert not Shelf.objects.exists()
        assert Shelf.objects.get().name == "Outer"
        assert current().practice_id == people.fernhollow.pk
    assert current_or_none() is None


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_context_refuses_to_open_outside_a_transaction() -> None:
    with pytest.raises(ContextOutsideTransactionError), practice_context(1):
        pass


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_practices_alternate_over_one_connection(standing_clock: None) -> None:
    from tests.people import make_cast

    people = make_cast()
    for practice in (people.fernhollow, people.rivermark):
        with transaction.atomic(), practice_context(practice.pk, phi=True):
            Shelf.objects.create(name=practice.slug)
    for turn in range(3):
        practice = (people.fernhollow, people.rivermark)[turn % 2]
        with transaction.atomic(), practice_context(practice.pk, phi=True):
            assert [shelf.name for shelf in Shelf.objects.all()] == [practice.slug]
        with transaction.atomic():
            assert setting("practice") == ""
        _fail_inside(people.fernhollow)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM shelf_shelf")
            assert cursor.fetchone() == (0,)


def _fail_inside(practice: Any) -> None:
    opened = (transaction.atomic(), practice_context(practice.pk))
    with pytest.raises(DataError), opened[0], opened[1], connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_runs_after_the_commit_has_no_context(standing_clock: None) -> None:
    from tests.people import make_cast

    people, seen = make_cast(), []
    with transaction.atomic(), practice_context(people.fernhollow.pk):
        transaction.on_commit(lambda: seen.append(current_or_none()), robust=True)
    assert seen == [None]
