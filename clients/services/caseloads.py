"""What changes which clinicians see a client."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clients.errors import ClientRefusedError
from clients.models import Caseload
from clients.services._rows import locked
from clinicians.models import Clinician
from clinicians.words import short
from practice.actors import Actor
from practice.overlaps import sharing_a_day
from practice.records import find, refreshed, save_changed, save_new, today_of


@transaction.atomic
def assign_clinician(*, actor: Actor, client_id: int, clinician: Clinician, starts_on: dt.date) -> Caseload:
    """Puts a client on a clinician's caseload; several clinicians may see one client at a time."""
    actor.require("clients:edit")
    client = locked(actor, client_id)
    row = Caseload(client=client, clinician=clinician, starts_on=starts_on)
    _refuse_twice(row, today_of(actor))
    save_new("caseload.added", actor, row, client.pk)
    return row


@transaction.atomic
def end_caseload(*, actor: Actor, caseload_id: int, ends_on: dt.date | None = None) -> Caseload:
    """Ends that a clinician sees the client, today unless told otherwise."""
    actor.require("clients:edit")
    row = find(Caseload, caseload_id)
    client = locked(actor, row.client_id)
    row, last_day = refreshed(row), ends_on or today_of(actor)
    last_day = max(last_day, row.starts_on) if ends_on is None else last_day
    ClientRefusedError.if_reversed(row.starts_on, last_day, "That is before the first day.", "ends_on")
    save_changed("caseload.ended", actor, row, {"ends_on": last_day}, client.pk)
    return row


@transaction.atomic
def reopen_caseload(*, actor: Actor, caseload_id: int) -> Caseload:
    """Takes back that it ended."""
    actor.require("clients:edit")
    row = find(Caseload, caseload_id)
    client = locked(actor, row.client_id)
    row = refreshed(row)
    row.ends_on = None
    _refuse_twice(row, today_of(actor))
    row = refreshed(row)
    save_changed("caseload.reopened", actor, row, {"ends_on": None}, client.pk)
    return row


def _refuse_twice(row: Caseload, today: dt.date) -> None:
    others = Caseload.objects.filter(client=row.client_id, clinician=row.clinician_id).exclude(pk=row.pk or 0)
    clash = sharing_a_day(others, row.starts_on, row.ends_on).first()
    if clash is not None:
        since = short(clash.starts_on, today)
        until = f" to {short(clash.ends_on, today)}" if clash.ends_on else ""
        raise ClientRefusedError(f"{row.clinician.name} sees this client already, from {since}{until}.", "clinician")
