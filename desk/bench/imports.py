"""The figures of bringing data over: ten thousand sessions of a former system, and taking them back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from clients.models import Client
from clinicians.models import Clinician
from desk.bench.figures import Taken, enter, figure
from desk.bench.loop import check_constraints, rolled_back
from desk.bench.places import Bench
from desk.imports import running, services, undoing
from desk.imports.aliases import DATA
from desk.models import ImportRun
from practice.access import Access
from practice.tenancy.context import practice_context

SESSIONS: Final = 10_000
SECONDS: Final = 30
UNDO_SECONDS: Final = 10
_PEOPLE: Final = 40
_CLIENTS: Final = 500
_FIRST: Final = dt.date(2018, 1, 1)
_HOURS: Final = 8  # sessions of a clinician in a day, from eight on


@figure(f"import: {SESSIONS:,} sessions from our own template", "< 30 s from the upload to the last row")
def brought_over(bench: Bench, _port: int) -> Taken:
    """Upload, preview and the worker's chunks."""
    with rolled_back():
        took, run = _brought(enter(bench))
    made = run.result.get("sessions", 0)
    return Taken(f"{took.words} for {made:,}", holds=took.wall < SECONDS and made == SESSIONS)


@figure(f"import: the undo of {SESSIONS:,} sessions", f"≤ {UNDO_SECONDS} s, by a worker")
def taken_back(bench: Bench, _port: int) -> Taken:
    """Everything the file made, in one transaction."""
    entry = enter(bench)
    with rolled_back():
        _, run = _brought(entry)
        with _timed() as took, practice_context(entry.practice.pk, phi=True, rates=True):
            undoing.undo(actor=entry.actor, practice=entry.practice, run_id=run.pk)
            undoing.take_back(entry.practice.pk, str(run.pk))
            check_constraints()
            run.refresh_from_db()
    return Taken(took.words, holds=took.wall <= UNDO_SECONDS and run.status == ImportRun.Status.UNDONE)


class Took:
    """How long something took, on the wall and of this process."""

    wall = 0.0
    own = 0.0

    @property
    def words(self) -> str:
        """`3.10 s, 2.05 s of them Python`."""
        return f"{self.wall:.2f} s, {self.own:.2f} s of them Python"


@contextmanager
def _timed() -> Iterator[Took]:
    took, started, own = Took(), time.perf_counter(), time.process_time()
    yield took
    took.wall, took.own = time.perf_counter() - started, time.process_time() - own


def _brought(entry: Access) -> tuple[Took, ImportRun]:
    with practice_context(entry.practice.pk, phi=True, rates=True):
        content = _file()
        with _timed() as took:
            facts: dict[str, Any] = {"actor": entry.actor, "practice": entry.practice}
            run = services.upload(**facts, name="sessions.csv", content=content)
            services.start(**facts, run_id=run.pk, only_good=True)
            running.perform(entry.practice.pk, str(run.pk))
            check_constraints()
        run.refresh_from_db()
    return took, run


def _file() -> bytes:
    """Our template with a row for each session: forty clinicians in turn, each with an hour of their own."""
    with (DATA / "templates" / "sessions.csv").open(encoding="utf-8", newline="") as file:
        headers = next(csv.reader(file))
    team = list(Clinician.objects.order_by("pk")[:_PEOPLE])
    people = list(Client.objects.order_by("pk")[:_CLIENTS])
    out = io.StringIO()
    writer = csv.DictWriter(out, headers)
    writer.writeheader()
    for place in range(SESSIONS):
        writer.writerow(_row(place, people[place % len(people)], team[place % len(team)], len(team)))
    return out.getvalue().encode()


def _row(place: int, client: Client, clinician: Clinician, team: int) -> dict[str, str]:
    slot = place // team
    day = _FIRST + dt.timedelta(days=slot // _HOURS)
    return {
        "external_id": f"A-{place}",
        "client_first_name": client.first_name,
        "client_last_name": client.last_name,
        "client_date_of_birth": str(client.date_of_birth),
        "clinician_npi": clinician.npi,
        "start_at": f"{day}T{8 + slot % _HOURS:02}:00",
        "duration_minutes": "45",
        "timezone": "America/New_York",
        "status": "attended",
        "service_code": "90834",
        "units": "1",
        "place_of_service": "11",
        "diagnosis_1": "F41.1",
        "charge_total": "142.10",
    }
