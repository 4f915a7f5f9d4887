"""What may be wrong with a claim or its sending, in sentences."""

from __future__ import annotations

from practice.refusals import RefusedError


class ClaimRefusedError(RefusedError):
    """Something was asked of a claim or a batch that cannot be done; the message says why and what can."""
