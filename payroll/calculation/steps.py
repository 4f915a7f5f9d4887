"""The arithmetic of a line as text: a row for each step, its label, note, amount and rate between tabs.

JSON would need twice the time to write twelve thousand lines; nothing else reads this column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from payroll.calculation.facts import Step

_NAMES: Final = ("label", "note", "amount", "rate")
_BREAKS: Final = str.maketrans({"\t": " ", "\n": " ", "\r": " "})


def packed(steps: Sequence[Step]) -> str:
    """The steps as one text."""
    text = _joined(steps)
    tabs, ends = len(steps) * (len(_NAMES) - 1), max(len(steps) - 1, 0)
    if text.count("\t") == tabs and text.count("\n") == ends and "\r" not in text:
        return text
    return _joined({name: value.translate(_BREAKS) for name, value in step.items()} for step in steps)


def unpacked(text: str) -> list[Step]:
    """The steps again: label, and note, amount or rate where there is one."""
    rows = (zip(_NAMES, row.split("\t"), strict=True) for row in text.split("\n") if row)
    return [{name: value for name, value in row if value or name == "label"} for row in rows]


def _joined(steps: Iterable[Step]) -> str:
    return "\n".join(["\t".join([step.get(name, "") for name in _NAMES]) for step in steps])
