"""Many people at once, from files of a former system: adding them with all that hangs on them, and taking them back.

Whether somebody is on file already has been asked before; nothing is merged here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import ProtectedError

from clients.errors import ClientRefusedError
from clients.identifiers import member_id as written_member_id
from clients.models import Caseload, Client, ClientDiagnosis, Contact, Coverage
from clients.selectors.codes import checks
from clients.services.people import next_numbers
from clinicians.words import span
from practice import audit, states
from practice.actors import Actor
from practice.models import PracticePayer
from practice.records import today_of
from practice.tenancy.base import TenantModel

_BATCH: Final = 500
_BORN: Final = "A date of birth lies between 1900 and today."


@dataclass(frozen=True, slots=True)
class NewClient:
    """Somebody to put on file: the columns of the record, whom to call, diagnoses in order, and who sees them."""

    values: Mapping[str, Any]
    contacts: Sequence[Mapping[str, Any]] = ()
    diagnoses: Sequence[str] = ()
    clinician_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewCoverage:
    """Insurance of somebody on file; `starts_on` None is the first day the client is known."""

    client_id: int
    payer: PracticePayer
    values: Mapping[str, Any]
    starts_on: dt.date | None = None


@transaction.atomic
def add_clients(*, actor: Actor, people: Sequence[NewClient]) -> list[Client]:
    """Puts people on file with the next numbers, in a fixed number of statements; in the order given."""
    actor.require("clients:edit")
    today = today_of(actor)
    rows = [Client(**one.values, number=0) for one in people]
    for row in rows:
        row.since = row.since or today
        if row.date_of_birth is not None and not dt.date(1900, 1, 1) <= row.date_of_birth <= today:
            raise ClientRefusedError(_BORN, "date_of_birth")
    for row, number in zip(rows, next_numbers(len(rows)), strict=True):
        row.number = number
    made = Client.objects.bulk_create(rows, batch_size=_BATCH)
    _record("client.added", actor, [(row, row.pk) for row in made])
    states.record_first(made, actor=actor)
    _add_parts(actor, made, people)
    return made


@transaction.atomic
def add_coverages(*, actor: Actor, rows: Sequence[NewCoverage]) -> list[Coverage | str]:
    """Adds insurance, each in its place: the coverage, or the sentence why it was not added.

    One that says the same as a coverage of those days is not added a second time; of one rank, one counts a day.
    """
    actor.require("clients:edit")
    today = today_of(actor)
    ids = {row.client_id for row in rows}
    since = dict(Client.objects.filter(pk__in=ids).values_list("pk", "since"))
    there: dict[tuple[int, str], list[Coverage]] = {}
    for known in Coverage.objects.filter(client__in=ids).select_related("payer"):
        there.setdefault((known.client_id, known.rank), []).append(known)
    answers: list[Coverage | str] = []
    for row in rows:
        new = _coverage(row, since.get(row.client_id) or today)
        others = there.setdefault((new.client_id, new.rank), [])
        clash = next((other for other in others if _share_a_day(new, other)), None)
        answers.append(_why_not(new, clash, today) if clash else new)
        if clash is None:
            others.append(new)
    made = [answer for answer in answers if isinstance(answer, Coverage)]
    Coverage.objects.bulk_create(made, batch_size=_BATCH)
    _record("coverage.added", actor, [(row, row.client_id) for row in made])
    return answers


@transaction.atomic
def take_back_coverages(*, actor: Actor, ids: Collection[int]) -> int:
    """Takes coverages off the records. ClientRefusedError when something was billed to one, or booked with it."""
    actor.require("clients:edit")
    rows = list(Coverage.objects.filter(pk__in=ids).select_related("client"))
    _record("coverage.removed", actor, [(row, row.client_id) for row in rows], is_gone=True)
    try:
        Coverage.objects.filter(pk__in=[row.pk for row in rows]).delete()
    except ProtectedError as error:
        raise ClientRefusedError(
            "A coverage that was brought over is in use: a session or a claim names it."
        ) from error
    return len(rows)


@transaction.atomic
def take_back_clients(*, actor: Actor, ids: Collection[int], keep: Collection[int] = ()) -> int:
    """Takes people off file; of `keep`, whose account has entries, the record stays and becomes inactive.

    ClientRefusedError names the first one on whom something was built since.
    """
    actor.require("clients:edit")
    rows = list(Client.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    kept = [row for row in rows if row.pk in set(keep)]
    states.transition_many(
        [row for row in kept if row.status != Client.Status.INACTIVE], Client.Status.INACTIVE, actor=actor
    )
    gone = [row for row in rows if row.pk not in set(keep)]
    _record("client.removed", actor, [(row, row.pk) for row in gone], is_gone=True)
    try:
        Client.objects.filter(pk__in=[row.pk for row in gone]).delete()
    except ProtectedError as error:
        raise ClientRefusedError(_in_use(error, gone)) from error
    return len(gone)


def _in_use(error: ProtectedError, gone: Sequence[Client]) -> str:
    first = next(iter(error.protected_objects))
    name = next((row.name for row in gone if row.pk == getattr(first, "client_id", None)), "A client")
    what = first._meta.verbose_name
    return f"{name} has something that was added since (a {what}). Take that back first."


def _add_parts(actor: Actor, made: Sequence[Client], people: Sequence[NewClient]) -> None:
    pairs = list(zip(made, people, strict=True))
    caseloads = [
        Caseload(client=row, clinician_id=one.clinician_id, starts_on=row.since)
        for row, one in pairs
        if one.clinician_id and row.since
    ]
    contacts = [Contact(client=row, **contact) for row, one in pairs for contact in one.contacts]
    Caseload.objects.bulk_create(caseloads, batch_size=_BATCH)
    Contact.objects.bulk_create(contacts, batch_size=_BATCH)
    diagnoses = ClientDiagnosis.objects.bulk_create(_diagnoses(pairs), batch_size=_BATCH)
    _record("caseload.added", actor, [(row, row.client_id) for row in caseloads])
    _record("contact.added", actor, [(row, row.client_id) for row in contacts])
    _record("diagnosis.added", actor, [(row, row.client_id) for row in diagnoses])


def _diagnoses(pairs: Sequence[tuple[Client, NewClient]]) -> list[ClientDiagnosis]:
    """The codes a claim may carry, in order; what is none was said when the file was looked at."""
    wanted = [(row, code) for row, one in pairs for code in one.diagnoses]
    found = checks([(code, row.since) for row, code in wanted if row.since])
    ranks: dict[int, int] = {}
    rows = []
    for row, code in wanted:
        if row.since is None or found[code, row.since].blocks:
            continue
        check = found[code, row.since]
        ranks[row.pk] = ranks.get(row.pk, 0) + 1
        rows.append(
            ClientDiagnosis(client=row, code=check.code, words=check.words, starts_on=row.since, rank=ranks[row.pk])
        )
    return rows


def _coverage(row: NewCoverage, since: dt.date) -> Coverage:
    values = dict(row.values) | {"member_id": written_member_id(row.values.get("member_id", ""))}
    return Coverage(client_id=row.client_id, payer=row.payer, starts_on=row.starts_on or since, **values)


def _share_a_day(one: Coverage, other: Coverage) -> bool:
    later_start = max(one.starts_on, other.starts_on)
    ends = [row.ends_on for row in (one, other) if row.ends_on is not None]
    return not ends or later_start <= min(ends)


def _why_not(new: Coverage, other: Coverage, today: dt.date) -> str:
    if (other.payer_id, other.member_id) == (new.payer_id, new.member_id):
        return f"{other.payer} is on file already."
    days = span(other.starts_on, other.ends_on, today)
    return f"{other.payer} is the {other.get_rank_display().lower()} coverage {days}; {new.payer} shares days with it."


def _record(action: str, actor: Actor, rows: Sequence[tuple[TenantModel, int]], *, is_gone: bool = False) -> None:
    audit.record_many(
        audit.event(
            action,
            actor=actor,
            row=row,
            client_id=client_id,
            before=audit.snapshot(row) if is_gone else None,
            after=None if is_gone else audit.snapshot(row),
        )
        for row, client_id in rows
    )
