"""What changes a note before it is signed: words, a file, or where it is kept. Each is one service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from charting import content
from charting.errors import NoteChangedError, NoteRefusedError
from charting.locks import Held, hold
from charting.models import Documentation
from charting.rows import ensure_for
from charting.signing import cosign, reopen, return_note, sign
from charting.together import cosign_many, sign_many_as_written
from practice import audit, clock, files, states
from practice.actors import Actor

__all__ = [
    "attach",
    "cosign",
    "cosign_many",
    "detach",
    "ensure_for",
    "keep_elsewhere",
    "keep_here",
    "reopen",
    "return_note",
    "save_draft",
    "sign",
    "sign_as_written",
    "sign_many_as_written",
]

ACCEPTED: Final = frozenset({"application/pdf", "image/jpeg", "image/png", "text/plain"})
LONGEST: Final = 100_000
_STATE: Final = Documentation.Status


@transaction.atomic
def save_draft(*, actor: Actor, attendance_id: int, text: str, seen: str = "") -> Documentation:
    """Keeps the words as they are typed.

    `seen` is the note's `changed_at` (ISO) that the page was made with; NoteChangedError when it was saved from
    elsewhere since, and nothing is overwritten.
    """
    held = writable(actor, attendance_id)
    text = text.replace("\r\n", "\n")
    if text == held.note.text:
        return held.note
    if seen and seen != held.note.changed_at.isoformat():
        raise NoteChangedError(
            "This note was saved in another window since. Reload to see it; your words are safe here."
        )
    if len(text) > LONGEST:
        raise NoteRefusedError(f"A note holds {LONGEST:,} characters; this has {len(text):,}.")
    before = content.gist(held.note)
    held.note.text = text
    return _save(held, actor, "documentation.drafted", before)


@transaction.atomic
def sign_as_written(*, actor: Actor, attendance_id: int, text: str, seen: str = "") -> Documentation:
    """Keeps the last words and signs them, both or neither. Errors as `save_draft` and `sign`."""
    save_draft(actor=actor, attendance_id=attendance_id, text=text, seen=seen)
    return sign(actor=actor, attendance_id=attendance_id)


@transaction.atomic
def attach(*, actor: Actor, attendance_id: int, data: bytes, name: str) -> Documentation:
    """Keeps an uploaded file as the note; files.FileRefusedError when it is empty, too large or of another type."""
    held = writable(actor, attendance_id)
    before = content.gist(held.note)
    held.note.file = files.store(data, name=name, actor=actor, accepts=ACCEPTED)
    return _save(held, actor, "documentation.attached", before)


@transaction.atomic
def detach(*, actor: Actor, attendance_id: int) -> Documentation:
    """Takes the file off the note; its bytes stay with the trail."""
    held = writable(actor, attendance_id)
    before = content.gist(held.note)
    held.note.file = None
    return _save(held, actor, "documentation.detached", before)


@transaction.atomic
def keep_elsewhere(*, actor: Actor, attendance_id: int, where: str) -> Documentation:
    """Says that the note is kept outside, and where."""
    held = writable(actor, attendance_id)
    where = " ".join(where.split())
    if not where:
        raise NoteRefusedError(
            "Say where the documentation is kept, for example the paper chart in the Ardmore office."
        )
    before = content.gist(held.note)
    held.note.kept_elsewhere, held.note.elsewhere = True, where[:120]
    return _save(held, actor, "documentation.kept_elsewhere", before)


@transaction.atomic
def keep_here(*, actor: Actor, attendance_id: int) -> Documentation:
    """Takes that back: the note is written or uploaded here."""
    held = writable(actor, attendance_id)
    before = content.gist(held.note)
    held.note.kept_elsewhere, held.note.elsewhere = False, ""
    return _save(held, actor, "documentation.kept_here", before)


def writable(actor: Actor, attendance_id: int) -> Held:
    """The locked note, when it is the actor's to write and not signed.

    PermissionDenied when it is somebody else's, NoteRefusedError when it is signed.
    """
    actor.require("documentation:own")
    held = hold(actor, attendance_id)
    if not held.reach.may_write(held.clinician_id):
        raise PermissionDenied("Only the clinician who gave the session writes its note.")
    if held.note.status not in {_STATE.MISSING, _STATE.DRAFTED}:
        raise NoteRefusedError("This note is signed. Reopen it to change it.")
    return held


def _save(held: Held, actor: Actor, action: str, before: Mapping[str, Any]) -> Documentation:
    note = held.note
    note.changed_at = clock.now()
    note.save(update_fields=["text", "file", "kept_elsewhere", "elsewhere", "changed_at"])
    state = _STATE.MISSING if content.is_empty(note) else _STATE.DRAFTED
    if note.status != state:
        states.transition(note, state, actor=actor)
    audit.record(
        action, actor=actor, row=note, client_id=held.attendance.client_id, before=before, after=content.gist(note)
    )
    return note
