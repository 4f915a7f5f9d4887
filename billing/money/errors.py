"""Refusals about client money, each with a sentence a person can act on."""

from __future__ import annotations

from practice.refusals import RefusedError


class MoneyRefusedError(RefusedError):
    """An amount cannot be posted like this; `field` names the entry it is about."""
