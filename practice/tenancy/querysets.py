"""Querysets and managers that always name their practice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, Self, TypeVar

from django.db import models

from practice.tenancy import inserting
from practice.tenancy.context import WrongPracticeError, current
from practice.tenancy.expressions import CurrentPractice

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)
_OWNERSHIP = {"practice", "practice_id"}


class TenantQuerySet(models.QuerySet[_Row_co]):
    """Rows of the open practice. What would leave it, or move a row out of it, raises."""

    def update(self, **values: Any) -> int:
        """Updates by practice and key; a filter across relations becomes an inner query."""
        if _OWNERSHIP & values.keys():
            raise WrongPracticeError("A row never changes its practice.")
        return super(TenantQuerySet, self._without_joins()).update(**values)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """Deletes by practice and key; a filter across relations becomes an inner query."""
        return super(TenantQuerySet, self._without_joins()).delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        """Inserts rows of the open practice; WrongPracticeError for any other."""
        rows = list(objs)
        for row in rows:
            claim_for_current(row)
        return super().bulk_create(rows, *args, **options)

    def _insert(self, objs: Sequence[Any], fields: Sequence[Any], **options: Any) -> list[tuple[Any, ...]]:
        if len(objs) >= inserting.FEW and not options.get("raw"):
            with suppress(TypeError):
                return inserting.insert(self.model, objs, fields, **_asked(options | {"using": self.db}))
        inserted: list[tuple[Any, ...]] = super()._insert(objs, fields, **options)  # type: ignore[misc]
        return inserted

    def raw(self, *args: Any, **options: Any) -> Any:
        raise TypeError("Tenant rows are not read by raw SQL through a model.")

    def extra(self, *args: Any, **options: Any) -> Any:
        raise TypeError("Tenant rows are not read with extra().")

    def _without_joins(self) -> Self:
        query = self.query
        if not query.is_sliced and sum(1 for count in query.alias_refcount.values() if count) <= 1:
            return self
        outer = self.model._base_manager.using(self.db)
        return outer.filter(pk__in=self.order_by().values("pk"))  # type: ignore[return-value]


class TenantManager(models.Manager[_Row_co]):
    """The default and base manager of every tenant model."""

    _queryset_class = TenantQuerySet

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        made_by_django = cls.__module__.startswith("django.db.models.")
        if "get_queryset" in cls.__dict__ and not made_by_django:
            raise TypeError(f"{cls.__name__} overrides get_queryset, which keeps practices apart.")

    def get_queryset(self) -> models.QuerySet[_Row_co]:
        return super().get_queryset().filter(practice_id=CurrentPractice())


def _asked(options: dict[str, Any]) -> dict[str, Any]:
    return {
        "using": options["using"],
        "returning": options.get("returning_fields") or (),
        "on_conflict": options.get("on_conflict"),
        "updated": options.get("update_fields") or (),
        "unique": options.get("unique_fields") or (),
    }


def claim_for_current(row: Any) -> None:
    """Makes a new row the open practice's own; WrongPracticeError when it already is another's."""
    practice_id = current().practice_id
    if row.practice_id is None:
        row.practice_id = practice_id
    if row.practice_id != practice_id:
        raise WrongPracticeError(
            f"A row of practice {row.practice_id} cannot be written while practice {practice_id} is open."
        )
