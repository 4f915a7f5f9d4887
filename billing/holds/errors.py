"""What may keep something from being held or released."""

from __future__ import annotations

from practice.refusals import RefusedError


class HoldRefusedError(RefusedError):
    """It cannot be held or released; the message says why and what can be done."""
