"""What changes a connection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Final

from django.db import transaction

from billing.claims.batching import ring
from billing.clearinghouses.fetching import is_loopback
from billing.clearinghouses.layouts import LAYOUTS, Layout, layout_of
from billing.clearinghouses.polling import POLL
from billing.models import Connection, SendingTimes
from practice import audit, clock, due
from practice.actors import Actor
from practice.setup.errors import SetupRefusedError
from practice.setup.services import _common

CHECK: Final = "connection.check"
FACTS: Final = (
    "name", "layout", "host", "port", "username", "submitter_id", "receiver_id", "receiver_name", "usage",
    "removes_fetched", "claims_per_transaction",
)  # fmt: skip
_WHERE: Final = frozenset({"host", "port", "layout"})
_CONFIRMED: Final = frozenset({"host", "layout", "receiver_id"})
_API_USER: Final = "API key"


@transaction.atomic
def add_connection(*, actor: Actor, password: str = "", **facts: Any) -> Connection:
    """Adds a login, named in `FACTS`; the first one of a practice is the one claims leave through.

    SetupRefusedError for a name in use or a clearinghouse nobody knows.
    """
    actor.require("connections:edit")
    row = Connection(is_default=not Connection.objects.filter(is_default=True, is_active=True).exists())
    values = _checked(row, facts)
    if layout_of(values["layout"]).is_api and not password:
        raise SetupRefusedError("Enter the API key.", "password")
    _common.fill(row, values | _secret(password))
    _common.save_new(row, actor=actor, action="connection.added")
    look_at(row, actor)
    return row


@transaction.atomic
def change_connection(*, actor: Actor, connection_id: int, password: str = "", **facts: Any) -> Connection:
    """Changes a login; an empty password keeps the one there is. Another server must be trusted anew."""
    actor.require("connections:edit")
    row = own(connection_id)
    values = _checked(row, facts) | _secret(password)
    moved = {name for name, value in values.items() if getattr(row, name) != value}
    if moved & _WHERE:
        values |= {"host_key": "", "offered_host_key": ""}
    if moved & _CONFIRMED:
        values |= {"confirmed_at": None, "confirmed_by_name": ""}
    _common.save_changed(row, values, actor=actor, action="connection.changed")
    look_at(row, actor)
    return row


@transaction.atomic
def check_again(*, actor: Actor, connection_id: int) -> Connection:
    """Has a worker look whether the clearinghouse answers."""
    actor.require("connections:edit")
    row = own(connection_id)
    look_at(row, actor)
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
    look_at(row, actor)
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
    look_at(row, actor)
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
        look_at(row, actor)
    return row


@transaction.atomic
def choose_times(*, actor: Actor, times: Collection[dt.time]) -> SendingTimes | None:
    """Lets claims leave at these times of day; without any, after the delay. Batches that wait keep their time."""
    actor.require("connections:edit")
    row = SendingTimes.objects.select_for_update(no_key=True).first()
    before = [f"{one:%H:%M}" for one in row.times] if row else []
    after = sorted({f"{one:%H:%M}" for one in times})
    if row is None:
        row = SendingTimes.objects.create(times=sorted(set(times))) if times else None
    elif times:
        row.times = sorted(set(times))
        row.save(update_fields=["times"])
    else:
        row.delete()
        row = None
    audit.record("sending_times.chosen", actor=actor, before={"times": before}, after={"times": after})
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


@transaction.atomic
def confirm_layout(*, actor: Actor, connection_id: int) -> Connection:
    """A person saw the first file through: folders, receiver, names and limits are right."""
    actor.require("connections:edit")
    row = own(connection_id)
    values = {"confirmed_at": clock.now(), "confirmed_by_name": actor.name}
    _common.save_changed(row, values, actor=actor, action="connection.confirmed")
    return row


@transaction.atomic
def doubt_layout(*, actor: Actor, connection_id: int) -> Connection:
    """It is to be looked at again, as after a change at the clearinghouse."""
    actor.require("connections:edit")
    row = own(connection_id)
    values = {"confirmed_at": None, "confirmed_by_name": ""}
    _common.save_changed(row, values, actor=actor, action="connection.doubted")
    return row


def _secret(password: str) -> dict[str, Any]:
    """A password or API key that is set now; an empty one leaves what there is."""
    return {"password": password, "password_set_at": clock.now()} if password else {}


def own(connection_id: int) -> Connection:
    """One of the practice's own, locked: an organization's is changed by the organization."""
    row = _common.locked(Connection, connection_id)
    if row.through_id is not None:
        raise SetupRefusedError(f"{row.through_name} looks after this connection.")
    return row


def look_at(row: Connection, actor: Actor) -> None:
    """Has a worker look whether it answers."""
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
    layout = layout_of(values.get("layout", row.layout))
    return (
        values | {"name": name} | (_checked_api(row, layout, values) if layout.is_api else _checked_sftp(row, values))
    )


def _checked_api(row: Connection, layout: Layout, values: dict[str, Any]) -> dict[str, Any]:
    """An API is asked where it is and nowhere else: its key is worth as much as the claims."""
    if values.get("host", row.host) != layout.host:
        raise SetupRefusedError(f"{layout.name} is asked at {layout.host} and nowhere else.", "host")
    if values.get("port", row.port) != layout.port and not is_loopback(layout.host):
        raise SetupRefusedError(f"{layout.name} is asked at port {layout.port}.", "port")
    return {"username": _API_USER, "removes_fetched": False}


def _checked_sftp(row: Connection, values: dict[str, Any]) -> dict[str, Any]:
    if not values.get("username", row.username):
        raise SetupRefusedError("Enter the user name.", "username")
    return {}


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
