"""What changes what a payer authorized."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from clients.errors import ClientRefusedError
from clients.models import Authorization, Coverage
from clients.services._rows import locked
from practice.actors import Actor
from practice.records import find, refreshed, remove, removed, save_changed, save_new

_TWICE = "This coverage has an authorization with this number already."


@transaction.atomic
def add_authorization(*, actor: Actor, coverage_id: int, **values: Any) -> Authorization:
    """Adds units that a payer allowed. ClientRefusedError when the number is on file already."""
    actor.require("clients:edit")
    coverage = find(Coverage, coverage_id)
    client = locked(actor, coverage.client_id)
    row = Authorization(coverage=coverage, **_checked(values))
    _refuse_twice(row)
    with ClientRefusedError.instead_of("authorization_once", _TWICE, "number"):
        save_new("authorization.added", actor, row, client.pk)
    return row


@transaction.atomic
def change_authorization(*, actor: Actor, authorization_id: int, **values: Any) -> Authorization:
    """Corrects an authorization. Errors as in `add_authorization`."""
    actor.require("clients:edit")
    row = find(Authorization, authorization_id)
    client = locked(actor, row.coverage.client_id)
    row, values = refreshed(row), _checked(values)
    _refuse_twice(Authorization(pk=row.pk, coverage_id=row.coverage_id, number=values["number"]))
    with ClientRefusedError.instead_of("authorization_once", _TWICE, "number"):
        save_changed("authorization.changed", actor, row, values, client.pk)
    return row


@transaction.atomic
def remove_authorization(*, actor: Actor, authorization_id: int) -> Authorization:
    """Takes an authorization off the record."""
    actor.require("clients:edit")
    row = find(Authorization, authorization_id)
    client = locked(actor, row.coverage.client_id)
    row = refreshed(row)
    gone = Authorization(pk=row.pk, coverage=row.coverage, number=row.number)
    remove("authorization.removed", actor, row, client.pk)
    return gone


@transaction.atomic
def restore_authorization(*, actor: Actor, authorization_id: int) -> Authorization:
    """Puts an authorization back as it was when it was removed. Http404 when it was not."""
    actor.require("clients:edit")
    row = removed("authorization.removed", Authorization, authorization_id)
    client = locked(actor, row.coverage.client_id)
    _refuse_twice(row)
    save_new("authorization.restored", actor, row, client.pk)
    return row


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    ClientRefusedError.if_reversed(
        values["starts_on"], values["ends_on"], "The last day is before the first.", "ends_on"
    )
    strange = [code for code in values.get("codes", ()) if not re.fullmatch(r"[A-Z0-9]{5}", code)]
    if strange:
        raise ClientRefusedError(f"{strange[0]} is no procedure code; those have five letters or digits.", "codes")
    if not values["units"]:
        raise ClientRefusedError("An authorization allows at least one unit.", "units")
    return values


def _refuse_twice(row: Authorization) -> None:
    others = Authorization.objects.filter(coverage_id=row.coverage_id, number=row.number)
    if others.exclude(pk=row.pk or 0).exists():
        raise ClientRefusedError(_TWICE, "number")
