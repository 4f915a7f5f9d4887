"""What the page of one note shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from charting import content
from charting.listing import state_of
from charting.models import Documentation, Signature
from charting.policies import Reach, reach_of, visible_attendances
from charting.selectors import needing_notes, with_states
from clinicians.models import Clinician
from practice import audit, clock
from practice.actors import Actor
from practice.models import Practice, StoredFile


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature in words; `date` and `time` are the practice's."""

    title: str
    words: str
    date: dt.date
    time: dt.time
    kind: str
    glyph: str


@dataclass(frozen=True, slots=True)
class NotePage:
    """One note. The text, file and place are empty for whoever may only know its state."""

    attendance_id: int
    client: str
    clinician: Clinician | None
    code: str
    service: str
    date: dt.date
    start: dt.time
    stop: dt.time
    minutes: int
    telehealth: bool
    state: str
    seen: str
    changed_at: dt.datetime | None
    may_read: bool
    may_write: bool
    may_sign: bool
    may_reopen: bool
    may_cosign: bool
    text: str
    file: StoredFile | None
    kept_elsewhere: bool
    elsewhere: str
    words_to_sign: str
    signatures: list[SignatureLine]
    next_id: int | None


def note_page(actor: Actor, practice: Practice, attendance_id: int) -> NotePage:
    """The note of an attendance the actor may know of; reading its text is audited. Http404 otherwise."""
    reach = reach_of(actor)
    row = _attendance(reach, attendance_id)
    note = _note(row.pk)
    may_read = reach.may_read(row.giver)
    if may_read and note.pk:
        audit.record("documentation.viewed", actor=actor, row=note, client_id=row.client_id)
    return _page(row, note, practice, reach, may_read)


def readable_file(actor: Actor, attendance_id: int) -> StoredFile:
    """The uploaded file, for whoever may read the note; the reading is audited. Http404 otherwise."""
    reach = reach_of(actor)
    row = _attendance(reach, attendance_id)
    note = _note(row.pk)
    file: StoredFile | None = note.file
    if file is None or not reach.may_read(row.giver):
        raise Http404
    audit.record("documentation.file_viewed", actor=actor, row=note, client_id=row.client_id)
    return file


def _attendance(reach: Reach, attendance_id: int) -> Any:
    rows = with_states(visible_attendances(reach)).filter(pk=attendance_id)
    row = rows.select_related("session__service", "service", "client").first()
    if row is None:
        raise Http404
    return row


def _note(attendance_id: int) -> Documentation:
    found = Documentation.objects.filter(attendance=attendance_id).select_related("file").first()
    return found or Documentation(attendance_id=attendance_id)


def _page(row: Any, note: Documentation, practice: Practice, reach: Reach, may_read: bool) -> NotePage:
    start = clock.local(practice, row.actual_start or row.session.starts_at)
    stop = clock.local(practice, row.actual_stop or row.session.ends_at)
    service, is_open = row.service or row.session.service, note.status in {"missing", "drafted"}
    writes, signed = reach.may_write(row.giver), note.status == Documentation.Status.SIGNED
    return NotePage(
        attendance_id=row.pk,
        client=row.client.name,
        clinician=Clinician.objects.filter(pk=row.giver).first(),
        code=service.code if service else "",
        service=service.name if service else "",
        date=start.date(),
        start=start.time(),
        stop=stop.time(),
        minutes=int((stop.astimezone(dt.UTC) - start.astimezone(dt.UTC)).total_seconds()) // 60,
        telehealth=row.session.telehealth,
        state=state_of(note.status, wants_cosign=row.wants_cosign),
        seen=note.changed_at.isoformat() if note.pk else "",
        changed_at=note.changed_at if note.pk else None,
        may_read=may_read,
        may_write=writes and is_open,
        may_sign=writes and is_open and row.session.starts_at <= clock.now(),
        may_reopen=writes and signed,
        may_cosign=signed and reach.may_cosign(row.giver),
        text=note.text if may_read else "",
        file=note.file if may_read else None,
        kept_elsewhere=note.kept_elsewhere and may_read,
        elsewhere=note.elsewhere if may_read else "",
        words_to_sign=content.words_to_sign(note),
        signatures=_signatures(note, practice, may_read),
        next_id=_next_unsigned(reach, row) if writes else None,
    )


def _next_unsigned(reach: Reach, row: Any) -> int | None:
    """The oldest other session of the clinician's own that has no signed note."""
    own = Reach(reach.own, frozenset(), sees_all=False, reads_all=False)
    rows = with_states(needing_notes(visible_attendances(own))).filter(note_state__in=["missing", "drafted"])
    others = rows.order_by("session__starts_at", "pk").values_list("pk", flat=True)[:2]
    return next((number for number in others if number != row.pk), None)


_LOOKS = {"sign": ("done", "done"), "cosign": ("done", "done"), "withdraw": ("wait", "over")}


def _signatures(note: Documentation, practice: Practice, may_read: bool) -> list[SignatureLine]:
    """The newest first; reasons may tell something of the session and are for readers alone."""
    rows = Signature.objects.filter(documentation=note).order_by("-at", "-pk") if note.pk else []
    return [_line(row, clock.local(practice, row.at), may_read) for row in rows]


def _line(row: Signature, at: dt.datetime, may_read: bool) -> SignatureLine:
    kind, glyph = _LOOKS[row.kind]
    words = row.words if may_read else ""
    return SignatureLine(f"{row.get_kind_display()} by {row.by_name}", words, at.date(), at.time(), kind, glyph)
