"""What the checks above syntax find (SNIP 3 to 5), as a 277CA says it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from edi.claims.problems import Problem
from sandbox.acknowledging import is_syntax
from sandbox.outcomes import NO_ORIGINAL_NUMBER, Rejection

CODES: Final = {
    "no-original": (NO_ORIGINAL_NUMBER.category, NO_ORIGINAL_NUMBER.status, ""),
    "npi": ("A7", "562", "82"),
    "tax-id": ("A7", "128", "85"),
    "po-box": ("A7", "126", "85"),
    "zip4": ("A7", "500", "85"),
    "state": ("A7", "501", "85"),
    "diagnosis": ("A7", "255", ""),
    "diagnosis-twice": ("A8", "255", ""),
    "procedure": ("A7", "454", ""),
    "modifier-twice": ("A8", "453", ""),
    "telehealth-kind": ("A8", "453", ""),
    "place": ("A7", "249", ""),
    "total": ("A8", "178", ""),
    "future": ("A7", "187", ""),
    "range": ("A8", "187", ""),
    "before-birth": ("A8", "187", ""),
    "self-birth-date": ("A6", "158", "IL"),
    "self-address": ("A6", "126", "IL"),
    "number-twice": ("A3", "54", ""),
}
"""Category, status and entity for each code of a problem."""

BALANCING: Final = 3
ANYTHING: Final = "21"


def rejections(problems: Iterable[Problem]) -> dict[str, Rejection]:
    """The first rejection for each claim (patient control number), and under '' one for every claim."""
    found: dict[str, Rejection] = {}
    for problem in problems:
        if not is_syntax(problem) and not problem.warning:
            found.setdefault(problem.claim, rejection(problem))
    return found


def rejection(problem: Problem) -> Rejection:
    """A problem in the codes of a 277CA, with its sentence as the free text."""
    usual = ("A8" if problem.level == BALANCING else "A7", ANYTHING, "")
    category, status, entity = CODES.get(problem.code, usual)
    if problem.code == "npi" and not problem.claim:
        entity = "85"
    return Rejection(category, status, entity, f"SANDBOX - {problem.words}")
