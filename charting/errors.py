"""Why a note cannot be written, signed or co-signed; each says it in a sentence."""

from __future__ import annotations

from practice.refusals import RefusedError


class NoteRefusedError(RefusedError):
    """The note cannot be changed like this; the message says why."""


class NoteChangedError(NoteRefusedError):
    """Somebody saved the note meanwhile; nothing was overwritten."""
