"""Keys with which a connection logs in over SSH: made, pasted, given up. What is secret is never shown again."""

from __future__ import annotations

from django.db import transaction

from billing.clearinghouses import keys
from billing.clearinghouses.layouts import layout_of
from billing.connections.services import look_at, own
from billing.models import Connection
from practice import clock
from practice.actors import Actor
from practice.setup.errors import SetupRefusedError
from practice.setup.services import _common


@transaction.atomic
def make_key(*, actor: Actor, connection_id: int) -> Connection:
    """Makes a key pair to log in with; the clearinghouse is given the public half."""
    actor.require("connections:edit")
    row = _over_sftp(connection_id)
    _use_key(row, keys.made(f"caseload {row.name}"), actor, "connection.key_made")
    return row


@transaction.atomic
def paste_key(*, actor: Actor, connection_id: int, private_key: str) -> Connection:
    """Takes over a key the clearinghouse knows already; SetupRefusedError when it is none or closed by a passphrase."""
    actor.require("connections:edit")
    row = _over_sftp(connection_id)
    try:
        pair = keys.pasted(private_key)
    except keys.KeyRefusedError as error:
        raise SetupRefusedError(str(error), "private_key") from error
    _use_key(row, pair, actor, "connection.key_pasted")
    return row


@transaction.atomic
def drop_key(*, actor: Actor, connection_id: int) -> Connection:
    """Logs in with the password alone; SetupRefusedError without one."""
    actor.require("connections:edit")
    row = _over_sftp(connection_id)
    if not row.password:
        raise SetupRefusedError("There is no password to log in with. Set one first.")
    values = {"private_key": "", "public_key": "", "key_set_at": None}
    _common.save_changed(row, values, actor=actor, action="connection.key_dropped")
    look_at(row, actor)
    return row


def _use_key(row: Connection, pair: keys.KeyPair, actor: Actor, action: str) -> None:
    values = {"private_key": pair.private, "public_key": pair.public, "key_set_at": clock.now()}
    _common.save_changed(row, values, actor=actor, action=action)
    look_at(row, actor)


def _over_sftp(connection_id: int) -> Connection:
    row = own(connection_id)
    if layout_of(row.layout).is_api:
        raise SetupRefusedError("An API is asked with its key, which is set where the connection is changed.")
    return row
