"""What changes who pays for a client."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.db.models import ProtectedError

from clients import told
from clients.errors import ClientRefusedError
from clients.identifiers import member_id as written_member_id
from clients.missing import is_medicare_second
from clients.models import Coverage
from clients.services._rows import locked
from clinicians.words import span
from practice import audit
from practice.actors import Actor
from practice.overlaps import sharing_a_day
from practice.records import find, refreshed, save_changed, save_new, today_of

_DAY: Final = dt.timedelta(days=1)
_SHARED: Final = "Another coverage of the same rank has these days."
SUBSCRIBER_NEEDED: Final = {
    "subscriber_first_name": "The subscriber’s first name is needed when the client is not the subscriber.",
    "subscriber_last_name": "The subscriber’s last name is needed when the client is not the subscriber.",
    "subscriber_date_of_birth": "The subscriber’s date of birth is needed when the client is not the subscriber.",
}
REFERRING_NEEDED: Final = {
    "referring_last_name": "Enter the last name of who referred, as it stands with the NPI.",
    "referring_npi": "Enter the NPI of who referred; claims name them by it.",
}
_OF_SUBSCRIBER: Final = (*SUBSCRIBER_NEEDED, "subscriber_sex", "address1", "address2", "city", "state", "zip")


@transaction.atomic
def add_coverage(*, actor: Actor, client_id: int, end_former: bool = False, **values: Any) -> Coverage:
    """Adds insurance. `end_former` ends the one before on the day before; otherwise shared days are refused."""
    actor.require("clients:edit")
    client, today = locked(actor, client_id), today_of(actor)
    row = Coverage(client=client, **_checked(values))
    for other in _clashes(row):
        if not (end_former and other.starts_on < row.starts_on):
            raise ClientRefusedError(_both(other, today), "starts_on")
        save_changed("coverage.ended", actor, other, {"ends_on": row.starts_on - _DAY}, client.pk)
    with ClientRefusedError.instead_of("coverage_one_of_a_rank_at_a_time", _SHARED, "starts_on"):
        save_new("coverage.added", actor, row, client.pk)
    told.tell(actor, row)
    return row


@transaction.atomic
def change_coverage(*, actor: Actor, coverage_id: int, **values: Any) -> Coverage:
    """Corrects insurance. ClientRefusedError names the coverage whose days it would share."""
    actor.require("clients:edit")
    row = find(Coverage, coverage_id)
    client = locked(actor, row.client_id)
    row, values = refreshed(row), _checked(values)
    _refuse_clashes(Coverage(pk=row.pk, client=client, **values), today_of(actor))
    with ClientRefusedError.instead_of("coverage_one_of_a_rank_at_a_time", _SHARED, "starts_on"):
        save_changed("coverage.changed", actor, row, values, client.pk)
    told.tell(actor, row)
    return row


@transaction.atomic
def end_coverage(*, actor: Actor, coverage_id: int, ends_on: dt.date) -> Coverage:
    """Says which day was the last one insured."""
    actor.require("clients:edit")
    row = find(Coverage, coverage_id)
    client = locked(actor, row.client_id)
    row = refreshed(row)
    ClientRefusedError.if_reversed(row.starts_on, ends_on, "The last day is before the first.", "ends_on")
    _refuse_clashes(_with_end(row, ends_on), today_of(actor))
    save_changed("coverage.ended", actor, row, {"ends_on": ends_on}, client.pk)
    return row


@transaction.atomic
def remove_coverage(*, actor: Actor, coverage_id: int) -> None:
    """Takes insurance off the record that was added by mistake; ClientRefusedError where something names it."""
    actor.require("clients:edit")
    row = find(Coverage, coverage_id)
    client = locked(actor, row.client_id)
    audit.record("coverage.removed", actor=actor, row=row, client_id=client.pk, before=audit.snapshot(row))
    try:
        Coverage.objects.filter(pk=row.pk).delete()
    except ProtectedError as error:
        raise ClientRefusedError(f"{row.payer} is in use: a session or a claim names it. End it instead.") from error


@transaction.atomic
def reopen_coverage(*, actor: Actor, coverage_id: int) -> Coverage:
    """Takes back that it ended."""
    actor.require("clients:edit")
    row = find(Coverage, coverage_id)
    client = locked(actor, row.client_id)
    row = refreshed(row)
    _refuse_clashes(_with_end(row, None), today_of(actor))
    save_changed("coverage.reopened", actor, row, {"ends_on": None}, client.pk)
    return row


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """The values as they are kept: a subscriber with all that a claim needs, or none."""
    ClientRefusedError.if_reversed(
        values["starts_on"], values.get("ends_on"), "The last day is before the first.", "ends_on"
    )
    _refuse_half_named(values)
    kept = values | {"member_id": written_member_id(values.get("member_id", ""))}
    if kept.get("medicare_type") and not is_medicare_second(kept["payer"], kept.get("rank", "")):
        raise ClientRefusedError("This is only for Medicare that pays as secondary.", "medicare_type")
    if values.get("relationship", Coverage.Relationship.SELF) == Coverage.Relationship.SELF:
        return kept | {name: None if name == "subscriber_date_of_birth" else "" for name in _OF_SUBSCRIBER}
    for name, sentence in SUBSCRIBER_NEEDED.items():
        if not values.get(name):
            raise ClientRefusedError(sentence, name)
    return kept


def _refuse_half_named(values: dict[str, Any]) -> None:
    """Who referred is named whole or not at all."""
    if values.get("referring_first_name") or any(values.get(name) for name in REFERRING_NEEDED):
        for name, sentence in REFERRING_NEEDED.items():
            if not values.get(name):
                raise ClientRefusedError(sentence, name)


def _with_end(row: Coverage, ends_on: dt.date | None) -> Coverage:
    return Coverage(pk=row.pk, client_id=row.client_id, rank=row.rank, starts_on=row.starts_on, ends_on=ends_on)


def _refuse_clashes(row: Coverage, today: dt.date) -> None:
    for other in _clashes(row):
        raise ClientRefusedError(_both(other, today), "starts_on")


def _clashes(row: Coverage) -> list[Coverage]:
    others = Coverage.objects.filter(client_id=row.client_id, rank=row.rank).exclude(pk=row.pk or 0)
    shared = sharing_a_day(others, row.starts_on, row.ends_on)
    return list(shared.select_related("payer").order_by("starts_on"))


def _both(other: Coverage, today: dt.date) -> str:
    days = span(other.starts_on, other.ends_on, today)
    rank = other.get_rank_display().lower()
    return f"{other.payer} is the {rank} coverage {days}. End it on the day before, or choose other dates."
