"""The one patch of Django: deletes by key also name their practice."""

from __future__ import annotations

from typing import Any

from django.db.models.sql.constants import GET_ITERATOR_CHUNK_SIZE
from django.db.models.sql.subqueries import DeleteQuery

from practice.tenancy.base import TenantModel
from practice.tenancy.expressions import CurrentPractice

_stock_delete_batch = DeleteQuery.delete_batch


def _delete_batch(self: Any, pk_list: list[Any], using: str) -> int:
    meta = self.get_meta()
    if not issubclass(meta.model, TenantModel):
        return _stock_delete_batch(self, pk_list, using)
    deleted = 0
    for start in range(0, len(pk_list), GET_ITERATOR_CHUNK_SIZE):
        self.clear_where()
        self.add_filter("practice_id", CurrentPractice())
        self.add_filter(f"{meta.pk.attname}__in", pk_list[start : start + GET_ITERATOR_CHUNK_SIZE])
        deleted += self.do_query(meta.db_table, self.where, using=using)
    return deleted


def install() -> None:
    """Puts the patch in place; called once when the app is ready."""
    DeleteQuery.delete_batch = _delete_batch  # type: ignore[method-assign]
