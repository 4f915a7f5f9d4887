"""Signs and co-signs several notes at once, as a clinician does at the end of a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from charting import content
from charting.errors import NoteRefusedError
from charting.locks import Held, hold_many
from charting.models import Documentation, Signature
from charting.signing import steps_of
from practice import audit, clock, states
from practice.actors import Actor

LONGEST: Final = 100_000
_STATE: Final = Documentation.Status
_KIND: Final = Signature.Kind


@transaction.atomic
def sign_many_as_written(*, actor: Actor, texts: Mapping[int, str]) -> list[Documentation]:
    """Keeps the words of each note, by the attendance's id, and signs them: all of them or none.

    PermissionDenied for somebody else's session; NoteRefusedError for a note that is signed, has no words, or whose
    session has not begun.
    """
    actor.require("documentation:own")
    if not texts:
        return []
    held = hold_many(actor, texts)
    for one in held:
        _refuse(one, texts[one.attendance.pk])
    _keep(held, texts, actor)
    words = {one.note.pk: content.words_to_sign(one.note) for one in held}
    steps_of(held, actor, _STATE.SIGNED, kind=_KIND.SIGN, words=words, action="documentation.signed")
    return [one.note for one in held]


@transaction.atomic
def cosign_many(*, actor: Actor, attendance_ids: Collection[int]) -> list[Documentation]:
    """The supervisor puts their name beside each note: beside all of them or none.

    PermissionDenied for a clinician they do not supervise; NoteRefusedError for a note that is not signed.
    """
    actor.require("documentation:cosign")
    if not attendance_ids:
        return []
    held = hold_many(actor, attendance_ids)
    if not all(one.reach.may_cosign(one.clinician_id) for one in held):
        raise PermissionDenied("Only the clinician’s supervisor co-signs the note or returns it.")
    if any(one.note.status != _STATE.SIGNED for one in held):
        raise NoteRefusedError("Only a note that is signed, and not co-signed yet, is co-signed.")
    words = {one.note.pk: content.COSIGN_WORDS for one in held}
    steps_of(held, actor, _STATE.COSIGNED, kind=_KIND.COSIGN, words=words, action="documentation.cosigned")
    return [one.note for one in held]


def _refuse(one: Held, text: str) -> None:
    if not one.reach.may_write(one.clinician_id):
        raise PermissionDenied("Only the clinician who gave the session signs its note.")
    if one.note.status not in {_STATE.MISSING, _STATE.DRAFTED}:
        raise NoteRefusedError("This note is signed already.")
    if not text.strip() or len(text) > LONGEST:
        raise NoteRefusedError(f"A note has words, and up to {LONGEST:,} characters.")
    if one.attendance.session.starts_at > clock.now():
        raise NoteRefusedError("The session has not begun. Sign its note afterwards.")


def _keep(held: Sequence[Held], texts: Mapping[int, str], actor: Actor) -> None:
    """The words, the state of those that had none, and the trail."""
    now, before = clock.now(), {one.note.pk: content.gist(one.note) for one in held}
    for one in held:
        one.note.text, one.note.changed_at = texts[one.attendance.pk].replace("\r\n", "\n"), now
    notes = [one.note for one in held]
    Documentation.objects.bulk_update(notes, ["text", "changed_at"], batch_size=200)
    missing = [note for note in notes if note.status == _STATE.MISSING]
    states.transition_many(missing, _STATE.DRAFTED, actor=actor)
    audit.record_many(
        audit.event(
            "documentation.drafted",
            actor=actor,
            row=one.note,
            client_id=one.attendance.client_id,
            before=before[one.note.pk],
            after=content.gist(one.note),
        )
        for one in held
    )
