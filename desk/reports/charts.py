"""What the chart draws: labels and whole cents, and the sentence above it. Pure."""

from __future__ import annotations

from typing import Any, Final

from desk.reports.shapes import WEEK, Figures, Report, Scope
from practice.money import CENT
from practice.templatetags import _words

_MOST: Final = 16


def chart(report: Report, scope: Scope) -> dict[str, Any]:
    """Collected, taken off and still owed of each row; by payer and clinician the largest only."""
    lines = report.lines
    if scope.by != WEEK and len(lines) > _MOST:
        largest = sorted(lines, key=lambda line: -line.figures.billed)[:_MOST]
        lines = [line for line in lines if line in largest]
    return {
        "labels": [line.label for line in lines],
        "collected": [int(line.figures.collected / CENT) for line in lines],
        "taken_off": [int(line.figures.taken_off / CENT) for line in lines],
        "owed": [int(line.figures.owed / CENT) for line in lines],
        "line": scope.by == WEEK,
    }


def sentence(sum_: Figures) -> str:
    """What there is to see."""
    if not sum_.billed:
        return "Nothing was billed for sessions of these days."
    billed, collected, owed = (_words.money(part) for part in (sum_.billed, sum_.collected, sum_.owed))
    return f"Of {billed} billed for sessions of these days, {collected} came in and {owed} is still owed."
