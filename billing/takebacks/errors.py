"""Refusals about takebacks, each with a sentence a person can act on."""

from __future__ import annotations

from billing.remittances.errors import RemittanceRefusedError


class TakebackRefusedError(RemittanceRefusedError):
    """Something cannot be done with a takeback; `field` names the entry of a form that is wrong."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field
