"""A week of hours: people, what the time was for, and seven days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from clinicians.models import Clinician, Engagement
from payroll.calculation.calendars import workweek_of
from payroll.calculation.words import plain
from payroll.hours.entering import Spot, paid_by
from payroll.hours.selectors.working import Employed, Watch, watch
from payroll.loading.payees import tax_class
from payroll.models import HoursEntry, HoursKind, PayRule
from practice.actors import Actor
from practice.models import Practice
from practice.overlaps import sharing_a_day

BY_HOUR, EVERYBODY = "", "all"
_DAY: Final = dt.timedelta(days=1)
_RECENT: Final = dt.timedelta(days=28)
_USUAL: Final = (HoursKind.NOTES, HoursKind.MEETING)


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of one sort: its hours as text, and whether they are typed here or changed on the day's own page."""

    spot: Spot
    text: str
    note: str
    is_locked: bool
    is_open: bool
    error: str = ""

    @property
    def key(self) -> str:
        """The name of its field, and what it is found by on the page."""
        return self.spot.key


@dataclass(frozen=True, slots=True)
class Line:
    """One sort of hours of one person."""

    kind: str
    label: str
    cells: list[Cell]
    sum: Decimal


@dataclass(frozen=True, slots=True)
class Person:
    """One person's week."""

    id: int
    name: str
    tag: str
    lines: list[Line]
    others: list[tuple[str, str]]
    in_sessions: list[Decimal | None]
    sums: list[Decimal]
    warnings: list[str]

    @property
    def adds(self) -> str:
        """The rows that are shown, for addresses that draw this person again."""
        return "".join(f"&add={self.id}-{line.kind}" for line in self.lines)

    @property
    def total(self) -> Decimal:
        """The hours entered in the week."""
        return sum(self.sums, Decimal(0))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which week and whom; `added` are sorts of hours somebody asked a row for, `errors` what was refused."""

    day: dt.date
    words: str = ""
    show: str = BY_HOUR
    only: int | None = None
    added: Mapping[int, Collection[str]] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Week:
    """The days of a workweek, and who is in it."""

    first: dt.date
    days: list[dt.date]
    people: list[Engagement]
    counts: Mapping[str, int]
    employed: Employed
    entries: Mapping[int, list[HoursEntry]]
    recent: Mapping[int, set[str]]


def week(actor: Actor, wanted: Wanted) -> Week:
    """Everybody whose hours may be entered in the week, by name; four queries."""
    actor.require("payroll:view")
    employed = Employed.on(wanted.day)
    first = workweek_of(wanted.day, employed.starts)
    last = first + 6 * _DAY
    entries, recent = _entries(first, last)
    found = _engagements(first, last, wanted)
    hourly = _hourly(first, last)
    usual = [one for one in found if one.pk in hourly or _is_nonexempt(one) or one.clinician_id in recent]
    shown = found if wanted.show == EVERYBODY else usual
    counts = {BY_HOUR: len(usual), EVERYBODY: len(found)}
    days = [first + offset * _DAY for offset in range(7)]
    return Week(first, days, shown, counts, employed, entries, recent)


def people(
    actor: Actor, practice: Practice, found: Week, wanted: Wanted, *, shown: Sequence[Engagement], today: dt.date
) -> list[Person]:
    """These people's rows; at most three queries."""
    entries = [one for row in shown for one in found.entries.get(row.clinician_id, ())]
    paid = paid_by([one.pk for one in entries]) if entries else {}
    watched = watch(practice, [row.clinician_id for row in shown if _is_nonexempt(row)], found.first, found.employed)
    may_edit = actor.may("payroll:edit")
    maker = _Maker(found, set(paid), watched, today, wanted, may_edit=may_edit)
    return [maker.person(row) for row in shown]


