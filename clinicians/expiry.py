"""What runs out in a clinician's file, in words: pure, asked by the list, the page and the day's overview.

A license, cover or registration warns 90 days ahead. A CAQH attestation is good for 120 days and warns from 30,
which is when CAQH itself begins to ask. What is over stops.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from clinicians.words import day, days_left

STEPS: Final = (30, 60, 90)
CAQH: Final = "caqh"
LIABILITY: Final = "liability"
LICENSE: Final = "license"
CAQH_GOOD_FOR: Final = dt.timedelta(days=120)
LICENSED_LEVELS: Final = frozenset({"prescriber", "psychologist", "independent"})
_AHEAD: Final = {CAQH: 30}
_CONSEQUENCES: Final = {
    LICENSE: "Sessions in {state} cannot be billed until a current license is on file.",
    LIABILITY: "Payers suspend clinicians whose cover has ended.",
    CAQH: "Payers skip a profile that has lapsed, and say nothing.",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One dated paper. `kind` is `license` or a kind of document; `name` is how sentences call it."""

    kind: str
    name: str
    expires_on: dt.date | None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one clinician: level, whether they work here today, and their papers."""

    level: str
    is_active: bool
    papers: Sequence[Paper] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that ends, or is missing. `severity` is stop or wait; `step` is 90, 60, 30 or 0 when it is over.

    `on` is the day it ends; None where the paper is missing.
    """

    severity: str
    title: str
    why: str
    kind: str
    on: dt.date | None
    step: int


def warnings(facts: Facts, today: dt.date) -> list[Notice]:
    """The warnings of one clinician, worst and soonest first; none for those who left."""
    if not facts.is_active:
        return []
    current = latest(facts.papers)
    found = [warning for paper in current if (warning := _of_paper(paper, today))]
    found += _missing(facts.level, {paper.kind for paper in current})
    return sorted(found, key=_urgency)


def worst(found: Sequence[Notice]) -> Notice | None:
    """The first of them, which is the worst."""
    return found[0] if found else None


def soonest(papers: Iterable[Paper]) -> Paper | None:
    """The paper that runs out next, or ran out first, among the latest of each sort."""
    dated = [paper for paper in latest(papers) if paper.expires_on is not None]
    return min(dated, key=lambda paper: paper.expires_on or dt.date.max, default=None)


def is_near(paper: Paper, today: dt.date) -> str:
    """`stop` when it is over, `wait` when it warns, and nothing otherwise."""
    warning = _of_paper(paper, today)
    return warning.severity if warning else ""


def latest(papers: Iterable[Paper]) -> list[Paper]:
    """A renewed paper replaces the one before: of each sort the one that lasts longest."""
    found: dict[tuple[str, str, str], Paper] = {}
    for paper in papers:
        key = (paper.kind, paper.state, "" if paper.kind in {CAQH, LIABILITY, LICENSE} else paper.name)
        if key not in found or _ends(paper) > _ends(found[key]):
            found[key] = paper
    return list(found.values())


def _ends(paper: Paper) -> dt.date:
    return paper.expires_on or dt.date.max


def _of_paper(paper: Paper, today: dt.date) -> Notice | None:
    until = paper.expires_on
    if until is None:
        return None
    left, when = (until - today).days, day(until, today)
    if left < 0:
        why = _CONSEQUENCES.get(paper.kind, "").format(state=paper.state)
        return Notice("stop", f"{paper.name} {_over(paper.kind)} {when}", why, paper.kind, until, 0)
    if left > _AHEAD.get(paper.kind, STEPS[-1]):
        return None
    step = next(step for step in STEPS if left <= step)
    return Notice(
        "wait", f"{paper.name} ends {when}", f"{days_left(until, today).capitalize()}.", paper.kind, until, step
    )


def _over(kind: str) -> str:
    return "lapsed" if kind == CAQH else "ended"


def _missing(level: str, kinds: set[str]) -> list[Notice]:
    found = []
    if level in LICENSED_LEVELS and LICENSE not in kinds:
        found.append(Notice("wait", "No license is on file", "Add it with its scan.", LICENSE, None, STEPS[-1]))
    if level and LIABILITY not in kinds:
        why = "Payers ask for the certificate when they enroll somebody."
        found.append(Notice("wait", "No liability cover is on file", why, LIABILITY, None, STEPS[-1]))
    return found


def _urgency(warning: Notice) -> tuple[bool, bool, dt.date]:
    return warning.severity != "stop", warning.on is None, warning.on or dt.date.max
