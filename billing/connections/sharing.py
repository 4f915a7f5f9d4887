"""Connections of an organization that practices send through: it offers, the practice chooses, either ends it.

Each side has rows of its own: the organization a SharedConnection, the practice a Connection without any login.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.http import Http404

from billing.connections.services import own
from billing.models import Connection, SharedConnection
from practice import access, audit, clock, exchange
from practice.actors import Actor
from practice.exchange import Delivery, NotHandedOverError
from practice.models import PracticeSettings
from practice.setup.errors import SetupRefusedError
from practice.setup.selectors import get_settings
from practice.setup.services import _common

OFFERED: Final = "connection.offered"
CHOSEN: Final = "connection.chosen"
NUMBERS: Final = "connection.numbers"
ENDED: Final = "connection.ended"


@transaction.atomic
def offer(*, actor: Actor, connection_id: int, practice_id: int) -> SharedConnection:
    """Offers a practice to send its claims through this connection; SetupRefusedError where nothing joins the two."""
    actor.require("connections:edit")
    row = own(connection_id)
    served = next((one.practice for one in access.served(actor) if one.practice_id == practice_id), None)
    if served is None:
        raise SetupRefusedError("This practice has no agreement with you.")
    values = {"practice_name": served.name, "offered_at": clock.now(), "offered_by_name": actor.name}
    fresh = {"chosen_at": None, "chosen_by_name": "", "ended_at": None, "ended_by_name": ""}
    share, _ = SharedConnection.objects.update_or_create(
        connection=row, for_practice=practice_id, defaults=values | fresh
    )
    audit.record("connection.offered", actor=actor, row=share, after={"to": served.name, "through": row.name})
    _pass_on(OFFERED, actor, practice_id, _facts(row))
    return share


@transaction.atomic
def choose(*, actor: Actor, connection_id: int) -> Connection:
    """The practice's consent: its claims leave through the organization's connection from now on."""
    actor.require("connections:edit")
    row = _theirs(connection_id)
    if row.ended_at is not None:
        raise SetupRefusedError(f"{row.through_name} does not offer this any more.")
    for other in Connection.objects.select_for_update().filter(is_default=True).exclude(pk=row.pk):
        _common.save_changed(other, {"is_default": False}, actor=actor, action="connection.changed")
    values = {"is_active": True, "is_default": True, "chosen_at": clock.now(), "checked_at": clock.now()}
    _common.save_changed(row, values, actor=actor, action="connection.chosen")
    said = {"connection": row.through_connection_id, "by": actor.name}
    _pass_on(CHOSEN, actor, row.through_id, said | _numbers(get_settings()))
    return row


def numbers_changed(actor: Actor, settings: PracticeSettings) -> None:
    """The practice is paid under other numbers now: each organization whose connection it ever chose is told."""
    for row in Connection.objects.filter(through_id__isnull=False, chosen_at__isnull=False).order_by("pk"):
        _pass_on(NUMBERS, actor, row.through_id, {"connection": row.through_connection_id} | _numbers(settings))


@transaction.atomic
def end_for(*, actor: Actor, share_id: int) -> SharedConnection:
    """The organization sends for this practice no longer; what comes back is still handed over."""
    actor.require("connections:edit")
    share = SharedConnection.objects.select_for_update(no_key=True, of=("self",)).filter(pk=share_id).first()
    if share is None:
        raise Http404
    _end_share(share, actor.name)
    audit.record("connection.ended", actor=actor, row=share)
    _pass_on(ENDED, actor, share.for_practice, {"connection": share.connection_id, "by": actor.name})
    return share


@transaction.atomic
def end(*, actor: Actor, connection_id: int) -> Connection:
    """The practice sends through it no longer; answers still come."""
    actor.require("connections:edit")
    row = _theirs(connection_id)
    _end_row(row, actor)
    _pass_on(ENDED, actor, row.through_id, {"connection": row.through_connection_id, "by": actor.name})
    return row


@exchange.receives(OFFERED)
def be_offered(delivery: Delivery) -> None:
    """The practice's side: a connection without a login, which nothing uses before somebody chooses it."""
    contact = delivery.payload["contact"]
    key = {"through_id": delivery.sender.pk, "through_connection_id": delivery.number("connection")}
    row = Connection.objects.filter(**key).first() or Connection(
        **key, name=_free_name(f"Through {delivery.sender.name}"), is_active=False, is_default=False
    )
    for name in ("layout", "receiver_id", "receiver_name", "submitter_id", "usage"):
        setattr(row, name, delivery.text(name))
    row.through_name, row.through_contact = delivery.sender.name, contact if isinstance(contact, dict) else {}
    row.offered_at, row.chosen_at, row.ended_at = clock.now(), None, None
    row.is_active = row.is_default = False
    row.save()


