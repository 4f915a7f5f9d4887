"""The columns every tenant row has, and the relations between tenant rows."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from django.db.models.sql.where import AND, WhereNode

from practice.tenancy.context import current_or_none
from practice.tenancy.expressions import CurrentPractice


def _all(condition: Any) -> WhereNode:
    return WhereNode([condition], AND)


class PracticeField(models.ForeignKey):  # type: ignore[type-arg]
    """Whose row it is. Filled from the open context, set once, never shown in a form."""

    def __init__(self, **options: Any) -> None:
        options |= {
            "to": "practice.Practice",
            "on_delete": models.PROTECT,
            "related_name": "+",
            "db_index": False,
            "editable": False,
        }
        super().__init__(**options)

    def get_default(self) -> int | None:
        context = current_or_none()
        return context.practice_id if context else None

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _, _ = super().deconstruct()
        return name, path, [], {}


class _WithinPractice:
    """A relation that stays inside one practice: joins compare practice_id on both sides.

    The database constraint is composite (see CompositeForeignKey), and so is the index, hence neither of
    Django's own.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, *, indexed: bool = True, **options: Any) -> None:
        if on_delete not in {models.PROTECT, models.CASCADE, models.RESTRICT}:
            raise TypeError("A tenant relation protects, restricts or cascades; it never sets a column to NULL.")
        self.indexed = indexed
        options |= {"db_constraint": False, "db_index": False}
        super().__init__(to, on_delete, **options)  # type: ignore[call-arg]

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()  # type: ignore[misc]
        for implied in ("db_constraint", "db_index"):
            options.pop(implied, None)
        if not self.indexed:
            options["indexed"] = False
        return name, path, args, options

    def get_extra_restriction(self, alias: str | None, related_alias: str) -> WhereNode:
        """ "practice_id equal on both sides" of a join; the literal practice where Django trims the join away."""
        here = self.model._meta.get_field("practice")  # type: ignore[attr-defined]
        there = self.remote_field.model._meta.get_field("practice")  # type: ignore[attr-defined]
        if alias is None:
            return _all(Exact(Col(related_alias, here), CurrentPractice()))
        return _all(Exact(Col(alias, there), Col(related_alias, here)))


class TenantForeignKey(_WithinPractice, models.ForeignKey):  # type: ignore[type-arg]
    """A foreign key from one tenant table to another."""


class TenantOneToOneField(_WithinPractice, models.OneToOneField):  # type: ignore[type-arg]
    """A one-to-one relation between tenant tables; unique within the practice by the model's constraint."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        super().__init__(to, on_delete, indexed=False, **options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        options.pop("indexed", None)
        return name, path, args, options

    @property
    def unique(self) -> bool:
        """False: Django would make a unique index without the practice; the model's constraint names both."""
        return False
