"""What may keep something from being held or released."""

from __future__ import annotations


class HoldRefusedError(ValueError):
    """It cannot be held or released; the message says why and what can be done."""
