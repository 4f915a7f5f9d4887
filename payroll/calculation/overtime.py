"""Where overtime may be due: it is not computed, so it must never pass silently (29 CFR 778; state daily limits)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from payroll.calculation.calendars import workweek_of
from payroll.calculation.facts import Finding
from payroll.calculation.words import plain, short

WEEKLY_LIMIT: Final = Decimal(40)
NOT_COMPUTED: Final = "Overtime is not computed yet; enter the premium as a line by hand."
# Hours a day. California Lab. Code 510 (`payroll.md` 2.3). The pay reference has none of the others. Alaska Stat.
# 23.10.060 (not below four employees) and Nevada NRS 608.018 (only below 1.5 times the minimum wage) were read in
# copies of the law, Colorado's COMPS Order, 7 CCR 1103-1 rule 4, in notes on it. Wider than the law: nothing passes.
DAILY_LIMITS: Final[Mapping[str, Decimal]] = {
    "CA": Decimal(8),
    "AK": Decimal(8),
    "CO": Decimal(12),
    "NV": Decimal(8),
}
_WEEK: Final = dt.timedelta(days=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A non-exempt person's hours by day, and what is a day's limit there.

    `premium_weeks` have a premium by hand in this run; `late_weeks` ended before it, but hours came to light since.
    """

    clinician_id: int
    name: str
    by_day: Mapping[dt.date, Decimal]
    daily_limit: Decimal | None = None
    premium_weeks: Collection[dt.date] = ()
    late_weeks: Collection[dt.date] = ()


def findings(person: Worked, first: dt.date, last: dt.date, starts: int) -> list[Finding]:
    """What stops the approval: weeks that end in the run above 40 hours, days in it above the state's limit.

    A workweek belongs to the run in which it ends; a day to the run it lies in. A premium entered by hand for the
    workweek answers both.
    """
    found = []
    for week in sorted({workweek_of(day, starts) for day in person.by_day}):
        if week in person.premium_weeks:
            continue
        days = {day: hours for day, hours in person.by_day.items() if week <= day <= week + _WEEK}
        is_late = week in person.late_weeks
        ends_here = is_late or first <= week + _WEEK <= last
        here = {day: hours for day, hours in days.items() if is_late or first <= day <= last}
        found += (_weekly(person, week, days) if ends_here else []) or _daily(person, week, here)
    return found


def _weekly(person: Worked, week: dt.date, days: Mapping[dt.date, Decimal]) -> list[Finding]:
    hours = sum(days.values(), Decimal(0))
    if hours <= WEEKLY_LIMIT:
        return []
    over = hours - WEEKLY_LIMIT
    said = f"{person.name}: {plain(over)} hours over 40 in the week of {short(week)}. {NOT_COMPUTED}"
    return [_finding(person, week, over, said)]


def _daily(person: Worked, week: dt.date, days: Mapping[dt.date, Decimal]) -> list[Finding]:
    limit = person.daily_limit
    if limit is None:
        return []
    over = sorted(day for day, hours in days.items() if hours > limit)
    hours = sum((days[day] - limit for day in over), Decimal(0))
    return [
        _finding(
            person,
            week,
            hours,
            f"{person.name}: {plain(days[day])} hours on {short(day)}, over {plain(limit)}. {NOT_COMPUTED}",
        )
        for day in over[:1]
    ]


def _finding(person: Worked, week: dt.date, hours: Decimal, said: str) -> Finding:
    return Finding(
        code="overtime",
        severity="block",
        words=said,
        clinician_id=person.clinician_id,
        count=1,
        week=week,
        hours=hours,
    )


def by_day(
    entered: Iterable[tuple[dt.date, str, Decimal]], in_sessions: Mapping[dt.date, Decimal]
) -> dict[dt.date, Decimal]:
    """Hours worked by day: what was entered, and the sessions of a day for which no session hours were entered."""
    found: dict[dt.date, Decimal] = {}
    told: set[dt.date] = set()
    for day, kind, hours in entered:
        if kind == "time_off":
            continue
        found[day] = found.get(day, Decimal(0)) + hours
        if kind == "sessions":
            told.add(day)
    for day, hours in in_sessions.items():
        if day not in told:
            found[day] = found.get(day, Decimal(0)) + hours
    return found
