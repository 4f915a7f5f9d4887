"""What a check finds, said so that a biller can put it right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

OWN_TAGS: Final = {
    "2000A": ("2010AA", {"HL": "2000A", "PRV": "2000A", "CUR": "2000A"}),
    "2000B": ("2010BA", {"HL": "2000B", "SBR": "2000B", "PAT": "2000B"}),
    "2000C": ("2010CA", {"HL": "2000C", "PAT": "2000C"}),
    "2320": ("2330A", {"SBR": "2320", "CAS": "2320", "AMT": "2320", "OI": "2320", "MOA": "2320", "DTP": "2330B"}),
}
"""For a level that names somebody in a loop of its own: that loop, and the tags that stand elsewhere."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `level` is the SNIP level: 1 syntax, 2 requirements of the guide, 3 balancing, 4 what one segment asks of another,
    5 code sets. `claim` is the patient control number and `line` the line's reference; both are empty for a problem
    of the file. `element` names the segment and element (N403), `loop` where it stands (empty for envelope and header).
    `segment` counts from ST as 1 in `transaction`; where that is empty or `code` is envelope, from ISA as 1. It is None
    before a file is written. A `warning` may be sent all the same.
    """

    level: int
    claim: str
    line: str
    element: str
    code: str
    words: str
    transaction: str = ""
    segment: int | None = None
    warning: bool = False
    loop: str = ""


class Findings:
    """Collects the problems of a file; knows which transaction, claim, line and loop is being looked at.

    `nth` counts the loops of a kind that may stand several times (2320, 2430), `number` the lines of a claim, and
    `anchor` is the claim being looked at, or the first of its transaction. `where` tells the number of a segment.
    """

    __slots__ = ("anchor", "claim", "line", "loop", "nth", "number", "problems", "transaction", "where")

    def __init__(self, where: Callable[[Findings, str, str], int | None] | None = None) -> None:
        self.where = where
        self.anchor: object = None
        self.transaction = ""
        self.claim = ""
        self.line = ""
        self.loop = ""
        self.nth = 1
        self.number = 0
        self.problems: list[Problem] = []

    def at(self, loop: str, nth: int = 1) -> None:
        """What follows is about this loop."""
        self.loop, self.nth = loop, nth

    def add(self, level: int, element: str, code: str, words: str, *, warning: bool = False) -> None:
        """Keep a problem of what is being looked at."""
        loop = loop_of(self.loop, element)
        segment = self.where(self, loop, element) if self.where else None
        place = (self.claim, self.line, element, code, words, self.transaction)
        self.problems.append(Problem(level, *place, segment=segment, warning=warning, loop=loop))


def loop_of(area: str, element: str) -> str:
    """The loop an element of an area stands in: the SBR of a subscriber level in 2000B, its NM1 in 2010BA."""
    named, others = OWN_TAGS.get(area, (area, {}))
    return next((loop for tag, loop in others.items() if element.startswith(tag)), named)
