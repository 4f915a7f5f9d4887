"""The aging and its rows as CSV. Each file is in the trail."""

from __future__ import annotations

from django.db import transaction

from desk.reports.aging.selectors import aging, rows_of
from desk.reports.aging.shapes import DIMENSIONS, Aged
from desk.reports.exporting import EVERYTHING, csv_of
from desk.reports.selectors import Names
from desk.reports.shapes import AGE_LABELS
from practice import audit
from practice.actors import Actor
from practice.models import Practice


@transaction.atomic
def table(*, actor: Actor, practice: Practice, aged: Aged, known: Names) -> str:
    """The table with its sum; the export is recorded."""
    actor.require("reports:export")
    found = aging(actor, practice, aged, known)
    head = [DIMENSIONS[aged.by].removeprefix("By ").capitalize(), *AGE_LABELS.values(), "Together"]
    lines = [[line.label, *(amount for _, amount in line.amounts), line.sum] for line in [*found.every, found.sum]]
    _record(actor, aged, "aging", len(found.every))
    return csv_of([head, *lines])


@transaction.atomic
def rows(*, actor: Actor, practice: Practice, aged: Aged, known: Names) -> str:
    """The rows of one figure; the export is recorded."""
    actor.require("reports:export")
    found = rows_of(actor, practice, aged, known, most=EVERYTHING)
    head = ["Client number", "Client", "Since", "What", "Payer", "Clinician", "Claim", "Open"]
    lines = [
        [
            row.client_number,
            row.client,
            row.since.isoformat(),
            row.what,
            row.payer,
            row.clinician,
            row.claim,
            row.amount,
        ]
        for row in found.rows
    ]
    _record(actor, aged, "aging rows", len(lines))
    return csv_of([head, *lines])


def _record(actor: Actor, aged: Aged, what: str, count: int) -> None:
    audit.record("report.exported", actor=actor, after={"what": what, "scope": aged.query(), "rows": count})
