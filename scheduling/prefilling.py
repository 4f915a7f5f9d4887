"""What will be billed, before anybody confirms: entered, or taken from the session and the client's last one.

Set-based: the number of queries does not depend on the number of attendances. Nothing is saved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clients.models import ClientDiagnosis
from clinicians.models import Supervision
from practice import clock
from practice.models import Practice
from practice.tenancy.context import current
from scheduling.models import Attendance, Session, SessionClinician
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
class _Known:
    """What was loaded for all attendances at once."""

    practice: Practice
    last: dict[int, Attendance]
    diagnoses: dict[int, list[ClientDiagnosis]]
    leads: dict[int, int]
    supervisions: dict[int, list[Supervision]]


def prefill(attendances: Iterable[Attendance]) -> dict[int, Proposal]:
    """A proposal for each attendance, by its id."""
    ids = [row.pk for row in attendances]
    related = ("session__location", "client", "coverage__payer")
    rows = list(Attendance.objects.filter(pk__in=ids).select_related(*related))
    if not rows:
        return {}
    known = _load(rows)
    return {row.pk: _propose(row, known) for row in rows}


def _load(rows: Sequence[Attendance]) -> _Known:
    clients = {row.client_id for row in rows}
    parts = SessionClinician.objects.filter(session_id__in={row.session_id for row in rows}, is_lead=True)
    leads = dict(parts.order_by("-pk").values_list("session_id", "clinician_id"))
    rendering = {row.rendering_id or leads.get(row.session_id) for row in rows} - {None}
    supervisions = Supervision.objects.filter(supervisee_id__in=rendering)
    diagnoses = ClientDiagnosis.objects.filter(client_id__in=clients).order_by("rank", "pk")
    return _Known(
        Practice.objects.get(pk=current().practice_id),
        _last_confirmed(rows, clients),
        _grouped(diagnoses, "client_id"),
        leads,
        _grouped(supervisions, "supervisee_id"),
    )


def _last_confirmed(rows: Sequence[Attendance], clients: set[int]) -> dict[int, Attendance]:
    """The latest confirmed attendance of each client in the half year before."""
    starts = [row.session.starts_at for row in rows]
    confirmed = Attendance.objects.filter(
        client_id__in=clients,
        status=Attendance.Status.CONFIRMED,
        outcome=Attendance.Status.HELD,
        session__starts_at__gte=min(starts) - _LOOKS_BACK,
        session__starts_at__lt=max(starts),
    ).select_related("session")
    return {row.client_id: row for row in confirmed.order_by("session__starts_at", "pk")}


def _grouped(rows: Iterable[Any], key: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    return found


def _propose(row: Attendance, known: _Known) -> Proposal:
    day = clock.local(known.practice, row.session.starts_at).date()
    sources: dict[str, str] = {}

    def choose(name: str, *candidates: tuple[Any, str]) -> Any:
        for value, source in candidates:
            if value:
                sources[name] = source
                return value
        sources[name] = ""
        return candidates[0][0]

    last = known.last.get(row.client_id)
    before = f"from {date_words(clock.local(known.practice, last.session.starts_at).date(), day)}" if last else ""
    rendering = choose("rendering", (row.rendering_id, ENTERED), (known.leads.get(row.session_id), FROM_SESSION))
    running = _running_diagnoses(known.diagnoses.get(row.client_id, []), day)
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
            (_place(row.session), FROM_SESSION),
            (last.place_of_service if last else "", before),
        ),
        modifiers=tuple(choose("modifiers", (row.modifiers, ENTERED), *_modifiers(row, last, before))),
        client_state=choose("client_state", (row.client_state, ENTERED), *_states(row, last, before)),
        units=row.units,
        rendering_id=rendering,
        supervising_id=choose(
            "supervising",
            (row.supervising_id, ENTERED),
            (_supervisor(known.supervisions.get(rendering or 0, []), day), FROM_SUPERVISION),
        ),
    )
    return Proposal(row.pk, facts, sources)


def _running_diagnoses(rows: Sequence[ClientDiagnosis], day: dt.date) -> list[str]:
    running = [row.code for row in rows if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)]
    return list(dict.fromkeys(running))[:MOST_DIAGNOSES]


def _place(session: Session) -> str:
    """POS 10 (in the client's home) unless the telehealth place says 02; otherwise the location's own."""
    known: str = session.location.place_of_service if session.location else ""
    if is_telehealth(session):
        return known if known in TELEHEALTH_PLACES else HOME
    return known


def is_telehealth(session: Session) -> bool:
    """Whether it takes place by video, by its own mark or by its location's."""
    return session.telehealth or bool(session.location and session.location.is_telehealth)


def _modifiers(row: Attendance, last: Attendance | None, before: str) -> list[tuple[list[str], str]]:
    """Those of last time, except that the telehealth one follows this session and this payer."""
    kept = [code for code in last.modifiers if code not in TELEHEALTH_MODIFIERS] if last else []
    video: list[str] = []
    if is_telehealth(row.session) and row.coverage and not row.self_pay:
        video = [code for code in (row.coverage.payer.telehealth_modifier,) if code]
    return [([*kept, *video], before if kept else FROM_SESSION)]


def _states(row: Attendance, last: Attendance | None, before: str) -> list[tuple[str, str]]:
    location = row.session.location
    here = location.state if location and not is_telehealth(row.session) else ""
    return [
        (here, FROM_SESSION),
        (last.client_state if last else "", before),
        (row.client.state, "from the client’s address"),
    ]


def _supervisor(rows: Sequence[Supervision], day: dt.date) -> int | None:
    running = (row for row in rows if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on))
    return next((row.supervisor_id for row in running), None)
