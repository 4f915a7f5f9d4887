"""Refusals about remittances and denials, each with a sentence a person can act on."""

from __future__ import annotations

from practice.refusals import RefusedError


class RemittanceRefusedError(RefusedError):
    """Something cannot be done with a remittance, a claim of it or a denial."""


class NotReadyError(RemittanceRefusedError):
    """It was posted before, set aside, or is still held."""


class ClearingError(RemittanceRefusedError):
    """What would be posted, or deposited, is not the amount the payer paid."""
