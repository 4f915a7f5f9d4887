"""What is wrong with a row or a file, in words, with where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """An error keeps the row out; a warning leaves something out of it; a notice only says something."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class CellError(ValueError):
    """A value cannot be read; the message says why. `code` is the kind of problem (`migration.md` 5)."""

    def __init__(self, words: str, code: str = "E-VALUE") -> None:
        super().__init__(words)
        self.code = code


class FileRefusedError(ValueError):
    """A file cannot be read at all; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: the row of the file (1 is the first line), the column by its header, the value as it stands."""

    row: int
    column: str
    value: str
    words: str
    code: str = "E-VALUE"
    severity: str = Severity.ERROR


LONGEST_VALUE: Final = 80


def shown(value: str) -> str:
    """A value as a page quotes it: on one line and not too long."""
    line = " ".join(value.split())
    return line if len(line) <= LONGEST_VALUE else f"{line[: LONGEST_VALUE - 1]}…"
