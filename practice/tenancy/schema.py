"""Gives each tenant model, as its class is made, what its table must have."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import models
from django.db.models.signals import class_prepared

from practice.tenancy.base import TenantModel
from practice.tenancy.constraints import CompositeForeignKey, RowSecurity
from practice.tenancy.fields import PracticeField, TenantForeignKey, TenantOneToOneField
from practice.tenancy.querysets import TenantManager
from practice.tenancy.walls import wall_of

_LONGEST_NAME = 63


def constraint_name(table: str, *parts: str) -> str:
    """A PostgreSQL name of at most 63 bytes, the same for the same parts."""
    name = "_".join((table, *parts))
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[: _LONGEST_NAME - 9]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def install() -> None:
    """Starts listening; called while the models module is imported, before the first tenant model."""
    class_prepared.connect(_complete, dispatch_uid="practice.tenancy.schema")


def _complete(sender: type[models.Model], **_: Any) -> None:
    if not issubclass(sender, TenantModel) or sender._meta.abstract or sender._meta.proxy:
        return
    _refuse_what_leaks(sender)
    meta = sender._meta
    if sender._meta.managed:
        meta.constraints = [*meta.constraints, *_constraints(sender)]
        meta.indexes = [*meta.indexes, *_indexes(sender)]
        meta.original_attrs |= {"constraints": meta.constraints, "indexes": meta.indexes}


def _refuse_what_leaks(model: type[TenantModel]) -> None:
    meta = model._meta
    if meta.parents:
        raise TypeError(f"{model.__name__}: multi-table inheritance splits a row over two tables.")
    if meta.local_many_to_many:
        raise TypeError(f"{model.__name__}: write the through table of a many-to-many relation as a model.")
    if type(meta.get_field("practice")) is not PracticeField:
        raise TypeError(f"{model.__name__} replaces the practice field.")
    for manager in (model._base_manager, model._default_manager):
        if not isinstance(manager, TenantManager):
            raise TypeError(f"{model.__name__} has a manager that does not keep practices apart.")


def _relations(model: type[TenantModel]) -> list[TenantForeignKey | TenantOneToOneField]:
    return [field for field in model._meta.local_fields if isinstance(field, TenantForeignKey | TenantOneToOneField)]


def _constraints(model: type[TenantModel]) -> list[models.BaseConstraint]:
    table = model._meta.db_table
    made: list[models.BaseConstraint] = []
    if model.referenced:
        made.append(models.UniqueConstraint(fields=["practice", "id"], name=constraint_name(table, "key")))
    for field in _relations(model):
        name = constraint_name(table, field.name, "same_practice")
        made.append(CompositeForeignKey(field=field.name, name=name))
        if isinstance(field, TenantOneToOneField):
            once = constraint_name(table, field.name, "once")
            made.append(models.UniqueConstraint(fields=["practice", field.name], name=once))
    mode = "journal" if model.journal else "append" if model.append_only else "rows"
    made.append(RowSecurity(name=constraint_name(table, "rls"), wall=wall_of(model._meta.label_lower), mode=mode))
    return made


def _indexes(model: type[TenantModel]) -> list[models.Index]:
    made = []
    for field in _relations(model):
        if isinstance(field, TenantForeignKey) and field.indexed:
            index = models.Index(fields=["practice", field.name])
            index.set_name_with_model(model)
            made.append(index)
    return made
