"""What documentation adds to the calendar: a panel on a session's page, and «note due» on what is past."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from charting.listing import state_of
from charting.policies import reach_of, visible_attendances
from charting.selectors import needing_notes, with_states
from practice.actors import Actor
from scheduling.models import Session
from scheduling.panels import Mark, Panel

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


def due_marks(attendance_ids: Collection[int], actor: Actor) -> Mapping[int, Mark]:
    """What is still to write or sign among these attendances; a fixed number of queries."""
    if not attendance_ids or not actor.may(*_KNOWS):
        return {}
    rows = with_states(needing_notes(visible_attendances(reach_of(actor)).filter(pk__in=attendance_ids)))
    states = {row.pk: state_of(row.note_state, wants_cosign=row.wants_cosign) for row in rows}
    return {number: _DUE[state] for number, state in states.items() if state in _DUE}
