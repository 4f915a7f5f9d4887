"""Refusals about files that came back, each with a sentence a person can act on."""

from __future__ import annotations

from practice.refusals import RefusedError


class InboundRefusedError(RefusedError):
    """Something cannot be done with a file or a transaction that came back."""
