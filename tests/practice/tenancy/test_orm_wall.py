"""The first wall: every statement names its practice, and nothing crosses it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from practice.tenancy.base import TenantModel
from practice.tenancy.context import NoPracticeContextError, WrongPracticeError
from practice.tenancy.querysets import TenantManager, TenantQuerySet
from tests.people import Cast
from tests.shelf.models import Book, Shelf


@pytest.fixture
def shelves(people: Cast, inside: Any) -> dict[str, Shelf]:
    """A shelf with a book in each of two practices."""
    made = {}
    for practice in (people.fernhollow, people.rivermark):
        with inside(practice):
            shelf = Shelf.objects.create(name="Top")
            Book.objects.create(shelf=shelf, title=f"Book of {practice.slug}")
            made[practice.slug] = shelf
    return made


def test_a_queryset_may_be_built_without_a_context_but_not_run() -> None:
    rows = Shelf.objects.filter(name="Top")
    with pytest.raises(NoPracticeContextError):
        list(rows)


def test_only_the_open_practice_is_read(shelves: dict[str, Shelf], people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        assert [book.title for book in Book.objects.all()] == ["Book of fernhollow"]
        assert not Shelf.objects.filter(pk=shelves["rivermark"].pk).exists()


def test_joins_compare_the_practice_on_both_sides(shelves: dict[str, Shelf], people: Cast, inside: Any) -> None:
    with inside(people.fernhollow), CaptureQueriesContext(connection) as queries:
        list(Book.objects.select_related("shelf").filter(shelf__name="Top"))
        list(Shelf.objects.filter(books__title="Book of fernhollow"))
    for query in queries.captured_queries:
        assert '"shelf_shelf"."practice_id" = ("shelf_book"."practice_id")' in query["sql"] or (
            '"shelf_book"."practice_id" = ("shelf_shelf"."practice_id")' in query["sql"]
        )


def test_related_rows_and_prefetches_name_the_practice(shelves: dict[str, Shelf], people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        shelf = Shelf.objects.prefetch_related("books").get()
        with CaptureQueriesContext(connection) as queries:
            assert Book.objects.get().shelf == shelf
            assert shelf.books.filter(title__startswith="Book").count() == 1
    assert all("practice_id" in query["sql"] for query in queries.captured_queries)


def test_a_new_row_belongs_to_the_open_practice(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        assert Shelf.objects.create(name="New").practice_id == people.fernhollow.pk


def test_a_row_of_another_practice_is_refused(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        with pytest.raises(WrongPracticeError):
            Shelf.objects.create(name="New", practice_id=people.rivermark.pk)
        with pytest.raises(WrongPracticeError):
            Shelf.objects.bulk_create([Shelf(name="New", practice_id=people.rivermark.pk)])


def test_a_row_never_changes_its_practice(shelves: dict[str, Shelf], people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        with pytest.raises(WrongPracticeError):
            Shelf.objects.update(practice_id=people.rivermark.pk)
        shelf = Shelf.objects.get()
        shelf.practice_id = people.rivermark.pk
        with pytest.raises(WrongPracticeError):
            shelf.save()


def test_saving_updates_by_practice_and_never_sets_it(shelves: dict[str, Shelf], people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        shelf = Shelf.objects.get()
        shelf.name = "Bottom"
        with CaptureQueriesContext(connection) as queries:
            shelf.save()
    [update] = [query["sql"] for query in queries.captured_queries if query["sql"].startswith("UPDATE")]
    assert '"practice_id"' not in update.split(" WHERE ")[0]
    assert '"practice_id"' in update.split(" WHERE ")[1]


def test_an_update_of_no_row_is_never_an_insert(shelves: dict[str, Shelf], people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        shelf = Shelf.objects.get()
        Shelf.objects.filter(pk=shelf.pk).delete()
        with pytest.raises(DatabaseError, match="did not affect any rows"), transaction.atomic():
            shelf.save()
        assert not Shelf.objects.exists()


def test_deletes_name_the_practice_at_every_step(shelves: dict[str, Shelf], people: Cast, inside: Any) -> None:
    with inside(people.fernhollow), CaptureQueriesContext(connection) as queries:
        Shelf.objects.get().delete()
    deletes = [query["sql"] for query in queries.captured_queries if query["sql"].startswith("DELETE")]
    assert len(deletes) == 2
    assert all('"practice_id" = ' in sql for sql in deletes)


def test_updates_and_deletes_across_relations_use_an_inner_query(
    shelves: dict[str, Shelf], people: Cast, inside: Any
) -> None:
    with inside(people.fernhollow), CaptureQueriesContext(connection) as queries:
        assert Book.objects.filter(shelf__name="Top").update(title="Renamed") == 1
        assert Book.objects.filter(shelf__name="Top").delete()[0] == 1
    for sql in (query["sql"] for query in queries.captured_queries):
        named = re.findall(r'(?:UPDATE|FROM) "(\w+)"', sql)
        assert all(f'"{table}"."practice_id" = (' in sql for table in named if table.startswith("shelf")), sql


def test_unique_names_are_checked_although_the_practice_is_no_form_field(
    shelves: dict[str, Shelf], people: Cast, inside: Any
) -> None:
    class ShelfForm(forms.ModelForm[Shelf]):
        class Meta:
            model = Shelf
            fields = ["name"]

    with inside(people.fernhollow):
        assert not ShelfForm({"name": "Top"}).is_valid()
        assert ShelfForm({"name": "Other"}).is_valid()
        with pytest.raises(ValidationError):
            Shelf(name="Top").full_clean()


@pytest.mark.parametrize("guarded", ["save", "validate_constraints", "_do_update"])
def test_overriding_a_guard_fails_when_the_class_is_made(guarded: str) -> None:
    with pytest.raises(TypeError, match="keeps practices apart"):
        type("Leaky", (TenantModel,), {guarded: lambda self: None, "__module__": "tests.shelf.models"})


def test_a_manager_that_drops_the_filter_fails_when_the_class_is_made() -> None:
    with pytest.raises(TypeError, match="get_queryset"):
        type("LeakyManager", (TenantManager,), {"get_queryset": lambda self: TenantQuerySet(Shelf)})


def test_a_model_with_an_automatic_through_table_is_refused() -> None:
    with pytest.raises(TypeError, match="through table"):
        type(
            "Leaky",
            (TenantModel,),
            {
                "__module__": "tests.shelf.models",
                "shelves": models.ManyToManyField(Shelf),
                "Meta": type("Meta", (), {"app_label": "shelf"}),
            },
        )


def test_raw_sql_through_a_model_is_refused() -> None:
    with pytest.raises(TypeError):
        Shelf.objects.raw("SELECT 1")
    with pytest.raises(TypeError):
        Shelf.objects.extra(where=["true"])
