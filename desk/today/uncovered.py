"""Sessions to come without coverage, as their page lists them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from practice import clock
from practice.actors import Actor
from practice.models import Practice
from scheduling.models import SessionClinician
from scheduling.selectors.uncovered import uncovered


@dataclass(frozen=True, slots=True)
class Uncovered:
    """One client in one session to come."""

    client_id: int
    client: str
    session_id: int
    start: dt.datetime
    end: dt.datetime
    clinician: str
    service: str


def uncovered_sessions(actor: Actor, practice: Practice) -> list[Uncovered]:
    """All of the next seven days; two queries."""
    rows = list(uncovered(actor, practice).select_related("client", "session__service"))
    leads = SessionClinician.objects.filter(session__in={row.session_id for row in rows}, is_lead=True)
    names = {row.session_id: row.clinician.name for row in leads.select_related("clinician")}
    return [
        Uncovered(
            row.client_id,
            row.client.name,
            row.session_id,
            clock.local(practice, row.session.starts_at).replace(tzinfo=None),
            clock.local(practice, row.session.ends_at).replace(tzinfo=None),
            names.get(row.session_id, ""),
            row.session.service.code or row.session.service.name if row.session.service else "",
        )
        for row in rows
    ]
