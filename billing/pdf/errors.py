"""Why a document cannot be made."""

from __future__ import annotations

from collections.abc import Sequence


class DocumentRefusedError(ValueError):
    """Facts that a document needs are missing; `missing` names each in words."""

    def __init__(self, sentence: str, missing: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.missing = missing
