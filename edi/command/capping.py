"""Keeps a report readable: of findings of one kind the first are listed, and one more says how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from edi.claims.problems import Problem

MOST_OF_A_KIND: Final = 200
"""A file that is wrong throughout would otherwise say the same a million times."""

Kind = tuple[int, str, str, str, bool]


def capped(problems: Iterable[Problem]) -> list[Problem]:
    """The first findings of each kind (SNIP level, code, element and loop), in order, then how many are left out."""
    counts: Counter[Kind] = Counter()
    listed = []
    for problem in problems:
        kind = _kind(problem)
        counts[kind] += 1
        if counts[kind] <= MOST_OF_A_KIND:
            listed.append(problem)
    return listed + [_more(kind, count - MOST_OF_A_KIND) for kind, count in counts.items() if count > MOST_OF_A_KIND]


def _kind(problem: Problem) -> Kind:
    return problem.level, problem.code, problem.element, problem.loop, problem.warning


def _more(kind: Kind, left: int) -> Problem:
    """The finding that stands for those that are not listed."""
    level, code, element, loop, warning = kind
    words = f"And {left:,} more of this kind."
    return Problem(level, "", "", element, code, words, warning=warning, loop=loop)
