"""What documentation adds to the calendar: a panel on a session's page, and «note due» on what is past."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from charting.listing import state_of
from charting.policies import knows, reach_of, visible_attendances
from charting.selectors import needing_notes, needs_note, with_states
from practice.actors import Actor
from scheduling.models import Attendance, Session
from scheduling.panels import Mark, Marking, Panel

TEMPLATE: Final = "charting/_panel.html"
_KNOWS: Final = ("documentation:own", "documentation:view", "documentation:cosign", "documentation:read")
_DUE: Final = {"missing": Mark("note due"), "drafted": Mark("note to sign"), "cosign": Mark("co-sign due")}


def session_panel(session: Session, actor: Actor) -> Panel | None:
    """The state of each attendance's note, for whoever may know it."""
    if not actor.may(*_KNOWS):
        return None
    rows = with_states(needing_notes(visible_attendances(reach_of(actor)).filter(session=session.pk)))
    notes = [
        {"id": row.pk, "client": row.client.name, "state": state_of(row.note_state, wants_cosign=row.wants_cosign)}
        for row in rows.select_related("client").order_by("client__last_name", "pk")
    ]
    return Panel(TEMPLATE, {"notes": notes}) if notes else None


def due_marks(actor: Actor) -> Marking | None:
    """What is still to write or sign, for whoever may know it."""
    if not actor.may(*_KNOWS):
        return None
    return Marking(("needs_note", "note_state", "wants_cosign"), partial(_with_need, knows(actor)), _due)


def _with_need(known: Q, rows: QuerySet[Attendance]) -> QuerySet[Any]:
    need = ExpressionWrapper(needs_note() & known, output_field=BooleanField())
    found: QuerySet[Any] = with_states(rows).annotate(needs_note=need)
    return found


def _due(row: Mapping[str, Any]) -> Mark | None:
    return _DUE.get(state_of(row["note_state"], wants_cosign=row["wants_cosign"])) if row["needs_note"] else None
