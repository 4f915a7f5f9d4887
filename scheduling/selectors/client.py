"""A client's sessions as their record shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from practice import clock
from practice.actors import Actor
from practice.models import Practice
from scheduling import policies
from scheduling.models import Attendance, SessionClinician
from scheduling.selectors.session import STATUS_LOOK


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


def sessions_of_client(actor: Actor, practice: Practice, client_id: int) -> list[ClientSession]:
    """The attendances that the actor may see, the latest first, in two queries."""
    rows = policies.visible_attendances(actor).filter(client_id=client_id)
    found = list(
        rows.select_related("session__service", "session__location", "service").order_by("-session__starts_at")
    )
    names = _clinicians([row.session_id for row in found])
    return [_line(practice, row, ", ".join(names.get(row.session_id, []))) for row in found]


def next_session(actor: Actor, client_id: int) -> Attendance | None:
    """The next one that is still to come, or None."""
    rows = policies.visible_attendances(actor).filter(client_id=client_id, status=Attendance.Status.SCHEDULED)
    coming = rows.filter(session__starts_at__gte=clock.now(), session__occupies=True)
    return coming.select_related("session").order_by("session__starts_at").first()


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
        status=row.get_status_display(),
        kind=kind,
        glyph=glyph,
    )
