"""The people of a run, made of its totals alone: what stands in a row, and the row that adds them up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Q

from clinicians.models import Engagement
from payroll import selectors
from payroll.calculation.words import short
from payroll.loading.payees import TAX_CLASSES
from payroll.models import LineKind, PayRun
from payroll.runs.words import TAX_CLASSES as LABELS
from payroll.runs.words import how_paid
from payroll.selectors import PersonPay
from practice.actors import Actor
from practice.money import total

_ORDER: Final = ("session", "absence", "hours", "salary", "bonus")


@dataclass(frozen=True, slots=True)
class Person:
    """One row: what the run pays somebody, how, and the last day of terms that ended before it."""

    pay: PersonPay
    how: str
    left_on: dt.date | None

    @property
    def tag(self) -> str:
        """`W-2` or `1099`."""
        return LABELS[self.pay.tax_class]

    @property
    def line(self) -> str:
        """How they are paid, and that they left."""
        return ", ".join(filter(None, (self.how, f"left on {short(self.left_on)}" if self.left_on else "")))


@dataclass(frozen=True, slots=True)
class Sums:
    """Rows added up."""

    people: int
    sessions: int
    collected: Decimal
    earned: Decimal
    other: Decimal
    adjusted: Decimal
    held: Decimal
    gross: Decimal


def people(actor: Actor, run: PayRun) -> list[Person]:
    """Everybody in a run, W-2 before 1099, by name; one query."""
    return [_person(row, run.starts_on) for row in selectors.people(actor, run)]


def sums(rows: Sequence[Person]) -> Sums:
    """The row below."""
    pays = [row.pay for row in rows]
    return Sums(
        people=len({pay.clinician_id for pay in pays if any(one.count for one in pay.totals)}),
        sessions=sum(pay.sessions for pay in pays),
        collected=total(pay.collected for pay in pays),
        earned=total(pay.earned for pay in pays),
        other=total(pay.other for pay in pays),
        adjusted=total(pay.adjusted for pay in pays),
        held=total(pay.held for pay in pays),
        gross=total(pay.gross for pay in pays),
    )


def on_draw(run: PayRun, terms: Iterable[Engagement], paid: Iterable[int]) -> list[str]:
    """The owners and partners of the period among the terms, who are in no run."""
    others = set(paid)
    return [
        row.clinician.name
        for row in terms
        if row.kind not in TAX_CLASSES
        and row.starts_on <= run.ends_on
        and (row.ends_on is None or row.ends_on >= run.starts_on)
        and row.clinician_id not in others
    ]


def terms_of(run: PayRun) -> list[Engagement]:
    """The terms of owners and partners, and of everybody the calculation noticed, the latest last; one query."""
    noticed = {one["clinician_id"] for one in run.findings if one["clinician_id"]}
    rows = Engagement.objects.filter(Q(clinician__in=noticed) | ~Q(kind__in=TAX_CLASSES)).select_related("clinician")
    return list(rows.defer("tin").order_by("clinician__last_name", "clinician__first_name", "starts_on"))


def _person(row: PersonPay, first: dt.date) -> Person:
    used = sorted(row.totals, key=lambda one: _ORDER.index(one.kind) if one.kind in _ORDER else len(_ORDER))
    work = [one for one in used if one.kind != LineKind.ABSENCE] or used
    said = how_paid(one.rule for one in work if one.rule)
    ends = [one.engagement.ends_on for one in row.totals]
    ended = [day for day in ends if day is not None and day < first]
    return Person(row, said, max(ended) if ended and len(ended) == len(ends) else None)