class _Maker:
    """Makes the rows of one week."""

    def __init__(
        self, found: Week, paid: Collection[int], watched: Watch, today: dt.date, wanted: Wanted, *, may_edit: bool
    ) -> None:
        self.week, self.paid, self.watched = found, paid, watched
        self.today, self.wanted, self.may_edit = today, wanted, may_edit

    def person(self, row: Engagement) -> Person:
        """One person's rows: sorts of this week, of the last four, those asked for, or the usual ones."""
        who = row.clinician
        entries = self.week.entries.get(who.pk, [])
        kinds = {one.kind for one in entries} | self.week.recent.get(who.pk, set())
        kinds |= set(self.wanted.added.get(who.pk, ()))
        shown = [kind for kind in HoursKind if kind in (kinds or set(_USUAL))]
        in_sessions = self.watched.in_sessions.get(who.pk, {})
        return Person(
            id=who.pk,
            name=who.name,
            tag="W-2" if tax_class(row.kind) == "w2" else "1099",
            lines=[self._line(who, kind, entries) for kind in shown],
            others=[(kind.value, kind.label) for kind in HoursKind if kind not in shown],
            in_sessions=[in_sessions.get(day) for day in self.week.days] if any(in_sessions.values()) else [],
            sums=[sum((one.hours for one in entries if one.worked_on == day), Decimal(0)) for day in self.week.days],
            warnings=self.watched.warnings(who, entries, self.week.first) if _is_nonexempt(row) else [],
        )

    def _line(self, who: Clinician, kind: HoursKind, entries: Sequence[HoursEntry]) -> Line:
        of_kind = [one for one in entries if one.kind == kind]
        cells = [self._cell(who, kind, day, [one for one in of_kind if one.worked_on == day]) for day in self.week.days]
        return Line(kind.value, kind.label, cells, sum((one.hours for one in of_kind), Decimal(0)))

    def _cell(self, who: Clinician, kind: HoursKind, day: dt.date, rows: Sequence[HoursEntry]) -> Cell:
        spot = Spot(who.pk, day, kind.value)
        is_locked = any(one.pk in self.paid for one in rows)
        hours = plain(sum((one.hours for one in rows), Decimal(0))) if rows else ""
        is_one = len(rows) <= 1 and not is_locked and not any(one.corrects_id for one in rows)
        is_open = self.may_edit and is_one and day <= self.today
        return Cell(
            spot=spot,
            text=self.wanted.typed.get(spot.key, hours) if is_open else hours,
            note="; ".join(one.note for one in rows if one.note),
            is_locked=is_locked,
            is_open=is_open,
            error=self.wanted.errors.get(spot.key, ""),
        )


def _engagements(first: dt.date, last: dt.date, wanted: Wanted) -> list[Engagement]:
    """Terms that pay on a day of the week, the later ones where there are two, by name."""
    rows = sharing_a_day(Engagement.objects.select_related("clinician__location"), first, last)
    if wanted.only is not None:
        rows = rows.filter(clinician=wanted.only)
    latest = {row.clinician_id: row for row in rows.order_by("starts_on") if tax_class(row.kind)}
    words = wanted.words.casefold().split()
    found = [row for row in latest.values() if all(word in row.clinician.name.casefold() for word in words)]
    return sorted(found, key=lambda row: (row.clinician.last_name.casefold(), row.clinician.name.casefold()))


def _entries(first: dt.date, last: dt.date) -> tuple[dict[int, list[HoursEntry]], dict[int, set[str]]]:
    """The week's entries by person, and the sorts of hours each had in the four weeks before."""
    found: dict[int, list[HoursEntry]] = defaultdict(list)
    recent: dict[int, set[str]] = defaultdict(set)
    rows = HoursEntry.objects.filter(worked_on__gte=first - _RECENT, worked_on__lte=last)
    for row in rows.order_by("worked_on", "pk"):
        recent[row.clinician_id].add(row.kind)
        if row.worked_on >= first:
            found[row.clinician_id].append(row)
    return found, recent


def _hourly(first: dt.date, last: dt.date) -> set[int]:
    """The terms that an hourly rate pays on a day of the week."""
    rows = PayRule.objects.filter(method=PayRule.Method.HOURLY, rule_set__starts_on__lte=last)
    ends = rows.values_list("rule_set__engagement", "rule_set__ends_on")
    return {engagement for engagement, ends_on in ends if ends_on is None or ends_on >= first}


def _is_nonexempt(row: Engagement) -> bool:
    return row.kind == Engagement.Kind.W2_NONEXEMPT
