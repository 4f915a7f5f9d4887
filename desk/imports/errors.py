"""Refusals of an import, each with a sentence a person can act on."""

from __future__ import annotations

from practice.refusals import RefusedError


class ImportRefusedError(RefusedError):
    """A file cannot be taken, or a step of its import is not possible now."""
