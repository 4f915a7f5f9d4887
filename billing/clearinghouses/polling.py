"""Fetches what clearinghouses have for us: looks and fetches with no transaction open, stores each file in its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from billing.clearinghouses.layouts import layout_of
from billing.clearinghouses.opening import is_trusted, login_of, open_line
from billing.clearinghouses.protocol import (
    Clearinghouse,
    ClearinghouseError,
    InboundRef,
    Login,
    refuse_inside_transaction,
)
from billing.inbound import services as inbound
from billing.models import Connection, ConnectionState, InboundFile
from practice import clock, due, files
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context

POLL: Final = "connection.poll"
AT_ONCE: Final = 200
LONGEST: Final = dt.timedelta(minutes=5)  # longer than a worker may take, so that two do not look at once


@dataclass(frozen=True, slots=True)
class Round:
    """One look: where, from where on, when to look again, and whether to delete there what is read here."""

    login: Login
    again: dt.timedelta
    cursor: str = ""
    removes: bool = False


@dataclass(slots=True)
class Found:
    """What a look came to: whether anybody answered, and what went wrong."""

    answered: bool = False
    trouble: str = ""


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
    seen = Found()
    try:
        with open_line(found.login) as line:
            _fetch_all(practice_id, connection_id, found, line, seen)
    except ClearinghouseError as error:
        seen.trouble = str(error)
    _end(practice_id, connection_id, seen, found.again)


def _begin(practice_id: int, connection_id: int) -> Round | None:
    with transaction.atomic(), practice_context(practice_id, phi=True):
        connection = Connection.objects.filter(pk=connection_id, is_active=True).first()
        if connection is None or connection.through_id or not is_trusted(connection):
            due.done(POLL, practice_id=practice_id, object_id=connection_id)
            return None
        again = dt.timedelta(seconds=layout_of(connection.layout).poll_seconds)
        due.plan(POLL, practice_id=practice_id, object_id=connection_id, due_at=clock.now() + LONGEST)
        state = ConnectionState.objects.filter(practice_id=practice_id, connection_id=connection_id).first()
        cursor = state.cursor if state else ""
        return Round(login_of(connection), again, cursor, connection.removes_fetched)


def _fetch_all(practice_id: int, connection_id: int, found: Round, line: Clearinghouse, seen: Found) -> None:
    """Keeps every file that is new; one bad file does not keep the others, but the cursor stays before it."""
    refs = line.list_inbound(found.cursor)
    seen.answered = True
    new = _new(practice_id, connection_id, refs)
    cursor = ""
    for ref in new[:AT_ONCE]:
        try:
            _keep(practice_id, connection_id, ref, _whole(ref, line.fetch(ref)))
        except ClearinghouseError as error:
            seen.trouble = str(error)
        except files.FileRefusedError as error:
            seen.trouble = f"{ref.name} is not kept. {error}"
        cursor = cursor if seen.trouble else ref.cursor
    whole = not seen.trouble and len(new) <= AT_ONCE
    _remember(practice_id, connection_id, refs[-1].cursor if refs and whole else cursor)
    if found.removes:
        for ref in _read_already(practice_id, connection_id, refs):
            line.remove(ref)


def _remember(practice_id: int, connection_id: int, cursor: str) -> None:
    """Where the next look goes on; nothing is changed without a cursor."""
    if cursor:
        ConnectionState.objects.update_or_create(
            practice_id=practice_id, connection_id=connection_id, defaults={"cursor": cursor}
        )


def _read_already(practice_id: int, connection_id: int, refs: Sequence[InboundRef]) -> list[InboundRef]:
    """Those whose bytes are stored and read, whatever stood in them; what nobody could read stays there."""
    done = (InboundFile.Status.READ, InboundFile.Status.DUPLICATE)
    with transaction.atomic(), practice_context(practice_id, phi=True):
        rows = InboundFile.objects.filter(
            connection=connection_id, name__in=[ref.name for ref in refs], status__in=done
        )
        known = set(rows.values_list("name", "file__size"))
    return [ref for ref in refs if (ref.name, ref.size) in known]


def _new(practice_id: int, connection_id: int, refs: Sequence[InboundRef]) -> list[InboundRef]:
    """The files that are not here yet, by name and size; by name alone where the size is not said."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        rows = InboundFile.objects.filter(connection=connection_id, name__in=[ref.name for ref in refs])
        known = set(rows.values_list("name", "file__size"))
    names = {name for name, _ in known}
    return [
        ref for ref in refs if ((ref.name, ref.size) not in known if ref.size is not None else ref.name not in names)
    ]


def _whole(ref: InboundRef, content: bytes) -> bytes:
    """The bytes, unless the file changed while it was fetched: then the next round takes it."""
    if ref.size is not None and len(content) != ref.size:
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


def _end(practice_id: int, connection_id: int, seen: Found, again: dt.timedelta) -> None:
    with transaction.atomic(), practice_context(practice_id, phi=True):
        row = Connection.objects.select_for_update(no_key=True).filter(pk=connection_id).first()
        if row is None or not row.is_active or not is_trusted(row):
            due.done(POLL, practice_id=practice_id, object_id=connection_id)
            return
        since = (row.trouble_since or clock.now()) if seen.trouble else None
        row.last_polled_at, row.trouble, row.trouble_since = clock.now(), seen.trouble[:300], since
        row.last_contact_at = clock.now() if seen.answered else row.last_contact_at
        row.save(update_fields=["last_polled_at", "trouble", "trouble_since", "last_contact_at"])
        due.plan(POLL, practice_id=practice_id, object_id=connection_id, due_at=clock.now() + again)
