"""Brings rows over, kind by kind, through the services of the rooms; each call is one chunk in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Final

from clients.services import NewClient, NewCoverage, add_clients, add_coverages
from clinicians import services as team
from clinicians.errors import TeamRefusedError
from clinicians.models import Clinician
from desk.imports import former
from desk.imports.bringing import Bringing
from desk.imports.columns import Kind
from desk.imports.matching import person_of
from desk.imports.parsing.records import ClientRow, ClinicianRow, CoverageRow, Who
from desk.imports.planning import Plan, Target, is_ready
from desk.models import ImportedRow
from practice.models import PracticePayer, Service

_UNSAID_TERMS: Final = "w2_nonexempt"
_WAITS: Final = "A question about this row is not answered."


def stages(plan: Plan) -> list[tuple[str, list[Any]]]:
    """Everything a run has to look at, in order; the same however often it is asked."""
    return [
        (Kind.CLINICIANS, [*plan.parsed.clinicians, *plan.unknown_team()]),
        (Kind.CLIENTS, [*plan.parsed.clients, *plan.unknown_people()]),
        (Kind.COVERAGE, list(plan.parsed.coverage)),
        (Kind.SESSIONS, former.together(plan.parsed.sessions)),
        (Kind.BALANCES, list(plan.parsed.balances)),
    ]


def apply(bringing: Bringing, kind: str, chunk: Sequence[Any]) -> None:
    """Brings one chunk over."""
    doers: dict[str, Callable[[Bringing, Sequence[Any]], None]] = {
        Kind.CLINICIANS: _clinicians,
        Kind.CLIENTS: _clients,
        Kind.COVERAGE: _coverage,
        Kind.SESSIONS: former.sessions,
        Kind.BALANCES: former.balances,
    }
    doers[Kind(kind)](bringing, chunk)
    _remember_added(bringing)


def _remember_added(bringing: Bringing) -> None:
    """What the rows of this chunk added to the set-up."""
    added, bringing.offered.added = bringing.offered.added, []
    for kind, model in ((ImportedRow.Kind.PAYER, PracticePayer), (ImportedRow.Kind.SERVICE, Service)):
        bringing.remember(kind, [(row.pk, 0, "", True) for row in added if isinstance(row, model)])


def _clinicians(bringing: Bringing, chunk: Sequence[ClinicianRow | Who]) -> None:
    for one in chunk:
        who = one if isinstance(one, Who) else one.who
        target = bringing.plan.team.get(who.key, Target(is_left=True))
        if target.is_new:
            _add_clinician(bringing, one, who)
        elif target.pk is not None:
            bringing.counts["clinicians_known"] += not isinstance(one, Who)
            bringing.remember(ImportedRow.Kind.CLINICIAN, [(target.pk, 0, who.key, False)])
        elif not isinstance(one, Who):
            bringing.leave(one.row, "It was left out by your answer." if target.is_left else _WAITS)


def _add_clinician(bringing: Bringing, one: ClinicianRow | Who, who: Who) -> None:
    try:
        made = _made_clinician(bringing, one)
    except TeamRefusedError as error:
        if not isinstance(one, Who):
            bringing.leave(one.row, str(error))
        bringing.plan.team[who.key] = Target(is_left=True)
        return
    row = 0 if isinstance(one, Who) else one.row
    bringing.counts["clinicians"] += 1
    bringing.remember(ImportedRow.Kind.CLINICIAN, [(made.pk, row, who.key, True)])
    bringing.plan.clinicians.add(person_of(made), npi=made.npi, email=made.email)
    bringing.plan.team[who.key] = Target(pk=made.pk)


def _made_clinician(bringing: Bringing, one: ClinicianRow | Who) -> Clinician:
    if isinstance(one, Who):
        facts = {"first_name": one.first[:35], "last_name": one.last[:60], "npi": one.npi, "email": one.email}
        starts_on = _first_day(bringing, one)
        return team.add_clinician(actor=bringing.actor, engagement=_UNSAID_TERMS, starts_on=starts_on, **facts)
    made = team.add_clinician(
        actor=bringing.actor, engagement=one.engagement, starts_on=one.starts_on or bringing.today(), **one.values
    )
    if one.license:
        team.add_license(actor=bringing.actor, clinician_id=made.pk, **one.license)
    return made


def _first_day(bringing: Bringing, who: Who) -> dt.date:
    days = [row.date for row in bringing.plan.parsed.sessions if row.clinician.key == who.key]
    return min([*days, bringing.today()])


def _clients(bringing: Bringing, chunk: Sequence[ClientRow | Who]) -> None:
    new: list[tuple[ClientRow | Who, NewClient]] = []
    settled: list[tuple[int, int, str, bool]] = []
    for one in chunk:
        target = _target(bringing, one)
        if isinstance(one, ClientRow) and not is_ready(bringing.plan, one):
            bringing.leave(one.row, _WAITS)
        elif target.is_new:
            new.append((one, _new_client(bringing, one, target)))
        elif target.pk is not None:
            bringing.counts["clients_known"] += isinstance(one, ClientRow)
            settled.append(_settle(bringing, one, target.pk, is_new=False))
        elif isinstance(one, ClientRow) and not target.same_as:
            bringing.leave(one.row, "It was left out by your answer.")
    made = add_clients(actor=bringing.actor, people=[person for _, person in new])
    bringing.counts["clients"] += len(made)
    for (one, _), row in zip(new, made, strict=True):
        bringing.plan.clients.add(person_of(row))
        settled.append(_settle(bringing, one, row.pk, is_new=True))
    bringing.remember(ImportedRow.Kind.CLIENT, [*settled, *_follow(bringing, chunk)])


def _target(bringing: Bringing, one: ClientRow | Who) -> Target:
    if isinstance(one, Who):
        return bringing.plan.keys.get(one.key, Target(is_left=True))
    return bringing.plan.rows[one.row]


def _new_client(bringing: Bringing, one: ClientRow | Who, target: Target) -> NewClient:
    if isinstance(one, Who):
        facts = {"first_name": one.first[:35], "last_name": one.last[:60], "date_of_birth": one.date_of_birth}
        facts |= {"external_id": one.external_id, "since": _first_session(bringing, one)}
        return NewClient(facts)
    facts = dict(one.values)
    if target.name:
        facts |= {"first_name": target.name[0][:35], "last_name": target.name[1][:60]}
    clinician = bringing.plan.clinician_of(one.clinician)
    return NewClient(facts, one.contacts, one.diagnoses, clinician.pk)


def _first_session(bringing: Bringing, who: Who) -> dt.date | None:
    return bringing.plan.first_days.get(who.key)


def _settle(bringing: Bringing, one: ClientRow | Who, pk: int, *, is_new: bool) -> tuple[int, int, str, bool]:
    """From now on the row and its name mean this client; what is to be remembered of it."""
    plan, who = bringing.plan, one if isinstance(one, Who) else one.who
    row = 0 if isinstance(one, Who) else one.row
    if row:
        plan.rows[row] = Target(pk=pk)
    is_first = plan.keys.get(who.key, Target()).pk is None
    if is_first:
        plan.keys[who.key] = Target(pk=pk)
    return pk, row, who.key if is_first else "", is_new


def _follow(bringing: Bringing, chunk: Sequence[ClientRow | Who]) -> list[tuple[int, int, str, bool]]:
    """Rows that were said to be the same person as another one of the file."""
    found = []
    for one in chunk:
        same_as = bringing.plan.rows[one.row].same_as if isinstance(one, ClientRow) else 0
        pk = bringing.plan.rows[same_as].pk if same_as else None
        if pk is not None:
            bringing.counts["clients_known"] += 1
            found.append(_settle(bringing, one, pk, is_new=False))
    return found


def _coverage(bringing: Bringing, chunk: Sequence[CoverageRow]) -> None:
    ready: list[tuple[CoverageRow, NewCoverage]] = []
    for row in chunk:
        pk = bringing.plan.client_of(row).pk
        if pk is None:
            bringing.leave(row.row, f"{row.client.name} was left out." if is_ready(bringing.plan, row) else _WAITS)
            continue
        payer = bringing.offered.payer(row.payer_name, row.payer_id)
        ready.append((row, NewCoverage(pk, payer, row.values, row.starts_on)))
    answers = add_coverages(actor=bringing.actor, rows=[new for _, new in ready])
    made = []
    for (row, _), answer in zip(ready, answers, strict=True):
        if isinstance(answer, str):
            bringing.leave(row.row, answer)
        else:
            made.append((answer.pk, row.row, "", True))
    bringing.counts["coverage"] += len(made)
    bringing.remember(ImportedRow.Kind.COVERAGE, made)
