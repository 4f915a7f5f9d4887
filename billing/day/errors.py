"""Why the billing day refuses, in sentences a person can act on."""

from __future__ import annotations

from practice.refusals import RefusedError


class BillingRefusedError(RefusedError):
    """A billing that does not start, or cannot be taken back."""
