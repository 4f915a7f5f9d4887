"""The figure of many practices in one database: the same pages, alone and beside 69 others.

The others are copies of a part of the bench's practice, made by one statement a table and taken away afterwards, so
that both are measured minutes apart in the same database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db.models import ForeignKey, Model

from billing.models import Charge, Claim, ClaimLine, ClaimSession
from charting.models import Documentation
from clients.models import Caseload, Client, ClientDiagnosis, Coverage
from clinicians.models import Clinician
from desk.bench.copying import run
from desk.bench.figures import Taken, figure
from desk.bench.pages import PAGES, asked
from desk.bench.places import Bench
from practice.models import Location, Practice, PracticePayer, Service
from practice.tenancy.base import TenantModel
from scheduling.models import Attendance, Attestation, Session, SessionClinician

NEIGHBORS: Final = 69
WITHIN: Final = 1.2
CLINICIANS: Final = 2
WEEKS: Final = 26
KEYS: Final = 10**9  # a neighbor's keys lie so far from the next one's

_OF_CLINICIANS: Final = "clinician_id IN (SELECT id FROM bench_clinicians)"
_OF_CLIENTS: Final = f"client_id IN (SELECT client_id FROM clients_caseload WHERE {_OF_CLINICIANS})"  # noqa: S608
_OF_SESSIONS: Final = "session_id IN (SELECT id FROM bench_sessions)"
_OF_ATTENDANCES: Final = f"attendance_id IN (SELECT id FROM scheduling_attendance WHERE {_OF_SESSIONS})"  # noqa: S608

COPIED: Final[dict[type[TenantModel], str]] = {
    PracticePayer: "true",
    Location: "true",
    Service: "true",
    Clinician: "id IN (SELECT id FROM bench_clinicians)",
    Client: _OF_CLIENTS.replace("client_id IN", "id IN", 1),
    Coverage: _OF_CLIENTS,
    ClientDiagnosis: _OF_CLIENTS,
    Caseload: _OF_CLINICIANS,
    Attestation: _OF_CLINICIANS,
    Session: "id IN (SELECT id FROM bench_sessions)",
    SessionClinician: f"{_OF_SESSIONS} AND {_OF_CLINICIANS}",
    Attendance: _OF_SESSIONS,
    Documentation: _OF_ATTENDANCES,
    Charge: _OF_ATTENDANCES,
    Claim: _OF_ATTENDANCES,
    ClaimSession: _OF_ATTENDANCES,
    ClaimLine: f"claim_id IN (SELECT id FROM billing_claim WHERE {_OF_ATTENDANCES})",  # noqa: S608
}


@figure(f"the same pages beside {NEIGHBORS} other practices", f"p50 within {WITHIN}×")
def beside_others(bench: Bench, port: int) -> Taken:
    """How much longer each page takes when its practice is one of 70."""
    alone = {name: asked(bench, port, name).half for name in PAGES}
    with neighbors(bench):
        beside = {name: asked(bench, port, name).half for name in PAGES}
    times = {name: beside[name] / alone[name] for name in PAGES}
    words = ", ".join(f"{name} {value:.2f}×" for name, value in times.items())
    return Taken(words, holds=max(times.values()) <= WITHIN)


@contextmanager
def neighbors(bench: Bench) -> Iterator[list[int]]:
    """Fills as many other practices and empties them again; what an interrupted run left is taken away first."""
    clear()
    made = Practice.objects.bulk_create(
        Practice(name=f"Neighbor {place}", slug=f"bench-neighbor-{place}") for place in range(1, NEIGHBORS + 1)
    )
    ids = [row.pk for row in made]
    try:
        _fill(bench, ids)
        run("ANALYZE")
        yield ids
    finally:
        clear()


def clear() -> None:
    """Takes every neighbor away, and what that leaves in the tables."""
    ids = list(Practice.objects.filter(slug__startswith="bench-neighbor-").values_list("pk", flat=True))
    if not ids:
        return
    for model in reversed(COPIED):
        run(f'DELETE FROM "{model._meta.db_table}" WHERE practice_id = ANY(%s)', ids)  # noqa: S608 - our own tables
    run("DELETE FROM practice_practice WHERE id = ANY(%s)", ids)
    for model in COPIED:
        run(f'VACUUM ANALYZE "{model._meta.db_table}"')


def _fill(bench: Bench, ids: Sequence[int]) -> None:
    since = dt.datetime.combine(bench.date - dt.timedelta(weeks=WEEKS), dt.time(), tzinfo=dt.UTC)
    _chosen("bench_clinicians", "clinicians_clinician WHERE practice_id = %s ORDER BY id LIMIT %s", bench, CLINICIANS)
    own = f"practice_id = %s AND starts_at >= %s AND {_OF_CLINICIANS}"
    _chosen("bench_sessions", f"scheduling_sessionclinician WHERE {own}", bench, since, key="session_id")
    for model, which in COPIED.items():
        _copy(model, which, bench.practice_id, list(ids))


def _chosen(table: str, source: str, bench: Bench, *values: Any, key: str = "id") -> None:
    run(f"DROP TABLE IF EXISTS {table}")
    run(f"CREATE TABLE {table} AS SELECT {key} AS id FROM {source}", bench.practice_id, *values)  # noqa: S608


def _copy(model: type[TenantModel], which: str, practice_id: int, ids: list[int]) -> None:
    fields = [field for field in model._meta.concrete_fields if field.column and not field.generated]
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field) for field in fields)
    run(
        f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {values} FROM "{model._meta.db_table}" example'  # noqa: S608
        f" CROSS JOIN unnest(%s::bigint[]) WITH ORDINALITY made (practice, place)"
        f" WHERE example.practice_id = %s AND {which}",
        ids,
        practice_id,
    )


def _value(field: Any) -> str:
    """What a copy has in a column: its own practice and keys, nothing of what was not copied."""
    column = f'example."{field.column}"'
    if field.column == "practice_id":
        return "made.practice"
    if field.primary_key or (isinstance(field, ForeignKey) and field.related_model in COPIED):
        return f"{column} + made.place * {KEYS}"
    return "NULL" if _is_left_out(field) else column


def _is_left_out(field: Any) -> bool:
    related: type[Model] | None = field.related_model if isinstance(field, ForeignKey) else None
    return related is not None and issubclass(related, TenantModel)
