"""What the enrollment grid shows: every clinician with every payer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from clinicians import cells, expiry
from clinicians.cells import Cell, Standing
from clinicians.expiry import Paper
from clinicians.models import Clinician, Enrollment
from clinicians.policies import visible_clinicians
from clinicians.selectors.papers import is_active, papers_of
from clinicians.selectors.standing import enrollments_of, supervisors_on
from clinicians.words import days_left, short
from practice.actors import Actor
from practice.models import PracticePayer
from practice.payer_rules import Rulebook, rulebook


@dataclass(frozen=True, slots=True)
class Until:
    """When a paper ends, in a few words, and whether that is near."""

    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class PayerCell:
    """A cell and the payer it leads to."""

    payer_id: int
    payer: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class GridRow:
    """One clinician with every payer."""

    id: int
    name: str
    note: str
    license: Until
    caqh: Until
    cells: list[PayerCell]

    @property
    def needs_somebody(self) -> bool:
        """Whether a cell or a paper in the row waits for somebody."""
        return bool(self.license.kind or self.caqh.kind) or any(cell.cell.needs_somebody for cell in self.cells)


@dataclass(frozen=True, slots=True)
class _Known:
    """What cells are made of."""

    enrolled: dict[tuple[int, int], dict[str, object]]
    supervisors: dict[int, dict[str, object]]
    rules: Rulebook
    today: dt.date


@dataclass(frozen=True, slots=True)
class Grid:
    """The heads and the rows; how many rows need somebody."""

    payers: list[PracticePayer]
    rows: list[GridRow]
    needing: int


def grid(actor: Actor, today: dt.date, *, only_needing: bool = False) -> Grid:
    """Who works here × the payers in use; seven queries."""
    payers = list(PracticePayer.objects.filter(is_active=True))
    people = [row for row in visible_clinicians(actor) if is_active(row, today)]
    ids = [row.pk for row in people]
    papers, supervisors = papers_of(ids), supervisors_on(today, ids)
    known = _Known(enrollments_of(ids), supervisors, rulebook(), today)
    rows = [
        GridRow(
            id=person.pk,
            name=person.name,
            note=_note(person, supervisors.get(person.pk, {}).get("first_name", "")),
            license=_until(papers[person.pk], expiry.LICENSE, today),
            caqh=_until(papers[person.pk], expiry.CAQH, today),
            cells=[PayerCell(payer.pk, payer.name, _cell(person, payer, known)) for payer in payers],
        )
        for person in people
    ]
    needing = [row for row in rows if row.needs_somebody]
    return Grid(payers, needing if only_needing else rows, len(needing))


def payer_cells(clinician: Clinician, today: dt.date) -> list[tuple[PracticePayer, Enrollment | None, Cell]]:
    """One clinician with every payer in use or ever enrolled with; five queries."""
    own = {row.payer_id: row for row in Enrollment.objects.filter(clinician=clinician)}
    supervisors = supervisors_on(today, [clinician.pk])
    payers = [payer for payer in PracticePayer.objects.all() if payer.is_active or payer.pk in own]
    known = _Known(enrollments_of([clinician.pk]), supervisors, rulebook(), today)
    return [(payer, own.get(payer.pk), _cell(clinician, payer, known)) for payer in payers]


def _cell(person: Clinician, payer: PracticePayer, known: _Known) -> Cell:
    row = known.enrolled.get((person.pk, payer.pk))
    standing = Standing(row["status"], row["effective_on"], row["ends_on"]) if row else None  # type: ignore[arg-type]
    supervisor = str(known.supervisors.get(person.pk, {}).get("first_name", ""))
    supervised = known.rules.on(payer.pk, known.today).supervised
    return cells.cell(standing, level=person.level, supervisor=supervisor, supervised=supervised, today=known.today)


def _note(person: Clinician, supervisor: str) -> str:
    return ", ".join(part for part in (person.credentials, f"under {supervisor}" if supervisor else "") if part)


def _until(papers: Sequence[Paper], kind: str, today: dt.date) -> Until:
    paper = expiry.soonest(paper for paper in papers if paper.kind == kind)
    if paper is None or paper.expires_on is None:
        return Until("None on file" if kind == expiry.LICENSE else "", "")
    ends = paper.expires_on
    near = expiry.is_near(paper, today)
    if kind == expiry.CAQH:
        return Until("Lapsed" if ends < today else days_left(ends, today).removeprefix("in "), near)
    return Until(short(ends, today), near)
