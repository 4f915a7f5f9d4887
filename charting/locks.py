"""Finds notes for a change, and locks them: the attendances first, then the notes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import Http404

from charting.models import Documentation
from charting.policies import Reach, reach_of, visible_attendances
from charting.rows import ensure_for
from practice.actors import Actor
from scheduling.models import Attendance, SessionClinician


@dataclass(frozen=True, slots=True)
class Held:
    """A locked note, whose session it documents, who gave it, and how far the actor reaches."""

    note: Documentation
    attendance: Attendance
    clinician_id: int | None
    reach: Reach


def hold(actor: Actor, attendance_id: int) -> Held:
    """The note of an attendance the actor may know of, locked until the transaction ends; Http404 otherwise."""
    reach = reach_of(actor)
    rows = visible_attendances(reach).select_related("session").filter(pk=attendance_id)
    attendance = rows.select_for_update(of=("self",)).first()
    if attendance is None:
        raise Http404
    note_id = ensure_for([attendance], actor=actor)[attendance.pk].pk
    note = Documentation.objects.select_for_update(of=("self",)).select_related("file").get(pk=note_id)
    return Held(note, attendance, clinician_of(attendance), reach)


def clinician_of(attendance: Attendance) -> int | None:
    """Who gave the session: the rendering clinician where it is fixed, else who leads it."""
    if attendance.rendering_id is not None:
        return attendance.rendering_id
    lead = SessionClinician.objects.filter(session=attendance.session_id).order_by("-is_lead", "pk")
    return lead.values_list("clinician_id", flat=True).first()


def hold_many(actor: Actor, attendance_ids: Collection[int]) -> list[Held]:
    """The same for several, in the order of their keys and in a fixed number of queries; Http404 for any unknown."""
    reach = reach_of(actor)
    rows = visible_attendances(reach).select_related("session").filter(pk__in=attendance_ids).order_by("pk")
    attendances = list(rows.select_for_update(of=("self",)))
    if len(attendances) != len(set(attendance_ids)):
        raise Http404
    made = ensure_for(attendances, actor=actor)
    rows_of = Documentation.objects.select_for_update(of=("self",)).select_related("file").order_by("pk")
    notes = {note.attendance_id: note for note in rows_of.filter(pk__in=[note.pk for note in made.values()])}
    leads = _leads([row.session_id for row in attendances])
    return [Held(notes[row.pk], row, row.rendering_id or leads.get(row.session_id), reach) for row in attendances]


def _leads(session_ids: Collection[int]) -> dict[int, int]:
    """Who leads each session."""
    found: dict[int, int] = {}
    for part in SessionClinician.objects.filter(session_id__in=session_ids).order_by("-is_lead", "pk"):
        found.setdefault(part.session_id, part.clinician_id)
    return found
