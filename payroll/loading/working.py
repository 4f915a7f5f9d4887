"""Hours that non-exempt people worked, by day: entered, and in sessions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from clinicians.models import Clinician
from payroll.calculation.calendars import workweek_of
from payroll.calculation.facts import Hours
from payroll.calculation.inputs import Payee
from payroll.calculation.overtime import DAILY_LIMITS, Worked, by_day
from payroll.models import HoursEntry, HoursKind, ManualLine, PayRun
from practice import clock
from practice.models import Practice, PracticeSettings
from scheduling.models import Attendance

_HOUR = Decimal(3600)
_CENT = Decimal("0.01")


def worked(run: PayRun, practice: Practice, payees: Mapping[int, Payee], unpaid: Sequence[Hours]) -> list[Worked]:
    """Everybody who was non-exempt on a day from the first workweek of the run on."""
    starts = run.schedule.workweek_starts
    first = min([run.starts_on, *(entry.on for entry in unpaid)])
    late_from = _computed_before(run)
    people = [who for who, payee in payees.items() if any(one.is_nonexempt for one in payee.terms)]
    sessions = _sessions(people, practice, run, late_from)
    first = min([first, *(day for found in sessions.late.values() for day in found)])
    first = workweek_of(first, starts)
    entered = _entered(people, first, run.ends_on)
    premiums, limits = _premiums(run), _limits(run, people)
    return [
        Worked(
            clinician_id=who,
            name=payees[who].name,
            by_day=_nonexempt(payees[who], first, by_day(entered[who], sessions.by_day[who])),
            daily_limit=limits.get(who),
            premium_weeks=premiums[who],
            late_weeks={
                workweek_of(day, starts)
                for day in {
                    *(sessions.late[who] - _told(entered[who])),
                    *(one.on for one in unpaid if one.clinician_id == who),
                }
                if day < run.starts_on
            },
        )
        for who in people
    ]


class _Sessions:
    """Hours in sessions by person and day, and the days on which some were confirmed only lately."""

    def __init__(self) -> None:
        self.by_day: dict[int, dict[dt.date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        self.late: dict[int, set[dt.date]] = defaultdict(set)


def _sessions(people: Collection[int], practice: Practice, run: PayRun, late_from: dt.datetime | None) -> _Sessions:
    found, seen = _Sessions(), set()
    until = clock.instant(practice, run.ends_on + dt.timedelta(days=1), dt.time())
    since = clock.instant(practice, run.starts_on - dt.timedelta(days=92), dt.time())
    rows = Attendance.objects.filter(
        rendering__in=people,
        status=Attendance.Status.CONFIRMED,
        outcome=Attendance.Status.HELD,
        session__starts_at__gte=since,
        session__starts_at__lt=until,
    ).order_by("pk")
    taken = ("rendering_id", "session_id", "actual_start", "actual_stop", "session__starts_at", "session__ends_at")
    for who, session_id, start, stop, begins, ends, confirmed in rows.values_list(*taken, "confirmed_at"):
        if who is None or (who, session_id) in seen:
            continue
        seen.add((who, session_id))
        day = clock.local(practice, start or begins).date()
        found.by_day[who][day] += _hours((stop or ends) - (start or begins))
        if late_from is not None and confirmed is not None and confirmed > late_from:
            found.late[who].add(day)
    return found


def _entered(people: Collection[int], first: dt.date, last: dt.date) -> dict[int, list[tuple[dt.date, str, Decimal]]]:
    found: dict[int, list[tuple[dt.date, str, Decimal]]] = defaultdict(list)
    rows = HoursEntry.objects.filter(clinician__in=people, worked_on__gte=first, worked_on__lte=last)
    for who, day, kind, hours in rows.values_list("clinician_id", "worked_on", "kind", "hours"):
        found[who].append((day, kind, hours))
    return found


def _told(entered: Sequence[tuple[dt.date, str, Decimal]]) -> set[dt.date]:
    """The days whose session hours were entered: a session confirmed later adds nothing to them."""
    return {day for day, kind, _ in entered if kind == HoursKind.SESSIONS}


def _nonexempt(payee: Payee, first: dt.date, days: Mapping[dt.date, Decimal]) -> dict[dt.date, Decimal]:
    found = {}
    for day, hours in days.items():
        terms = payee.on(day)
        if terms is not None and terms.is_nonexempt and day >= first:
            found[day] = hours
    return found


def _premiums(run: PayRun) -> dict[int, set[dt.date]]:
    found: dict[int, set[dt.date]] = defaultdict(set)
    for row in run.manual_lines.filter(kind=ManualLine.Kind.OVERTIME_PREMIUM):
        if row.workweek_starts_on is not None:
            found[row.clinician_id].add(row.workweek_starts_on)
    return found


def _limits(run: PayRun, people: Collection[int]) -> dict[int, Decimal]:
    """Hours a day, by the state where the person works; the schedule's own number goes before."""
    own = run.schedule.daily_limit
    if own is not None:
        return dict.fromkeys(people, own)
    home = PracticeSettings.objects.values_list("state", flat=True).first() or ""
    rows = Clinician.objects.filter(pk__in=people).values_list("pk", "location__state")
    states = {number: state or home for number, state in rows}
    return {number: DAILY_LIMITS[state] for number, state in states.items() if state in DAILY_LIMITS}


def _computed_before(run: PayRun) -> dt.datetime | None:
    before = PayRun.objects.filter(schedule=run.schedule_id, ends_on__lt=run.starts_on, computed_at__isnull=False)
    return before.order_by("-ends_on").values_list("computed_at", flat=True).first()


def _hours(length: dt.timedelta) -> Decimal:
    return (Decimal(int(length.total_seconds())) / _HOUR).quantize(_CENT)
