"""Refusals of payroll's services, each with a sentence a person can act on."""

from __future__ import annotations

from practice.refusals import RefusedError


class PayrollRefusedError(RefusedError):
    """Something was asked of pay rules, a schedule or a run that cannot be done."""
