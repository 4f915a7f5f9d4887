"""Why a payer cannot be asked, or an answer not used, in sentences."""

from __future__ import annotations

from practice.refusals import RefusedError


class EligibilityRefusedError(RefusedError):
    """Something about a check is not possible like this; the message says why and what is."""
