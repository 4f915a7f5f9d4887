"""What every change to a record does: find the row, and write down what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.http import Http404

from practice import audit, clock
from practice.actors import Actor
from practice.models import AuditEvent, Practice
from practice.tenancy.base import TenantModel

_Row = TypeVar("_Row", bound=TenantModel)


def today_of(actor: Actor) -> dt.date:
    """The present date where the actor's practice is."""
    return clock.today(Practice.objects.get(pk=actor.practice_id))


def find(model: type[_Row], pk: int) -> _Row:
    """A row of the open practice; Http404 when not there. Whether it is the actor's to see, the caller asks."""
    found: _Row | None = model.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def refreshed(row: _Row) -> _Row:
    """The row as it is once what it hangs on is locked; Http404 when somebody removed it meanwhile."""
    return find(type(row), row.pk)


def fill(row: TenantModel, values: dict[str, Any]) -> None:
    """Sets the values on the row."""
    for name, value in values.items():
        setattr(row, name, value)


def save_new(action: str, actor: Actor, row: TenantModel, client_id: int | None = None) -> None:
    """Inserts the row and writes it down, with the client it is about."""
    row.save()
    audit.record(action, actor=actor, row=row, client_id=client_id, after=audit.snapshot(row))


def save_changed(
    action: str, actor: Actor, row: TenantModel, values: dict[str, Any], client_id: int | None = None
) -> None:
    """Changes the row and writes down what changed; nothing happens when nothing did.

    Of an encrypted value the trail says only that it changed.
    """
    before, sealed = audit.snapshot(row), _sealed(row, values)
    fill(row, values)
    was, became = audit.changes(before, audit.snapshot(row))
    if not became and not sealed:
        return
    row.save(update_fields=list(values))
    audit.record(action, actor=actor, row=row, client_id=client_id, before=was, after=became | sealed)


def remove(action: str, actor: Actor, row: TenantModel, client_id: int | None = None) -> None:
    """Deletes the row; what it said stands in the trail, from where `removed` takes it."""
    audit.record(action, actor=actor, row=row, client_id=client_id, before=audit.snapshot(row))
    row.delete()


def removed(action: str, model: type[_Row], pk: int) -> _Row:
    """The row as it was when it was removed, not saved; Http404 when the trail knows of no removal."""
    told = AuditEvent.objects.filter(action=action, kind=model._meta.label_lower, object_id=str(pk))
    event = told.order_by("-at").first()
    if event is None or event.before is None or model.objects.filter(pk=pk).exists():
        raise Http404
    columns = {field.attname: field for field in model._meta.concrete_fields}
    values = {name: columns[name].to_python(value) for name, value in event.before.items() if name in columns}
    return model(**values)


def _sealed(row: TenantModel, values: dict[str, Any]) -> dict[str, str]:
    fields = {field.name for field in row._meta.concrete_fields if getattr(field, "is_encrypted", False)}
    return {name: "changed" for name, value in values.items() if name in fields and getattr(row, name) != value}
