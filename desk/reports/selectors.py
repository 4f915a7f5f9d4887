"""What the report shows: the table with its sum, what was posted in the period, everything owed today by age."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from clinicians.models import Clinician
from desk.reports import ledger, sessions
from desk.reports.shapes import (
    ALL_AGES,
    CLINICIAN,
    NOBODY,
    POSTED,
    WEEK,
    Age,
    Figures,
    Line,
    Report,
    Scope,
    added,
)
from practice import clock
from practice.actors import Actor
from practice.models import Practice, PracticePayer

_NO_CLINICIAN: Final = "No clinician"
_NO_PAYER: Final = "Clients themselves"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the practice's clinicians and payers by id, in their order."""

    clinicians: Mapping[int, str]
    payers: Mapping[int, str]

    def clinician(self, key: int | None) -> str:
        """A clinician's name, also for none."""
        return self.clinicians.get(key or NOBODY, _NO_CLINICIAN)

    def payer(self, key: int | None) -> str:
        """A payer's name; without one the clients pay."""
        return self.payers.get(key or NOBODY, _NO_PAYER)


def names() -> Names:
    """Everybody's; two queries."""
    return Names(
        {row.pk: row.name for row in Clinician.objects.only("first_name", "last_name")},
        dict(PracticePayer.objects.values_list("pk", "name")),
    )


def report(actor: Actor, practice: Practice, scope: Scope, known: Names) -> Report:
    """The report of a scope; at most six queries however many rows there are."""
    actor.require("reports:view")
    today = clock.today(practice)
    money, counted = ledger.by_key(scope, today), sessions.counts(scope, practice)
    found = [
        Line(key, _label(scope, key, known), Figures(**{**money.get(key, {}), **counted.get(key, {})}))
        for key in {**money, **counted}
    ]
    lines = [line for line in found if not line.figures.is_empty]
    return Report(
        sorted(lines, key=_order(scope)),
        added(line.figures for line in lines),
        posted(actor, practice, scope),
        owed_by_age(actor, practice, scope),
    )


def posted(actor: Actor, practice: Practice, scope: Scope) -> Figures:
    """What was posted in the period, whenever the sessions were; one query."""
    actor.require("reports:view")
    return Figures(**ledger.all_together(replace(scope, basis=POSTED), clock.today(practice)))


def owed_by_age(actor: Actor, practice: Practice, scope: Scope) -> list[Age]:
    """Everything owed today to this clinician and by this payer, whatever the period; one query."""
    actor.require("reports:view")
    return ledger.ages(replace(scope, week=None, age=ALL_AGES), clock.today(practice))


def _label(scope: Scope, key: Any, known: Names) -> str:
    if scope.by == WEEK:
        return _week(scope, key)
    return known.clinician(key) if scope.by == CLINICIAN else known.payer(key)


def _week(scope: Scope, monday: dt.date) -> str:
    first = max(monday, scope.period.first)
    last = min(monday + dt.timedelta(days=6), scope.period.last)
    year = "" if scope.period.first.year == scope.period.last.year else f", {last.year}"
    if first == last:
        return f"{first:%b} {first.day}{year}"
    if first.month == last.month:
        return f"{first:%b} {first.day} – {last.day}{year}"
    return f"{first:%b} {first.day} – {last:%b} {last.day}{year}"


def _order(scope: Scope) -> Callable[[Line], Any]:
    if scope.by == WEEK:
        return lambda line: line.key
    return lambda line: (line.key is None, line.label.split()[-1].casefold(), line.label)
