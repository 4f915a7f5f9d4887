"""What the services of the set-up share: finding and locking a row, recording what changed in it."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.http import Http404

from practice import audit
from practice.actors import Actor
from practice.setup.errors import SetupRefusedError, refuse_invalid
from practice.tenancy.base import TenantModel

Row = TypeVar("Row", bound=TenantModel)


def locked(model: type[Row], pk: int) -> Row:
    """The row of the open practice, held until the commit; Http404 when it is not there."""
    found = model.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def fill(row: models.Model, values: dict[str, Any]) -> None:
    """Writes the values into the row and lets the model's validators look at them."""
    for name, value in values.items():
        setattr(row, name, value)
    refuse_invalid(row, *values)


def save_new(row: models.Model, *, actor: Actor, action: str) -> None:
    """Saves a new row with its place in the trail."""
    row.save()
    audit.record(action, actor=actor, row=row, after=audit.snapshot(row))


def save_changed(row: models.Model, values: dict[str, Any], *, actor: Actor, action: str) -> None:
    """Fills, saves and records what became different; an encrypted value says only that it changed."""
    before = audit.snapshot(row)
    secret = {name for name in values if getattr(row._meta.get_field(name), "is_encrypted", False)}
    replaced = {name: "changed" for name in secret if getattr(row, name) != values[name]}
    fill(row, values)
    row.save(update_fields=list(values))
    was, became = audit.changes(before, audit.snapshot(row))
    if became or replaced:
        audit.record(action, actor=actor, row=row, before=was, after=became | replaced)


def refuse_taken_name(rows: models.QuerySet[Any], row: models.Model, sentence: str) -> None:
    """SetupRefusedError when another row of these has the name."""
    if rows.exclude(pk=row.pk).exists():
        raise SetupRefusedError(sentence, "name")
