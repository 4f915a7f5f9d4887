"""What a check finds, said so that a biller can put it right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `level` is the SNIP level: 1 syntax, 2 requirements of the guide, 3 balancing, 4 what one segment asks of another,
    5 code sets. `claim` is the patient control number and `line` the line's reference; both are empty for a problem
    of the file. `element` names the segment and element (N403). A `warning` may be sent all the same.
    """

    level: int
    claim: str
    line: str
    element: str
    code: str
    words: str
    transaction: str = ""
    segment: int = 0
    warning: bool = False


class Findings:
    """Collects the problems of a file; knows which transaction, claim and line is being looked at."""

    __slots__ = ("claim", "line", "problems", "transaction")

    def __init__(self) -> None:
        self.transaction = ""
        self.claim = ""
        self.line = ""
        self.problems: list[Problem] = []

    def add(self, level: int, element: str, code: str, words: str, *, warning: bool = False) -> None:
        """Keep a problem of what is being looked at."""
        self.problems.append(
            Problem(level, self.claim, self.line, element, code, words, self.transaction, warning=warning)
        )
