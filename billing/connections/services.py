"""What changes a connection."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from billing.claims.batching import ring
from billing.clearinghouses.layouts import LAYOUTS, layout_of
from billing.clearinghouses.polling import POLL
from billing.models import Connection
from practice import clock, due
from practice.actors import Actor
from practice.setup.errors import SetupRefusedError
from practice.setup.services import _common

CHECK: Final = "connection.check"
FACTS: Final = (
    "name", "layout", "host", "port", "username", "submitter_id", "receiver_id", "receiver_name", "usage",
)  # fmt: skip
_WHERE: Final = frozenset({"host", "port", "layout"})


@transaction.atomic
def add_connection(*, actor: Actor, password: str = "", **facts: Any) -> Connection:
    """Adds a login, named in `FACTS`; the first one of a practice is the one claims leave through.

    SetupRefusedError for a name in use or a clearinghouse nobody knows.
    """
    actor.require("connections:edit")
    row = Connection(is_default=not Connection.objects.filter(is_default=True, is_active=True).exists())
    _common.fill(row, _checked(row, facts) | {"password": password})
    _common.save_new(row, actor=actor, action="connection.added")
    _look_at(row, actor)
    return row


@transaction.atomic
def change_connection(*, actor: Actor, connection_id: int, password: str = "", **facts: Any) -> Connection:
    """Changes a login; an empty password keeps the one there is. Another server must be trusted anew."""
    actor.require("connections:edit")
    row = _common.locked(Connection, connection_id)
    values = _checked(row, facts) | ({"password": password} if password else {})
    if any(getattr(row, name) != values.get(name, getattr(row, name)) for name in _WHERE):
        values |= {"host_key": "", "offered_host_key": ""}
    _common.save_changed(row, values, actor=actor, action="connection.changed")
    _look_at(row, actor)
    return row


@transaction.atomic
def check_again(*, actor: Actor, connection_id: int) -> Connection:
    """Has a worker look whether the clearinghouse answers."""
    actor.require("connections:edit")
    row = _common.locked(Connection, connection_id)
    _look_at(row, actor)
    return row


@transaction.atomic
def trust_key(*, actor: Actor, connection_id: int) -> Connection:
    """Pins the key the server showed, which the person has compared; only that key is accepted from now on.

    From now on answers are fetched, round after round, until the connection is switched off.
    """
    actor.require("connections:edit")
    row = _common.locked(Connection, connection_id)
    if not row.offered_host_key:
        raise SetupRefusedError("The server has not shown its key yet. Check the connection first.")
    values = {"host_key": row.offered_host_key, "offered_host_key": ""}
    _common.save_changed(row, values, actor=actor, action="connection.key_trusted")
    _look_at(row, actor)
    due.plan(POLL, practice_id=actor.practice_id, object_id=row.pk, due_at=clock.now())
    return row


@transaction.atomic
def forget_key(*, actor: Actor, connection_id: int) -> Connection:
    """Trusts the key no longer, as when a clearinghouse announced a new one: the server is asked for what it offers."""
    actor.require("connections:edit")
    row = _common.locked(Connection, connection_id)
    if not row.host_key:
        raise SetupRefusedError("No key is trusted yet. Compare the one the server shows.")
    _common.save_changed(row, {"host_key": "", "offered_host_key": ""}, actor=actor, action="connection.key_forgotten")
    due.done(POLL, practice_id=actor.practice_id, object_id=row.pk)
    _look_at(row, actor)
    return row


@transaction.atomic
def switch_connection(*, actor: Actor, connection_id: int, is_active: bool) -> Connection:
    """Stops using a connection, or uses it again; what was sent stays."""
    actor.require("connections:edit")
    row = _common.locked(Connection, connection_id)
    taken = Connection.objects.filter(is_default=True, is_active=True).exclude(pk=row.pk).exists()
    values = {"is_active": is_active, "is_default": is_active and not taken}
    _common.save_changed(row, values, actor=actor, action="connection.switched")
    if is_active:
        _look_at(row, actor)
    return row


@transaction.atomic
def send_through(*, actor: Actor, connection_id: int) -> Connection:
    """Claims leave through this connection from now on; batches that wait keep theirs."""
    actor.require("connections:edit")
    row = _common.locked(Connection, connection_id)
    if not row.is_active:
        raise SetupRefusedError(f"{row.name} is switched off. Use it again first.")
    for other in Connection.objects.select_for_update().filter(is_default=True).exclude(pk=row.pk):
        _common.save_changed(other, {"is_default": False}, actor=actor, action="connection.changed")
    _common.save_changed(row, {"is_default": True}, actor=actor, action="connection.changed")
    return row


def _look_at(row: Connection, actor: Actor) -> None:
    row.checked_at = None
    row.save(update_fields=["checked_at"])
    due.plan(CHECK, practice_id=actor.practice_id, object_id=row.pk, due_at=clock.now())
    transaction.on_commit(lambda: ring(CHECK, actor.practice_id, row.pk), robust=True)


def _checked(row: Connection, facts: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {name: facts[name] for name in FACTS if name in facts}
    name = str(values.get("name", row.name)).strip()
    taken = Connection.objects.filter(name__iexact=name)
    _common.refuse_taken_name(taken, row, f"There is a connection called {name} already.")
    if values.get("layout", row.layout) not in LAYOUTS:
        raise SetupRefusedError("Choose a clearinghouse from the list.", "layout")
    return values | {"name": name}


def defaults_of(key: str) -> dict[str, Any]:
    """What is known of a clearinghouse before anybody typed anything."""
    layout = layout_of(key)
    return {
        "layout": layout.key,
        "name": layout.name,
        "host": layout.host,
        "port": layout.port,
        "receiver_id": layout.receiver_id,
        "receiver_name": layout.receiver_name,
    }
