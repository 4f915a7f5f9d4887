"""What changes a client's diagnoses and their order: the first one is the primary on claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from clients import diagnoses as icd10
from clients.diagnoses import Check, Outcome
from clients.errors import ClientRefusedError, HeadingError
from clients.models import ClientDiagnosis
from clients.policies import DIAGNOSES
from clients.selectors.codes import check_one
from clients.services._rows import locked
from practice import audit
from practice.actors import Actor
from practice.records import find, refreshed, remove, removed, save_changed, save_new
from practice.records import today_of as _today_of

_OPEN_TWICE = "This diagnosis is on the list already."


@transaction.atomic
def add_diagnosis(*, actor: Actor, client_id: int, code: str, starts_on: dt.date) -> tuple[ClientDiagnosis, Check]:
    """Adds a diagnosis at the end of the list, with what the check of its code said.

    HeadingError for a heading; ClientRefusedError for what is no code, or is on the list already.
    """
    actor.require(*DIAGNOSES)
    client = locked(actor, client_id)
    found = check_one(code, starts_on)
    if found.outcome is Outcome.HEADING:
        raise HeadingError(found.sentence, found.code)
    if found.blocks:
        raise ClientRefusedError(found.sentence, "code")
    _refuse_twice(client.pk, found.code)
    rank = len(_open(client.pk)) + 1
    row = ClientDiagnosis(client=client, code=found.code, words=found.words, starts_on=starts_on, rank=rank)
    with ClientRefusedError.instead_of("client_diagnosis_open_once", _OPEN_TWICE, "code"):
        save_new("diagnosis.added", actor, row, client.pk)
    return row, found


@transaction.atomic
def move_diagnosis(*, actor: Actor, diagnosis_id: int, up: bool) -> ClientDiagnosis:
    """Moves a diagnosis one place towards the top or the end; at the edge nothing happens."""
    actor.require(*DIAGNOSES)
    row = find(ClientDiagnosis, diagnosis_id)
    client = locked(actor, row.client_id)
    rows = _open(client.pk)
    at = next((place for place, other in enumerate(rows) if other.pk == row.pk), None)
    if at is None:
        raise ClientRefusedError(f"{row.code} has ended; only present diagnoses have an order.")
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        before = [other.code for other in rows]
        rows[at], rows[to] = rows[to], rows[at]
        _renumber(rows)
        after = [other.code for other in rows]
        audit.record(
            "diagnosis.moved", actor=actor, row=row, client_id=client.pk, before={"order": before},
            after={"order": after},
        )  # fmt: skip
    return row


@transaction.atomic
def end_diagnosis(*, actor: Actor, diagnosis_id: int, ends_on: dt.date | None = None) -> ClientDiagnosis:
    """Ends a diagnosis, today unless told otherwise; the ones after it move up."""
    actor.require(*DIAGNOSES)
    row = find(ClientDiagnosis, diagnosis_id)
    client = locked(actor, row.client_id)
    row = refreshed(row)
    last_day = ends_on or max(_today_of(actor), row.starts_on)
    ClientRefusedError.if_reversed(row.starts_on, last_day, "The last day is before the first.", "ends_on")
    save_changed("diagnosis.ended", actor, row, {"ends_on": last_day}, client.pk)
    _renumber(_open(client.pk))
    return row


@transaction.atomic
def reopen_diagnosis(*, actor: Actor, diagnosis_id: int) -> ClientDiagnosis:
    """Takes back that a diagnosis ended; it comes back to the place it had."""
    actor.require(*DIAGNOSES)
    row = find(ClientDiagnosis, diagnosis_id)
    client = locked(actor, row.client_id)
    row = refreshed(row)
    if row.ends_on is None:
        return row
    _refuse_twice(client.pk, row.code)
    place = row.rank
    save_changed("diagnosis.reopened", actor, row, {"ends_on": None}, client.pk)
    _put_at(row, place)
    return row


@transaction.atomic
def remove_diagnosis(*, actor: Actor, diagnosis_id: int) -> ClientDiagnosis:
    """Takes off the record what was entered by mistake; a diagnosis that is over is ended instead."""
    actor.require(*DIAGNOSES)
    row = find(ClientDiagnosis, diagnosis_id)
    client = locked(actor, row.client_id)
    row = refreshed(row)
    gone = ClientDiagnosis(pk=row.pk, client=client, code=row.code)
    remove("diagnosis.removed", actor, row, client.pk)
    _renumber(_open(client.pk))
    return gone


@transaction.atomic
def restore_diagnosis(*, actor: Actor, diagnosis_id: int) -> ClientDiagnosis:
    """Puts a diagnosis back as it was when it was removed. Http404 when it was not."""
    actor.require(*DIAGNOSES)
    row = removed("diagnosis.removed", ClientDiagnosis, diagnosis_id)
    client = locked(actor, row.client_id)
    if row.ends_on is None:
        _refuse_twice(client.pk, row.code)
    place = row.rank
    save_new("diagnosis.restored", actor, row, client.pk)
    if row.ends_on is None:
        _put_at(row, place)
    return row


def _open(client_id: int) -> list[ClientDiagnosis]:
    return list(ClientDiagnosis.objects.filter(client_id=client_id, ends_on=None).order_by("rank", "pk"))


def _put_at(row: ClientDiagnosis, place: int) -> None:
    rows = [other for other in _open(row.client_id) if other.pk != row.pk]
    rows.insert(place - 1, row)
    _renumber(rows)


def _renumber(rows: Sequence[ClientDiagnosis]) -> None:
    moved = [row for place, row in enumerate(rows, start=1) if row.rank != place]
    for place, row in enumerate(rows, start=1):
        row.rank = place
    ClientDiagnosis.objects.bulk_update(moved, ["rank"])


def _refuse_twice(client_id: int, code: str) -> None:
    code = icd10.written(code)
    if ClientDiagnosis.objects.filter(client_id=client_id, code=code, ends_on=None).exists():
        raise ClientRefusedError(f"{code} is on the list already.", "code")
