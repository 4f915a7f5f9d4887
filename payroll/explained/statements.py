"""Pay statements on paper: gross pay, totals by sort, and the lines; clients stand there by their number alone.

WeasyPrint sets about fifty lines a second, so a document of everybody leaves the lines out where they are too many.
A statement leaves the building, so each one is in the trail, for the run and for each client on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from clinicians.models import Clinician
from payroll.errors import PayrollRefusedError
from payroll.explained import words
from payroll.explained.policies import Reach
from payroll.explained.selectors.lines import client_of
from payroll.models import PayLine, PayRun
from practice import audit, clock
from practice.actors import Actor
from practice.models import Practice, PracticeSettings
from practice.money import ZERO, total

MOST_LINES: Final = 500
ADJUSTMENTS: Final = "Adjustments"
_NAMED: Final = ("charge__client", "attendance__client", "clinician")


@dataclass(slots=True)
class Sort:
    """One sort of pay, in dollars."""

    name: str
    count: int = 0
    amount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its day, the client's number where it is about one, the sentence, and signed dollars."""

    day: dt.date
    client: str
    said: str
    amount: Decimal


@dataclass(slots=True)
class Statement:
    """What one run pays one person."""

    who: Clinician
    tax_class: str
    sorts: list[Sort] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    held: list[Row] = field(default_factory=list)
    client_ids: list[int] = field(default_factory=list)

    @property
    def gross(self) -> Decimal:
        """Before taxes."""
        return total(sort.amount for sort in self.sorts)

    @property
    def held_amount(self) -> Decimal:
        """What waits for notes."""
        return total(row.amount for row in self.held)


@transaction.atomic
def of_person(*, actor: Actor, reach: Reach, run: PayRun) -> dict[str, Any]:
    """What stands on one person's statement; PayrollRefusedError while the run is open or holds nothing of theirs."""
    actor.require("payroll:own" if reach.is_own else "payroll:view")
    return _facts(actor, run, reach.lines().filter(run=run))


@transaction.atomic
def of_run(*, actor: Actor, run: PayRun) -> dict[str, Any]:
    """The statements of everybody in a run; of a very large one the totals without the lines."""
    actor.require("payroll:view")
    facts = _facts(actor, run, PayLine.objects.filter(run=run))
    lines = sum(len(one.rows) + len(one.held) for one in facts["statements"])
    return facts | {"with_lines": lines <= MOST_LINES}


def _facts(actor: Actor, run: PayRun, lines: QuerySet[PayLine]) -> dict[str, Any]:
    if run.status == PayRun.Status.DRAFT:
        raise PayrollRefusedError("This run is open: what it pays is not certain. Compute it, then make statements.")
    found = _statements(lines.prefetch_related(*_NAMED).order_by("service_on", "happened_on", "pk"))
    if not found:
        raise PayrollRefusedError("This run pays nothing here, so there is no statement.")
    _written_down(actor, run, found)
    practice = Practice.objects.get(pk=actor.practice_id)
    settings = PracticeSettings.objects.first() or PracticeSettings()
    today = clock.today(practice)
    return {
        "practice": practice,
        "settings": settings,
        "practice_name": settings.legal_name or practice.name,
        "today": today,
        "run": run,
        "period": words.full_period(run, today),
        "statements": found,
        "with_lines": True,
    }


def _statements(lines: Iterable[PayLine]) -> list[Statement]:
    """By last name; a person on two terms has one for each."""
    found: dict[tuple[int, str], Statement] = {}
    for line in lines:
        key = line.clinician_id, line.tax_class
        if key not in found:
            found[key] = Statement(line.clinician, line.get_tax_class_display())
        _add(found[key], line)
    for one in found.values():
        one.sorts.sort(key=lambda sort: (sort.name == ADJUSTMENTS, -sort.amount, sort.name))
    return sorted(found.values(), key=lambda one: (one.who.last_name, one.who.first_name, one.who.pk, one.tax_class))


def _add(statement: Statement, line: PayLine) -> None:
    client = client_of(line)
    if client is not None:
        statement.client_ids.append(client.pk)
    row = Row(line.service_on or line.happened_on, str(client.number) if client else "", line.words, line.amount)
    if line.is_held:
        statement.held.append(row)
        return
    statement.rows.append(row)
    name = ADJUSTMENTS if line.is_adjustment else str(line.get_kind_display())
    sort = next((one for one in statement.sorts if one.name == name), None)
    if sort is None:
        sort = Sort(name)
        statement.sorts.append(sort)
    sort.count += 1
    sort.amount += line.amount


def _written_down(actor: Actor, run: PayRun, found: Sequence[Statement]) -> None:
    clients = dict.fromkeys(client for one in found for client in one.client_ids)
    after = {"people": [one.who.pk for one in found]}
    audit.record_many(
        audit.event("pay_statement.exported", actor=actor, row=run, client_id=client, after=after)
        for client in [*clients, None]
    )
