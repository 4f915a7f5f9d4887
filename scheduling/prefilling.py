"""What will be billed, before anybody confirms: entered, or taken from the session and the client's last one.

Set-based: the number of queries does not depend on the number of attendances. Nothing is saved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, F, When, Window
from django.db.models.functions import RowNumber

from scheduling.models import Attendance, Session
from scheduling.readiness.facts import ClientFacts, DiagnosisFacts, LocationFacts
from scheduling.readiness.load import Catalog, Loaded, load_rows
from scheduling.words import date_words

ENTERED: Final = "entered"
FROM_SESSION: Final = "from the calendar"
FROM_CHART: Final = "from the client’s diagnoses"
FROM_SUPERVISION: Final = "from the supervision on that day"
MOST_DIAGNOSES: Final = 12
HOME: Final = "10"
TELEHEALTH_PLACES: Final = ("02", "10")
TELEHEALTH_MODIFIERS: Final = frozenset({"95", "GT", "GQ", "93", "FQ"})
_LOOKS_BACK: Final = dt.timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class BillableFacts:
    """What confirming fixes, apart from the fee."""

    service_id: int | None
    diagnoses: tuple[str, ...]
    actual_start: dt.datetime
    actual_stop: dt.datetime
    place_of_service: str
    modifiers: tuple[str, ...]
    client_state: str
    units: int
    rendering_id: int | None
    supervising_id: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The facts of one attendance, and in words where each came from (empty where nothing is known)."""

    attendance_id: int
    facts: BillableFacts
    sources: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Last:
    """What was confirmed of an earlier session of the same client."""

    at: dt.datetime
    diagnoses: list[str]
    place_of_service: str
    modifiers: list[str]
    client_state: str


def prefill(attendances: Iterable[Attendance]) -> dict[int, Proposal]:
    """A proposal for each attendance, by its id."""
    return propose(load_rows([row.pk for row in attendances]))


def propose(loaded: Loaded) -> dict[int, Proposal]:
    """A proposal for each attendance that is loaded already, by its id; one query, for the sessions before."""
    last = _LastConfirmed(loaded.rows)
    return {row.pk: _propose(row, loaded.catalog, last.before(row)) for row in loaded.rows}


class _LastConfirmed:
    """The confirmed sessions that came before these: for each client the latest before the first of these, and
    every one in between, however long the client has been coming."""

    def __init__(self, rows: Sequence[Attendance]) -> None:
        self._found: dict[int, list[_Last]] = {}
        for client_id, *facts in _confirmed_around(rows) if rows else ():
            self._found.setdefault(client_id, []).append(_Last(*facts))

    def before(self, row: Attendance) -> _Last | None:
        """The latest one of the half year before this session."""
        starts = row.session.starts_at
        newest_first = reversed(self._found.get(row.client_id, []))
        return next((one for one in newest_first if starts - _LOOKS_BACK <= one.at < starts), None)


def _confirmed_around(rows: Sequence[Attendance]) -> Iterable[tuple[Any, ...]]:
    starts = [row.session.starts_at for row in rows]
    since = min(starts) - _LOOKS_BACK
    in_between = Case(When(session__starts_at__gte=min(starts), then=F("pk")))
    newest = [F("session__starts_at").desc(), F("pk").desc()]
    return (
        Attendance.objects.filter(
            client_id__in={row.client_id for row in rows},
            status=Attendance.Status.CONFIRMED,
            outcome=Attendance.Status.HELD,
            session__starts_at__gte=since,
            session__starts_at__lt=max(starts),
            confirmed_at__gte=since,  # nothing is confirmed before it began, and this is in the clients' own index
        )
        .annotate(place=Window(RowNumber(), partition_by=[F("client_id"), in_between], order_by=newest))
        .filter(place=1)
        .order_by("session__starts_at", "pk")
        .values_list("client_id", "session__starts_at", "diagnoses", "place_of_service", "modifiers", "client_state")
    )


class _Choices:
    """Takes the first of several candidates that says something, and remembers where it came from."""

    def __init__(self) -> None:
        self.sources: dict[str, str] = {}

    def __call__(self, name: str, *candidates: tuple[Any, str]) -> Any:
        for value, source in candidates:
            if value:
                self.sources[name] = source
                return value
        self.sources[name] = ""
        return candidates[0][0]


def _propose(row: Any, catalog: Catalog, last: _Last | None) -> Proposal:
    day = catalog.local(row.session.starts_at).date()
    client, location = catalog.clients[row.client_id], catalog.locations.get(row.session.location_id or 0)
    video = _is_telehealth(row.session, location)
    choose = _Choices()
    before = f"from {date_words(catalog.local(last.at).date(), day)}" if last else ""
    rendering = choose("rendering", (row.rendering_id, ENTERED), (row.lead, FROM_SESSION))
    known = catalog.clinicians.get(rendering or 0)
    running = _running_diagnoses(client.diagnoses, day)
    facts = BillableFacts(
        service_id=choose("service", (row.service_id, ENTERED), (row.session.service_id, FROM_SESSION)),
        diagnoses=tuple(
            choose(
                "diagnoses", (row.diagnoses, ENTERED), (last.diagnoses if last else [], before), (running, FROM_CHART)
            )
        ),
        actual_start=choose("actual_start", (row.actual_start, ENTERED), (row.session.starts_at, FROM_SESSION)),
        actual_stop=choose("actual_stop", (row.actual_stop, ENTERED), (row.session.ends_at, FROM_SESSION)),
        place_of_service=choose(
            "place_of_service",
            (row.place_of_service, ENTERED),
            (_place(location, video=video), FROM_SESSION),
            (last.place_of_service if last else "", before),
        ),
        modifiers=tuple(
            choose("modifiers", (row.modifiers, ENTERED), *_modifiers(row, client, last, before, day, video=video))
        ),
        client_state=choose(
            "client_state",
            (row.client_state, ENTERED),
            (location.state if location and not video else "", FROM_SESSION),
            (last.client_state if last else "", before),
            (client.state, "from the client’s address"),
        ),
        units=row.units,
        rendering_id=rendering,
        supervising_id=choose(
            "supervising",
            (row.supervising_id, ENTERED),
            (known.supervisor_id_on(day) if known else None, FROM_SUPERVISION),
        ),
    )
    return Proposal(row.pk, facts, choose.sources)


def _running_diagnoses(rows: Sequence[DiagnosisFacts], day: dt.date) -> list[str]:
    running = [row.code for row in rows if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)]
    return list(dict.fromkeys(running))[:MOST_DIAGNOSES]


def _place(location: LocationFacts | None, *, video: bool) -> str:
    """POS 10 (in the client's home) unless the telehealth place says 02; otherwise the location's own."""
    known = location.place_of_service if location else ""
    if video:
        return known if known in TELEHEALTH_PLACES else HOME
    return known


def _is_telehealth(session: Session, location: LocationFacts | None) -> bool:
    """Whether it takes place by video, by its own mark or by its location's."""
    return session.telehealth or bool(location and location.is_telehealth)


def _modifiers(
    row: Attendance, client: ClientFacts, last: _Last | None, before: str, day: dt.date, *, video: bool
) -> list[tuple[list[str], str]]:
    """Those of last time, except that the telehealth one follows this session and this payer."""
    kept = [code for code in last.modifiers if code not in TELEHEALTH_MODIFIERS] if last else []
    plan = client.plan(row.coverage_id) if video and not row.self_pay else None
    added = [code for code in (plan.payer.rules_on(day).video_modifier if plan else "",) if code]
    return [([*kept, *added], before if kept else FROM_SESSION)]
