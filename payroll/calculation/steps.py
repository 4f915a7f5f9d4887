"""The arithmetic of a line as text: a row for each step, its label, note, amount and rate between tabs.

JSON would need twice the time to write twelve thousand lines; nothing else reads this column.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from payroll.calculation.facts import Step

_NAMES: Final = ("label", "note", "amount", "rate")
_BREAKS: Final = str.maketrans({"\t": " ", "\n": " ", "\r": " "})


def packed(steps: Sequence[Step]) -> str:
    """The steps as one text."""
    return "\n".join("\t".join(step.get(name, "").translate(_BREAKS) for name in _NAMES) for step in steps)


def unpacked(text: str) -> list[Step]:
    """The steps again: label, and note, amount or rate where there is one."""
    rows = (zip(_NAMES, row.split("\t"), strict=True) for row in text.split("\n") if row)
    return [{name: value for name, value in row if value or name == "label"} for row in rows]
