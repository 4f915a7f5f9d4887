"""What may keep the work on a worklist from being done."""

from __future__ import annotations

from practice.refusals import RefusedError


class WorkRefusedError(RefusedError):
    """It cannot be done; the message says why and what can."""
