"""The practice as SQL: read when a statement is compiled, not when a queryset is built."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, Expression

from practice.tenancy.context import current


class CurrentPractice(Expression):
    """The id of the practice whose context is open; compiling without one raises NoPracticeContextError."""

    def __init__(self) -> None:
        super().__init__(output_field=BigIntegerField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[int, ...]]:
        return "%s", (current().practice_id,)
