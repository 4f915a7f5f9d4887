"""What PostgreSQL itself enforces on a tenant table, written by makemigrations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import BaseConstraint

from practice.tenancy import policy_sql


class _TableStatement(BaseConstraint):
    """A constraint made by statements of its own after the table exists."""

    def constraint_sql(self, model: Any, schema_editor: Any) -> None:  # type: ignore[override]
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def validate(self, *args: Any, **options: Any) -> None:
        """Nothing to ask before saving: PostgreSQL refuses what does not fit."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((type(self), self.name))


class CompositeForeignKey(_TableStatement):
    """(practice_id, x_id) → (practice_id, id): PostgreSQL's own foreign-key checks ignore row-level security.

    Columns in `also` are copies of the other row's, which has a unique key that ends with them: at every commit they
    are equal.
    """

    def __init__(self, *, field: str, name: str, also: Sequence[str] = ()) -> None:
        super().__init__(name=name)
        self.field = field
        self.also = tuple(also)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, options = super().deconstruct()
        return path, args, options | {"field": self.field} | ({"also": self.also} if self.also else {})

    def constraint_sql(self, model: Any, schema_editor: Any) -> None:  # type: ignore[override]
        self.create_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> None:  # type: ignore[override]
        """Waits for the migration's end: the other table's key may be among its later operations."""
        quote = schema_editor.quote_name
        field = model._meta.get_field(self.field)
        table, target = model._meta.db_table, field.remote_field.model._meta.db_table
        copies = "".join(f", {quote(column)}" for column in self.also)
        schema_editor.deferred_sql.append(
            f"ALTER TABLE {quote(table)} ADD CONSTRAINT {quote(self.name)}"
            f" FOREIGN KEY (practice_id, {quote(field.column)}{copies})"
            f" REFERENCES {quote(target)} (practice_id, id{copies}) DEFERRABLE INITIALLY DEFERRED"
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"


class RowSecurity(_TableStatement):
    """Row-level security with its policies and grants.

    `wall` is the narrowest setting the table needs (practice, phi, psychotherapy, rates). `mode` is `rows`
    (read and write), `append` (read and insert) or `journal` (insert by practice, read by the wall).
    """

    def __init__(self, *, name: str, wall: str, mode: str = "rows") -> None:
        super().__init__(name=name)
        self.wall = wall
        self.mode = mode

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, options = super().deconstruct()
        return path, args, options | {"wall": self.wall, "mode": self.mode}

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return policy_sql.enable(table, self.wall, self.mode)

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return policy_sql.disable(schema_editor.quote_name(model._meta.db_table), self.mode)
