"""What changes who is on file: adding somebody, what is known about them, and whether they are seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction

from clients import duplicates
from clients.errors import ClientRefusedError, PossibleDuplicateError
from clients.identifiers import member_id as written_member_id
from clients.identifiers import phone as written_phone
from clients.models import Caseload, Client, Coverage
from clients.services._rows import locked
from clinicians.models import Clinician
from practice import audit, states
from practice.actors import Actor
from practice.models import PracticePayer, PracticeSettings
from practice.records import save_changed, save_new, today_of


@transaction.atomic
def add_client(
    *,
    actor: Actor,
    clinician: Clinician | None = None,
    payer: PracticePayer | None = None,
    member_id: str = "",
    seen: Collection[int] = (),
    **values: Any,
) -> Client:
    """Puts somebody on file, with their clinician and their insurance, and gives them the next number.

    PossibleDuplicateError names who may be the same person, unless all of them are among `seen`, the ids that
    were shown already.
    """
    actor.require("clients:edit")
    today = today_of(actor)
    client = Client(**_written(values, today), number=0)
    client.since = client.since or today
    matches = duplicates.of(actor, client)
    if not {match.pk for match in matches}.issubset(seen):
        raise PossibleDuplicateError(matches)
    client.number = next_numbers(1)[0]
    client.save()
    audit.record("client.added", actor=actor, row=client, client_id=client.pk, after=audit.snapshot(client))
    states.record_first([client], actor=actor)
    if clinician is not None:
        row = Caseload(client=client, clinician=clinician, starts_on=client.since)
        save_new("caseload.added", actor, row, client.pk)
    if payer is not None:
        cover = Coverage(client=client, payer=payer, member_id=written_member_id(member_id), starts_on=client.since)
        save_new("coverage.added", actor, cover, client.pk)
    return client


@transaction.atomic
def change_client(*, actor: Actor, client_id: int, **values: Any) -> Client:
    """Changes what is known about a client. ClientRefusedError says what cannot be."""
    actor.require("clients:edit")
    client = locked(actor, client_id)
    save_changed("client.changed", actor, client, _written(values, today_of(actor)), client.pk)
    return client


@transaction.atomic
def change_status(*, actor: Actor, client_id: int, status: str) -> Client:
    """Makes a client prospective, active or inactive; nothing happens when they are already."""
    actor.require("clients:edit")
    client = locked(actor, client_id)
    before = client.status
    if status not in Client.Status.values:
        raise ClientRefusedError("A client is prospective, active or inactive.")
    if status != before:
        states.transition(client, status, actor=actor)
        audit.record(
            "client.status", actor=actor, row=client, client_id=client.pk, before={"status": before},
            after={"status": status},
        )  # fmt: skip
    return client


def _written(values: dict[str, Any], today: dt.date) -> dict[str, Any]:
    born = values.get("date_of_birth")
    if born is not None and not dt.date(1900, 1, 1) <= born <= today:
        raise ClientRefusedError("A date of birth lies between 1900 and today.", "date_of_birth")
    return values | ({"phone": written_phone(values["phone"])} if "phone" in values else {})


def next_numbers(count: int) -> range:
    """Allots the practice's next numbers. The row stays locked until the commit, so this comes last."""
    settings, _ = PracticeSettings.objects.select_for_update().get_or_create()
    first = settings.next_client_number
    settings.next_client_number = first + count
    settings.save(update_fields=["next_client_number"])
    return range(first, first + count)
