"""The base of every tenant model."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, final

from django.db import models

from practice.tenancy.fields import PracticeField
from practice.tenancy.querysets import TenantManager, claim_for_current

_GUARDED = ("save", "_do_update", "validate_constraints", "practice", "_base_manager")


class TenantModel(models.Model):
    """A row that belongs to one practice.

    `referenced` says whether other tenant tables may point to it (it then has a unique key on practice and
    id); tables of many rows that nothing points to switch it off. `append_only` rows can never be updated or
    deleted by the web role. `journal` rows can be written by every context and read only with `phi`.
    """

    referenced: ClassVar[bool] = True
    append_only: ClassVar[bool] = False
    journal: ClassVar[bool] = False

    practice = PracticeField()

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name in _GUARDED:
            if name in cls.__dict__:
                raise TypeError(f"{cls.__name__} overrides {name}, which keeps practices apart.")

    @final
    def save(self, *args: Any, **options: Any) -> None:
        """Inserts a new row, or updates an existing one by practice and id; never turns one into the other."""
        claim_for_current(self)
        options["force_insert" if self._state.adding else "force_update"] = True
        super().save(*args, **options)

    @final
    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *rest: Any) -> Any:
        kept = [value for value in values if value[0].name != "practice"]
        return super()._do_update(base_qs, using, pk_val, kept, *rest)

    @final
    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Checks unique constraints although the practice is no form field."""
        super().validate_constraints(exclude=set(exclude or ()) - {"practice"})
