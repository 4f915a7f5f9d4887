"""A client's sessions as their record shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from practice import clock
from practice.actors import Actor
from practice.models import Practice
from scheduling import policies
from scheduling.models import Attendance, SessionClinician
from scheduling.selectors.session import STATUS_LOOK, status_words

Which = Literal["past", "coming", "all"]
LATELY: Final = 5


@dataclass(frozen=True, slots=True)
class ClientSession:
    """One line: times by the practice's wall clock."""

    session_id: int
    start: dt.datetime
    end: dt.datetime
    service: str
    clinicians: str
    place: str
    status: str
    kind: str
    glyph: str


@dataclass(frozen=True, slots=True)
class ClientSessions:
    """The lines that were asked for, and how many there are of each sort."""

    lines: list[ClientSession]
    past: int
    coming: int


def sessions_of_client(actor: Actor, practice: Practice, client_id: int, which: Which = "all") -> ClientSessions:
    """The attendances that the actor may see, in two queries: the latest first, what is to come the soonest first."""
    rows = policies.visible_attendances(actor).filter(client_id=client_id)
    found = list(
        rows.select_related("session__service", "session__location", "service").order_by("-session__starts_at")
    )
    coming = [row for row in reversed(found) if row.session.starts_at > clock.now()]
    past = [row for row in found if row.session.starts_at <= clock.now()]
    shown = {"past": past, "coming": coming, "all": found}[which]
    return ClientSessions(_lines(practice, shown), len(past), len(coming))


def lately(actor: Actor, practice: Practice, client_id: int) -> list[ClientSession]:
    """The last few sessions that began, the latest first."""
    rows = policies.visible_attendances(actor).filter(client_id=client_id, session__starts_at__lte=clock.now())
    found = rows.select_related("session__service", "session__location", "service").order_by("-session__starts_at")
    return _lines(practice, list(found[:LATELY]))


def next_session(actor: Actor, client_id: int) -> Attendance | None:
    """The next one that is still to come, or None."""
    rows = policies.visible_attendances(actor).filter(client_id=client_id, status=Attendance.Status.SCHEDULED)
    coming = rows.filter(session__starts_at__gte=clock.now(), session__occupies=True)
    return coming.select_related("session").order_by("session__starts_at").first()


def _lines(practice: Practice, rows: Sequence[Attendance]) -> list[ClientSession]:
    names = _clinicians([row.session_id for row in rows])
    return [_line(practice, row, ", ".join(names.get(row.session_id, []))) for row in rows]


def _clinicians(session_ids: Sequence[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    parts = SessionClinician.objects.filter(session_id__in=session_ids).select_related("clinician")
    for part in parts.order_by("-is_lead", "pk"):
        names.setdefault(part.session_id, []).append(part.clinician.name)
    return names


def _line(practice: Practice, row: Attendance, clinicians: str) -> ClientSession:
    session, service = row.session, row.service or row.session.service
    kind, glyph = STATUS_LOOK[row.status]
    place = "Telehealth" if session.telehealth else session.location.name if session.location else ""
    return ClientSession(
        session_id=row.session_id,
        start=clock.local(practice, session.starts_at).replace(tzinfo=None),
        end=clock.local(practice, session.ends_at).replace(tzinfo=None),
        service=str(service or session.title),
        clinicians=clinicians,
        place=place,
        status=status_words(row),
        kind=kind,
        glyph=glyph,
    )
