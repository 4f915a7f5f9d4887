"""What every change to a client's record does: find and lock the client, and write down what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.http import Http404

from clients.errors import ClientRefusedError
from clients.models import Client
from clients.policies import visible_clients
from practice import audit, clock
from practice.actors import Actor
from practice.models import AuditEvent, Practice
from practice.tenancy.base import TenantModel

_Row = TypeVar("_Row", bound=TenantModel)


def today_of(actor: Actor) -> dt.date:
    """The present date where the actor's practice is."""
    return clock.today(Practice.objects.get(pk=actor.practice_id))


def locked(actor: Actor, client_id: int) -> Client:
    """The client, locked: whoever changes the record of one client waits for the other. Http404 when not theirs."""
    found = visible_clients(actor).select_for_update(of=("self",), no_key=True).filter(pk=client_id).first()
    if found is None:
        raise Http404
    return found


def find(model: type[_Row], pk: int) -> _Row:
    """A row of a record; Http404 when not there. Whether its client is the actor's, `locked` asks."""
    found: _Row | None = model.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def refreshed(row: _Row) -> _Row:
    """The row as it is once its client is locked; Http404 when somebody removed it meanwhile."""
    return find(type(row), row.pk)


def save_new(action: str, actor: Actor, row: TenantModel, client_id: int | None = None) -> None:
    """Inserts the row and writes it down; without `client_id` the row is the client."""
    row.save()
    audit.record(action, actor=actor, row=row, client_id=client_id or row.pk, after=audit.snapshot(row))


def save_changed(action: str, actor: Actor, row: TenantModel, values: dict[str, Any], client_id: int) -> None:
    """Changes the row and writes down what changed; nothing happens when nothing did."""
    before = audit.snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    was, became = audit.changes(before, audit.snapshot(row))
    if not became:
        return
    row.save(update_fields=list(values))
    audit.record(action, actor=actor, row=row, client_id=client_id, before=was, after=became)


def remove(action: str, actor: Actor, row: TenantModel, client_id: int) -> None:
    """Deletes the row; what it said stands in the trail, from where `put_back` takes it."""
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


def refuse_reversed(first: dt.date | None, last: dt.date | None, sentence: str, field: str) -> None:
    """ClientRefusedError when the second date lies before the first."""
    if first is not None and last is not None and last < first:
        raise ClientRefusedError(sentence, field)
