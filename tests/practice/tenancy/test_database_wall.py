"""The second wall: PostgreSQL itself, read from its catalog and tried by raw SQL as app_web."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction

from practice.tenancy import shared
from practice.tenancy.base import TenantModel
from practice.tenancy.walls import PRACTICE, PSYCHOTHERAPY, RATES, wall_of
from tests.people import Cast
from tests.shelf.models import Book, Shelf

pytestmark = pytest.mark.django_db

TENANT_MODELS = [model for model in apps.get_models() if issubclass(model, TenantModel)]
TABLES = """
    SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner),
           EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'practice_id' AND a.attnum > 0)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""


def rows(sql: str, *params: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def test_tests_run_on_the_test_database_as_the_restricted_role() -> None:
    [(database, user, is_super, bypasses)] = rows(
        "SELECT current_database(), current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    assert database.startswith("test_")
    assert (user, is_super, bypasses) == ("app_web", False, False)


def test_every_table_is_a_tenant_table_or_in_a_constant_list() -> None:
    tenant = {model._meta.db_table for model in TENANT_MODELS}
    known_shared = set(shared.REFERENCE) | set(shared.LOCAL)
    for table, _, _, owner, _ in rows(TABLES):
        assert (table in tenant) != (table in known_shared), f"{table} is neither or both"
        assert owner == "app_owner"


def test_every_tenant_table_has_forced_row_security_with_one_policy_per_command() -> None:
    facts = {row[0]: row for row in rows(TABLES)}
    for model in TENANT_MODELS:
        table = model._meta.db_table
        assert facts[table][1:3] == (True, True), f"{table} has no forced row-level security"
        wall = wall_of(model._meta.label_lower)
        expected = _expected_policies(model)
        found = rows(
            "SELECT policyname, permissive, roles::text[], cmd, qual, with_check FROM pg_policies WHERE tablename = %s",
            table,
        )
        assert sorted((name, roles[0], command) for name, _, roles, command, _, _ in found) == expected
        for name, permissive, _, command, using, check in found:
            assert permissive == "PERMISSIVE"
            if name == "owner":
                continue
            setting = "practice" if model.journal and command == "INSERT" else wall
            for condition in filter(None, (using, check)):
                assert condition.count("current_setting") == 1
                assert f"'app.{setting}'" in condition


def _expected_policies(model: type[TenantModel]) -> list[tuple[str, str, str]]:
    if model.append_only or model.journal:
        return [("owner", "app_owner", "ALL"), ("web_add", "app_web", "INSERT"), ("web_read", "app_web", "SELECT")]
    return [("owner", "app_owner", "ALL"), ("web", "app_web", "ALL")]


def test_the_walls_name_only_models_that_exist_and_say_why() -> None:
    labels = {model._meta.label_lower for model in TENANT_MODELS}
    for label, reason in (PRACTICE | RATES | PSYCHOTHERAPY).items():
        assert label in labels, f"{label} does not exist"
        assert reason.endswith(".")


def test_the_web_role_has_exactly_the_grants_of_its_lists() -> None:
    granted: dict[str, set[str]] = {}
    for table, privilege in rows(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = 'app_web'"
    ):
        granted.setdefault(table, set()).add(privilege)
    for model in TENANT_MODELS:
        append = model.append_only or model.journal
        expected = {"SELECT", "INSERT"} if append else {"SELECT", "INSERT", "UPDATE", "DELETE"}
        assert granted.pop(model._meta.db_table) == expected
    existing = set(connection.introspection.table_names())
    for table, privileges in (shared.REFERENCE | shared.LOCAL).items():
        if table in existing:
            assert granted.pop(table) == set(privileges.split(", "))
    assert granted == {}


def test_no_table_is_written_without_a_context(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        Shelf.objects.create(name="Top")
        assert rows("SELECT count(*) FROM shelf_shelf") == [(1,)]
    assert rows("SELECT count(*) FROM shelf_shelf") == [(0,)]
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        rows("INSERT INTO shelf_shelf (name, practice_id) VALUES ('x', %s) RETURNING id", people.fernhollow.pk)


def test_raw_sql_inside_one_practice_sees_no_other(people: Cast, inside: Any) -> None:
    for practice in (people.fernhollow, people.rivermark):
        with inside(practice):
            Shelf.objects.create(name=practice.slug)
    with inside(people.fernhollow):
        assert rows("SELECT name FROM shelf_shelf") == [("fernhollow",)]
        with connection.cursor() as cursor:
            cursor.execute("UPDATE shelf_shelf SET name = 'seen'")
            assert cursor.rowcount == 1


def test_without_phi_a_client_table_is_empty(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        Shelf.objects.create(name="Top")
    with inside(people.fernhollow, phi=False):
        assert rows("SELECT count(*) FROM shelf_shelf") == [(0,)]


def test_a_row_cannot_point_into_another_practice(people: Cast, inside: Any) -> None:
    with inside(people.rivermark):
        theirs = Shelf.objects.create(name="Theirs")
    with pytest.raises(IntegrityError, match="same_practice"), inside(people.fernhollow):  # noqa: PT012
        Book.objects.create(shelf_id=theirs.pk, title="Spy")
        rows("SET CONSTRAINTS ALL IMMEDIATE")


def test_tenant_relations_are_composite_and_uniques_start_with_the_practice() -> None:
    for table, definition in rows(
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype IN ('f', 'u') AND connamespace = 'public'::regnamespace AND conparentid = 0"
    ):
        if table not in {model._meta.db_table for model in TENANT_MODELS}:
            continue
        target = definition.split("REFERENCES ")[1].split("(")[0] if "REFERENCES" in definition else ""
        if target in shared.REFERENCE:
            continue
        assert "(practice_id" in definition, f"{table}: {definition}"


def test_no_shared_table_points_to_a_tenant_table() -> None:
    tenant = {model._meta.db_table for model in TENANT_MODELS}
    for table, target in rows(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
    ):
        assert table in tenant or target not in tenant, f"{table} points to {target}"
    local = set(shared.LOCAL)
    for table, target in rows(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
    ):
        assert not (table in tenant and target in local), f"{table} points to {target}"


def test_indexes_of_tenant_tables_start_with_the_practice() -> None:
    tenant = {model._meta.db_table for model in TENANT_MODELS}
    for table, name, primary, definition in rows(
        "SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, i.indisprimary, pg_get_indexdef(i.indexrelid)"
        " FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE NOT c.relispartition"
    ):
        if table in tenant and not primary:
            assert "(practice_id" in definition, f"{name}: {definition}"


def test_views_ask_as_their_reader_and_no_materialized_view_is_granted() -> None:
    assert (
        rows(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'"
            " AND (relkind = 'm' OR (relkind = 'v' AND NOT coalesce(reloptions @> '{security_invoker=true}', false)))"
        )
        == []
    )


def test_the_web_role_cannot_update_or_delete_what_is_never_changed(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        for statement in ("UPDATE practice_auditevent SET action = 'x'", "DELETE FROM practice_auditevent"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                rows(statement)


def test_the_web_role_can_make_no_table_and_empty_none() -> None:
    for statement in ("CREATE TABLE mine (id int)", "TRUNCATE shelf_shelf"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows(statement)
