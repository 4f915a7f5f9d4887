"""Hierarchical levels (HL) as writers number them."""

from __future__ import annotations

from edi.writing import Elements


class Numbering:
    """Numbers the levels (HL01) as they are written; `last` is the number of the latest."""

    def __init__(self) -> None:
        self.last = 0

    def level(self, parent: int, code: str, *, under: bool | None) -> Elements:
        """The next HL; where `under` is None it does not say whether there is a level under it."""
        self.last += 1
        child = "" if under is None else "1" if under else "0"
        return "HL", str(self.last), str(parent) if parent else "", code, child
