"""Writes the audit trail: one row for each change, read of a client's record, export and denial."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import models

from practice import clock
from practice.actors import Actor
from practice.models import AuditEvent
from practice.tenancy.inserting import insert_rows

_UNSAID = frozenset({"practice", "practice_id"})


class Event(NamedTuple):
    """What an AuditEvent holds, its practice apart: a tuple, since a click writes thousands."""

    id: uuid.UUID
    at: dt.datetime
    actor_id: int | None
    actor_name: str
    action: str
    result: str
    kind: str
    object_id: str
    client_id: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    request_id: str
    ip: str | None


def record(
    action: str,
    *,
    actor: Actor,
    row: models.Model | None = None,
    client_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    result: str = AuditEvent.Result.DONE,
) -> uuid.UUID:
    """Adds one event in the caller's transaction; its id. `action` is `thing.verb`, for example `client.viewed`."""
    made = event(action, actor=actor, row=row, client_id=client_id, before=before, after=after, result=result)
    record_many([made])
    return made.id


def event(
    action: str,
    *,
    actor: Actor,
    row: models.Model | None = None,
    client_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    result: str = AuditEvent.Result.DONE,
) -> Event:
    """An event that is not saved yet, for `record_many`."""
    return Event(
        id=uuid.uuid4(),
        at=clock.now(),
        actor_id=actor.user_id,
        actor_name=actor.name,
        action=action,
        result=result,
        kind=row._meta.label_lower if row is not None else "",
        object_id=str(row.pk) if row is not None else "",
        client_id=client_id,
        before=before,
        after=after,
        request_id=actor.request_id,
        ip=actor.ip,
    )


def record_many(events: Iterable[Event]) -> None:
    """Adds events in one statement."""
    insert_rows(AuditEvent, Event._fields, events)


def snapshot(row: models.Model, fields: Iterable[str] | None = None) -> dict[str, Any]:
    """The plain values of a row for `before` and `after`. Encrypted fields say only whether they are filled."""
    chosen = set(fields) if fields is not None else None
    return {
        field.attname: _plain(field, row)
        for field in row._meta.concrete_fields
        if field.attname not in _UNSAID and (chosen is None or field.name in chosen or field.attname in chosen)
    }


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two snapshots without what stayed the same."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}


def _plain(field: models.Field[Any, Any], row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if getattr(field, "is_encrypted", False):
        return "filled" if value else ""
    return value
