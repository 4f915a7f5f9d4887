"""Reports as CSV. Each file is in the trail: it leaves the building."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import transaction

from desk.reports import selectors
from desk.reports.rows import Row, rows_of
from desk.reports.shapes import CLINICIAN, FIGURES, MONEY, PAYER, SESSIONS, Figures, Scope
from practice import audit
from practice.actors import Actor
from practice.models import Practice

EVERYTHING: Final = 1_000_000
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_FIRST: Final = {CLINICIAN: "Clinician", PAYER: "Payer"}


@transaction.atomic
def table(*, actor: Actor, practice: Practice, scope: Scope) -> str:
    """The report's table with its sum as CSV; the export is recorded."""
    actor.require("reports:export")
    found = selectors.report(actor, practice, scope, selectors.names())
    head = [_FIRST.get(scope.by, "Week"), *SESSIONS.values(), *MONEY.values()]
    lines = [[line.label, *_values(line.figures)] for line in found.lines]
    _record(actor, scope, "table", len(lines))
    return csv_of([head, *lines, ["Total", *_values(found.sum)]])


@transaction.atomic
def rows(*, actor: Actor, practice: Practice, scope: Scope, figure: str) -> str:
    """The rows of one figure as CSV; the export is recorded."""
    actor.require("reports:export")
    found = rows_of(actor, practice, scope, figure, selectors.names(), most=EVERYTHING)
    head = ["Client number", "Client", "Date of service", "What", "Clinician", "Payer", FIGURES[figure]]
    _record(actor, scope, figure, found.count)
    return csv_of([head, *(_row(row) for row in found.rows)])


def _values(figures: Figures) -> list[Any]:
    return [getattr(figures, name) for name in (*SESSIONS, *MONEY)]


def _row(row: Row) -> list[Any]:
    amount = "" if row.amount is None else row.amount
    return [row.client_number, row.client, row.day.isoformat(), row.what, row.clinician, row.payer, amount]


def _record(actor: Actor, scope: Scope, what: str, count: int) -> None:
    audit.record("report.exported", actor=actor, after={"what": what, "scope": scope.query(), "rows": count})


def csv_of(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as a file; text that a spreadsheet would run begins with an apostrophe."""
    out = io.StringIO()
    csv.writer(out).writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
