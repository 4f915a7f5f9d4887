"""What may keep the work on a worklist from being done."""

from __future__ import annotations


class WorkRefusedError(ValueError):
    """It cannot be done; the message says why and what can."""
