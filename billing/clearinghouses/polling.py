"""Fetches what clearinghouses have for us: looks and fetches with no transaction open, stores each file in its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from billing.clearinghouses.layouts import layout_of
from billing.clearinghouses.opening import login_of, open_line
from billing.clearinghouses.protocol import ClearinghouseError, InboundRef, Login, refuse_inside_transaction
from billing.inbound import services as inbound
from billing.models import Connection, InboundFile
from practice import clock, due, files
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context

POLL: Final = "connection.poll"
AT_ONCE: Final = 200
LONGEST: Final = dt.timedelta(minutes=5)  # longer than a worker may take, so that two do not look at once


@dataclass(frozen=True, slots=True)
class Round:
    """One look: where, and when to look again."""

    login: Login
    again: dt.timedelta


@due.handles(POLL)
def poll(practice_id: int, object_id: str) -> None:
    """Fetches every file that is not here yet, and plans the next look. A failure is told on the connection.

    Planned anew before it looks: a worker that dies on the way is followed by another.
    """
    refuse_inside_transaction()
    connection_id = int(object_id)
    found = _begin(practice_id, connection_id)
    if found is None:
        return
    try:
        trouble = _fetch_all(practice_id, connection_id, found)
    except ClearinghouseError as error:
        trouble = str(error)
    _end(practice_id, connection_id, trouble, found.again)


def _begin(practice_id: int, connection_id: int) -> Round | None:
    with transaction.atomic(), practice_context(practice_id, phi=True):
        connection = Connection.objects.filter(pk=connection_id, is_active=True).first()
        if connection is None or not connection.host_key:
            due.done(POLL, practice_id=practice_id, object_id=connection_id)
            return None
        again = dt.timedelta(seconds=layout_of(connection.layout).poll_seconds)
        due.plan(POLL, practice_id=practice_id, object_id=connection_id, due_at=clock.now() + LONGEST)
        return Round(login_of(connection), again)


def _fetch_all(practice_id: int, connection_id: int, found: Round) -> str:
    """What went wrong with single files, or nothing; one bad file does not keep the others."""
    trouble = ""
    with open_line(found.login) as line:
        for ref in _new(practice_id, connection_id, line.list_inbound())[:AT_ONCE]:
            try:
                _keep(practice_id, connection_id, ref, _whole(ref, line.fetch(ref)))
            except ClearinghouseError as error:
                trouble = str(error)
            except files.FileRefusedError as error:
                trouble = f"{ref.name} is not kept. {error}"
    return trouble


def _new(practice_id: int, connection_id: int, refs: Sequence[InboundRef]) -> list[InboundRef]:
    """The files that are not here yet, by name and size."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        rows = InboundFile.objects.filter(connection=connection_id, name__in=[ref.name for ref in refs])
        known = set(rows.values_list("name", "file__size"))
    return [ref for ref in refs if (ref.name, ref.size) not in known]


def _whole(ref: InboundRef, content: bytes) -> bytes:
    """The bytes, unless the file changed while it was fetched: then the next round takes it."""
    if len(content) != ref.size:
        raise ClearinghouseError(f"{ref.name} is still being written. It is fetched with the next look.")
    return content


def _keep(practice_id: int, connection_id: int, ref: InboundRef, content: bytes) -> None:
    with transaction.atomic(), practice_context(practice_id, phi=True):
        connection = Connection.objects.get(pk=connection_id)
        inbound.receive(
            content,
            name=ref.name,
            source=InboundFile.Source.CONNECTION,
            connection=connection,
            actor=Actor.system(practice_id),
            practice=Practice.objects.get(pk=practice_id),
        )


def _end(practice_id: int, connection_id: int, trouble: str, again: dt.timedelta) -> None:
    with transaction.atomic(), practice_context(practice_id, phi=True):
        row = Connection.objects.select_for_update(no_key=True).filter(pk=connection_id).first()
        if row is None or not row.is_active or not row.host_key:
            due.done(POLL, practice_id=practice_id, object_id=connection_id)
            return
        since = (row.trouble_since or clock.now()) if trouble else None
        row.last_polled_at, row.trouble, row.trouble_since = clock.now(), trouble, since
        row.save(update_fields=["last_polled_at", "trouble", "trouble_since"])
        due.plan(POLL, practice_id=practice_id, object_id=connection_id, due_at=clock.now() + again)
