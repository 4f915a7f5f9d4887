"""Entries of hours one by one: of a day of one person, and of a month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Sum
from django.http import Http404

from clinicians.models import Clinician
from payroll.hours.entering import paid_by, standing_corrections
from payroll.models import HoursEntry, HoursKind, PayRun
from payroll.words import run_name
from practice.actors import Actor

ON_A_PAGE: Final = 50
SORTS: Final = {
    "day": ("worked_on", "clinician__last_name", "pk"),
    "person": ("clinician__last_name", "clinician__first_name", "worked_on", "pk"),
    "kind": ("kind", "worked_on", "pk"),
    "hours": ("hours", "pk"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the run that paid it, and what it comes to with what corrects it."""

    row: HoursEntry
    run: PayRun | None
    standing: Decimal

    @property
    def is_locked(self) -> bool:
        """Whether it was paid, so that a correction follows it."""
        return self.run is not None

    @property
    def paid(self) -> str:
        """`Paid by the run of Nov 1–15`."""
        return f"Paid by {run_name(self.run)}" if self.run else ""


@dataclass(frozen=True, slots=True)
class Day:
    """One person's day."""

    clinician: Clinician
    day: dt.date
    entries: list[Entry]

    @property
    def total(self) -> Decimal:
        """The hours of the day."""
        return sum((one.row.hours for one in self.entries), Decimal(0))


@dataclass(frozen=True, slots=True)
class Month:
    """A month's entries under a filter, with their sum."""

    page: Page[HoursEntry]
    entries: list[Entry]
    total: Decimal
    people: list[tuple[int, str]]


def day(actor: Actor, clinician_id: int, on: dt.date) -> Day:
    """The entries of one person's day; Http404 for nobody. Four queries."""
    actor.require("payroll:view")
    who = Clinician.objects.filter(pk=clinician_id).first()
    if who is None:
        raise Http404
    return Day(who, on, _entries(list(HoursEntry.objects.filter(clinician=who, worked_on=on).order_by("pk"))))


def month(
    actor: Actor, first: dt.date, *, person: int | None = None, kind: str = "", sort: str = "", page: str = "1"
) -> Month:
    """The entries of a calendar month; six queries."""
    actor.require("payroll:view")
    after = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    rows = HoursEntry.objects.filter(worked_on__gte=first, worked_on__lt=after)
    people = {one.pk: one.name for one in Clinician.objects.filter(pk__in=rows.values("clinician"))}
    rows = rows.filter(clinician=person) if person is not None else rows
    rows = rows.filter(kind=kind) if kind in HoursKind.values else rows
    order = SORTS.get(sort.removeprefix("-"), SORTS["day"])
    names = [f"-{name}" for name in order] if sort.startswith("-") else list(order)
    shown = Paginator(rows.select_related("clinician").order_by(*names), ON_A_PAGE).get_page(page)
    total = rows.aggregate(sum=Sum("hours"))["sum"] or Decimal(0)
    return Month(shown, _entries(list(shown.object_list)), total, sorted(people.items(), key=lambda one: one[1]))


def entry(actor: Actor, pk: int) -> HoursEntry:
    """One entry; Http404 when it is not there."""
    actor.require("payroll:view")
    row = HoursEntry.objects.select_related("clinician").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _entries(rows: list[HoursEntry]) -> list[Entry]:
    ids = [one.pk for one in rows]
    paid, corrected = (paid_by(ids), standing_corrections(ids)) if ids else ({}, {})
    return [Entry(one, paid.get(one.pk), one.hours + sum(corrected.get(one.pk, ()), Decimal(0))) for one in rows]
