"""Signing, reopening, co-signing and returning a note. A signature is a row that never changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from charting import content
from charting.errors import NoteChangedError, NoteRefusedError
from charting.locks import Held, hold
from charting.models import Documentation, Signature
from clinicians.policies import own_clinician_id
from practice import audit, clock, states
from practice.actors import Actor

_STATE: Final = Documentation.Status
_KIND: Final = Signature.Kind
LONGEST_REASON: Final = 300


@transaction.atomic
def sign(*, actor: Actor, attendance_id: int) -> Documentation:
    """The session's clinician puts their name under the note as it is."""
    actor.require("documentation:own")
    held = hold(actor, attendance_id)
    if not held.reach.may_write(held.clinician_id):
        raise PermissionDenied("Only the clinician who gave the session signs its note.")
    if held.note.status in {_STATE.SIGNED, _STATE.COSIGNED}:
        raise NoteRefusedError("This note is signed already.")
    if content.is_empty(held.note):
        raise NoteRefusedError("There is nothing to sign yet. Write the note, upload it, or say where it is kept.")
    if held.attendance.session.starts_at > clock.now():
        raise NoteRefusedError("The session has not begun. Your draft is safe; sign it afterwards.")
    words = content.words_to_sign(held.note)
    return _step(held, actor, _STATE.SIGNED, kind=_KIND.SIGN, words=words, action="documentation.signed")


@transaction.atomic
def reopen(*, actor: Actor, attendance_id: int, reason: str) -> Documentation:
    """Whoever signed takes the signature back, as long as nobody co-signed."""
    actor.require("documentation:own")
    held = hold(actor, attendance_id)
    if not held.reach.may_write(held.clinician_id):
        raise PermissionDenied("Only whoever signed the note reopens it.")
    if held.note.status == _STATE.COSIGNED:
        raise NoteRefusedError("This note is co-signed and stays as it is.")
    _refuse_unsigned(held)
    return _step(held, actor, _STATE.DRAFTED, kind=_KIND.WITHDRAW, words=_said(reason), action="documentation.reopened")


@transaction.atomic
def cosign(*, actor: Actor, attendance_id: int, seen: str = "") -> Documentation:
    """The supervisor puts their name beside it.

    `seen` is the note's `changed_at` (ISO) that the page was made with; NoteChangedError when the note was reopened
    and signed anew since, so that nobody signs what they have not read.
    """
    held = _for_supervisor(actor, attendance_id)
    if seen and seen != held.note.changed_at.isoformat():
        raise NoteChangedError("This note was changed and signed anew since you opened it. Read it again.")
    return _step(
        held, actor, _STATE.COSIGNED, kind=_KIND.COSIGN, words=content.COSIGN_WORDS, action="documentation.cosigned"
    )


@transaction.atomic
def return_note(*, actor: Actor, attendance_id: int, reason: str) -> Documentation:
    """The supervisor gives the note back to its clinician, with what should change."""
    held = _for_supervisor(actor, attendance_id)
    return _step(held, actor, _STATE.DRAFTED, kind=_KIND.WITHDRAW, words=_said(reason), action="documentation.returned")


def _for_supervisor(actor: Actor, attendance_id: int) -> Held:
    actor.require("documentation:cosign")
    held = hold(actor, attendance_id)
    if not held.reach.may_cosign(held.clinician_id):
        raise PermissionDenied("Only the clinician’s supervisor co-signs the note or returns it.")
    if held.note.status == _STATE.COSIGNED:
        raise NoteRefusedError("This note is co-signed already.")
    _refuse_unsigned(held)
    return held


def _refuse_unsigned(held: Held) -> None:
    if held.note.status != _STATE.SIGNED:
        raise NoteRefusedError("This note is not signed.")


def _said(reason: str) -> str:
    said = " ".join(reason.split())
    if not said:
        raise NoteRefusedError("Say why, so that the history tells it.")
    if len(said) > LONGEST_REASON:
        raise NoteRefusedError(f"The reason has room for {LONGEST_REASON} characters; this has {len(said)}.")
    return said


def _step(held: Held, actor: Actor, state: str, *, kind: str, words: str, action: str) -> Documentation:
    """The signature's row, the state, and the trail; the words of a reopening are its reason."""
    steps_of([held], actor, state, kind=kind, words={held.note.pk: words}, action=action)
    return held.note


def steps_of(
    held: Sequence[Held], actor: Actor, state: str, *, kind: str, words: Mapping[int, str], action: str
) -> None:
    """The same step for several notes in a fixed number of statements; `words` are by the note's key."""
    now, own = clock.now(), own_clinician_id(actor)
    notes = [one.note for one in held]
    digests = {note.pk: content.digest(note) for note in notes}
    Signature.objects.bulk_create(
        Signature(
            documentation=note,
            kind=kind,
            clinician_id=own,
            by_id=actor.user_id,
            by_name=actor.name,
            at=now,
            content_sha256=digests[note.pk],
            words=words[note.pk],
        )
        for note in notes
    )
    for reason in sorted({words[note.pk] if kind == _KIND.WITHDRAW else "" for note in notes}):
        same = [note for note in notes if kind != _KIND.WITHDRAW or words[note.pk] == reason]
        states.transition_many(same, state, actor=actor, reason=reason)
    for note in notes:
        note.changed_at = now
    Documentation.objects.filter(pk__in=list(digests)).update(changed_at=now)
    audit.record_many(
        audit.event(
            action,
            actor=actor,
            row=one.note,
            client_id=one.attendance.client_id,
            after={"sha256": digests[one.note.pk], "words": words[one.note.pk]},
        )
        for one in held
    )
