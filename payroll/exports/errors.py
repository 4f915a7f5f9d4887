"""Why a file was not made."""

from __future__ import annotations

from collections.abc import Sequence

from payroll.errors import PayrollRefusedError


class ExportIncompleteError(PayrollRefusedError):
    """Something must be entered first; `sentences` has all of it."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = list(sentences)


class ExportBalanceError(RuntimeError):
    """The file does not say what the run pays: nothing is kept."""
