"""Looks whether a clearinghouse answers, with which key, and whether it lets us in: a worker's job in three steps."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from billing.claims import sending
from billing.clearinghouses.layouts import layout_of
from billing.clearinghouses.opening import is_trusted, login_of, open_line
from billing.clearinghouses.polling import POLL
from billing.clearinghouses.protocol import ClearinghouseError, Login, refuse_inside_transaction
from billing.clearinghouses.sftp import offered_key
from billing.connections.services import CHECK
from billing.models import Connection
from practice import clock, due
from practice.actors import Actor
from practice.tenancy.context import practice_context


@dataclass(frozen=True, slots=True)
class Seen:
    """What the look found: a key nobody trusts yet, or trouble in words, or neither."""

    offered: str = ""
    trouble: str = ""


@due.handles(CHECK)
def check(practice_id: int, object_id: str) -> None:
    """Checks one connection and writes down what was seen."""
    refuse_inside_transaction()
    connection_id = int(object_id)
    with transaction.atomic(), practice_context(practice_id):
        row = Connection.objects.filter(pk=connection_id).first()
        login = login_of(row) if row and row.through_id is None else None
    seen = _look(login) if login else Seen()
    with transaction.atomic(), practice_context(practice_id, phi=True):
        due.done(CHECK, practice_id=practice_id, object_id=object_id)
        row = Connection.objects.select_for_update().filter(pk=connection_id).first()
        if row is not None and login == login_of(row):
            _write_down(row, seen)
            if row.is_active and is_trusted(row) and not seen.trouble:
                _go_on(row)


def _go_on(row: Connection) -> None:
    """It works: answers are fetched, and what waits is sent."""
    due.plan(POLL, practice_id=row.practice_id, object_id=row.pk, due_at=clock.now())
    sending.go_on(row, actor=Actor.system(row.practice_id))


def _look(login: Login) -> Seen:
    try:
        if not login.host_key and not layout_of(login.layout).is_api:
            return Seen(offered=offered_key(login.host, login.port))
        with open_line(login) as line:
            line.list_inbound()
    except ClearinghouseError as error:
        return Seen(trouble=str(error))
    return Seen()


def _write_down(row: Connection, seen: Seen) -> None:
    row.checked_at, row.offered_host_key, row.trouble = clock.now(), seen.offered, seen.trouble
    row.trouble_since = (row.trouble_since or clock.now()) if seen.trouble else None
    row.last_contact_at = row.last_contact_at if seen.trouble else clock.now()
    row.save(update_fields=["checked_at", "offered_host_key", "trouble", "trouble_since", "last_contact_at"])
