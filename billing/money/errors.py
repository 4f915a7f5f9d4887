"""Refusals about client money, each with a sentence a person can act on."""

from __future__ import annotations


class MoneyRefusedError(ValueError):
    """An amount cannot be posted like this; `field` names the entry it is about."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
