"""Fetches what clearinghouses have for us: looks and fetches with no transaction open, stores each file in its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from billing.clearinghouses.layouts import layout_of
from billing.clearinghouses.opening import login_of, open_line
from billing.clearinghouses.protocol import ClearinghouseError, InboundRef, Login, refuse_inside_transaction
from billing.inbound import services as inbound
from billing.models import Connection, InboundFile
from practice import clock, due
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context

POLL: Final = "connection.poll"
AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Round:
    """One look: where, and what is known already by name and size."""

    login: Login
    known: frozenset[tuple[str, int]]
    again: dt.timedelta


@due.handles(POLL)
def poll(practice_id: int, object_id: str) -> None:
    """Fetches every file that is not here yet, and plans the next look. A failure is told on the connection."""
    refuse_inside_transaction()
    connection_id = int(object_id)
    found = _begin(practice_id, connection_id)
    if found is None:
        return
    try:
        trouble = _fetch_all(practice_id, connection_id, found)
    except ClearinghouseError as error:
        trouble = str(error)
    _end(practice_id, connection_id, trouble)


def _begin(practice_id: int, connection_id: int) -> Round | None:
    with transaction.atomic(), practice_context(practice_id, phi=True):
        connection = Connection.objects.filter(pk=connection_id, is_active=True).first()
        if connection is None:
            due.done(POLL, practice_id=practice_id, object_id=connection_id)
            return None
        again = dt.timedelta(seconds=layout_of(connection.layout).poll_seconds)
        due.plan(POLL, practice_id=practice_id, object_id=connection_id, due_at=clock.now() + again)
        known = InboundFile.objects.filter(connection=connection).values_list("name", "file__size")
        return Round(login_of(connection), frozenset(known), again)


def _fetch_all(practice_id: int, connection_id: int, found: Round) -> str:
    """What went wrong with single files, or nothing; one bad file does not keep the others."""
    trouble = ""
    with open_line(found.login) as line:
        new = [ref for ref in line.list_inbound() if (ref.name, ref.size) not in found.known]
        for ref in new[:AT_ONCE]:
            try:
                _keep(practice_id, connection_id, ref, line.fetch(ref))
            except ClearinghouseError as error:
                trouble = str(error)
    return trouble


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


def _end(practice_id: int, connection_id: int, trouble: str) -> None:
    with transaction.atomic(), practice_context(practice_id, phi=True):
        row = Connection.objects.select_for_update().filter(pk=connection_id).first()
        if row is None:
            return
        since = (row.trouble_since or clock.now()) if trouble else None
        row.last_polled_at, row.trouble, row.trouble_since = clock.now(), trouble, since
        row.save(update_fields=["last_polled_at", "trouble", "trouble_since"])