@exchange.receives(CHOSEN)
def be_chosen(delivery: Delivery) -> None:
    """The organization's side: the practice consents, and says under which numbers it is paid."""
    rows = SharedConnection.objects.select_for_update(no_key=True, of=("self",))
    share = rows.filter(
        connection=delivery.number("connection"), for_practice=delivery.sender.pk, ended_at=None
    ).first()
    if share is None:
        raise NotHandedOverError(f"{delivery.receiver} does not offer this any more.")
    share.chosen_at, share.chosen_by_name = clock.now(), delivery.text("by")[:130]
    _number(share, delivery)
    share.save()


@exchange.receives(NUMBERS, afterwards=True)
def be_numbered(delivery: Delivery) -> None:
    """The organization's side: the practice is paid under other numbers; payments to the former ones still find it."""
    rows = SharedConnection.objects.select_for_update(no_key=True, of=("self",))
    share = rows.filter(connection=delivery.number("connection"), for_practice=delivery.sender.pk).first()
    if share is not None:
        _number(share, delivery)
        share.save(update_fields=["npis", "tax_id", "former_tax_ids"])


@exchange.receives(ENDED, afterwards=True)
def be_ended(delivery: Delivery) -> None:
    """Either side: the other one ended it."""
    number, by = delivery.number("connection"), Actor.system(delivery.receiver.pk)
    row = Connection.objects.filter(through_id=delivery.sender.pk, through_connection_id=number).first()
    if row is not None:
        _end_row(row, by)
    share = SharedConnection.objects.filter(connection=number, for_practice=delivery.sender.pk).first()
    if share is not None:
        _end_share(share, delivery.text("by"))


def _pass_on(kind: str, actor: Actor, to: int | None, payload: dict[str, Any]) -> None:
    if to is None:
        raise SetupRefusedError("This connection is nobody else’s.")
    try:
        exchange.hand_over(kind, actor=actor, to=to, payload=payload)
    except NotHandedOverError as error:
        raise SetupRefusedError(str(error)) from error


def _facts(row: Connection) -> dict[str, Any]:
    """What a practice must know to write a file for this connection; never a login."""
    settings: PracticeSettings = get_settings()
    contact = {
        "name": settings.legal_name,
        "contact_name": settings.contact_name,
        "phone": settings.phone,
        "email": settings.email,
    }
    names = ("layout", "receiver_id", "receiver_name", "submitter_id", "usage")
    return {"connection": row.pk, "contact": contact} | {name: getattr(row, name) for name in names}


def _numbers(settings: PracticeSettings) -> dict[str, Any]:
    """What payers know the practice by as a payee."""
    tax_id = "".join(filter(str.isdigit, str(settings.ein)))
    return {"npis": [settings.npi] if settings.npi else [], "tax_id": tax_id}


def _number(share: SharedConnection, delivery: Delivery) -> None:
    """The new numbers go first; what it was paid under before stays, since payers are slow to change."""
    npis, tax_id = delivery.payload["npis"], delivery.text("tax_id")
    share.npis = list(dict.fromkeys([*(npis if isinstance(npis, list) else []), *share.npis]))
    known = [one for one in dict.fromkeys([tax_id, *share.tax_ids]) if one]
    share.tax_id, share.former_tax_ids = known[0] if known else "", " ".join(known[1:])


def _end_share(share: SharedConnection, by: str) -> None:
    share.ended_at, share.ended_by_name = share.ended_at or clock.now(), share.ended_by_name or by[:130]
    share.save(update_fields=["ended_at", "ended_by_name"])


def _end_row(row: Connection, actor: Actor) -> None:
    values = {"ended_at": row.ended_at or clock.now(), "is_active": False, "is_default": False}
    _common.save_changed(row, values, actor=actor, action="connection.ended")


def _theirs(connection_id: int) -> Connection:
    """A connection of an organization, locked; SetupRefusedError for one of one's own."""
    row = _common.locked(Connection, connection_id)
    if row.through_id is None:
        raise SetupRefusedError(f"{row.name} is your own connection. Switch it off instead.")
    return row


def _free_name(wished: str) -> str:
    taken = set(Connection.objects.values_list("name", flat=True))
    names = [wished[:60], *(f"{wished[:56]} {number}" for number in range(2, 100))]
    return next(name for name in names if name not in taken)
