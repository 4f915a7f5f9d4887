"""What non-exempt people worked in a week, entered and in sessions, and where overtime may be due."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from clinicians.models import Clinician
from payroll.calculation.overtime import DAILY_LIMITS, Worked, by_day, findings
from payroll.models import HoursEntry, PaySchedule
from payroll.models.schedules import Weekday
from practice import clock
from practice.models import Practice, PracticeSettings
from practice.overlaps import sharing_a_day
from scheduling.models import Attendance

_HOUR: Final = Decimal(3600)
_CENT: Final = Decimal("0.01")
_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Employed:
    """What the schedule of employees says about their weeks."""

    starts: int = Weekday.SUNDAY
    daily_limit: Decimal | None = None

    @classmethod
    def on(cls, day: dt.date) -> Employed:
        """By the schedule that pays employees on the day; Sunday where none does."""
        payees = [PaySchedule.Payees.EMPLOYEES, PaySchedule.Payees.EVERYONE]
        row = sharing_a_day(PaySchedule.objects.filter(payees__in=payees), day, day).first()
        return cls(row.workweek_starts, row.daily_limit) if row else cls()


@dataclass(frozen=True, slots=True)
class Watch:
    """What is known of some people's week."""

    employed: Employed
    in_sessions: Mapping[int, Mapping[dt.date, Decimal]] = field(default_factory=dict)
    home: str = ""

    def warnings(self, who: Clinician, entries: Iterable[HoursEntry], first: dt.date) -> list[str]:
        """Where a non-exempt person's week goes above 40 hours or a day above the limit, in words."""
        entered = [(one.worked_on, one.kind, one.hours) for one in entries]
        state = (who.location.state if who.location else "") or self.home
        worked = Worked(
            clinician_id=who.pk,
            name=who.name,
            by_day=by_day(entered, self.in_sessions.get(who.pk, {})),
            daily_limit=self.employed.daily_limit or DAILY_LIMITS.get(state),
        )
        found = findings(worked, first, first + 6 * _DAY, self.employed.starts)
        return [one.words.removeprefix(f"{who.name}: ") for one in found]


def watch(practice: Practice, people: Collection[int], first: dt.date, employed: Employed) -> Watch:
    """The sessions of these people's week; two queries, none for nobody."""
    if not people:
        return Watch(employed)
    home = PracticeSettings.objects.values_list("state", flat=True).first() or ""
    return Watch(employed, _in_sessions(practice, people, first), home)


def _in_sessions(practice: Practice, people: Collection[int], first: dt.date) -> dict[int, dict[dt.date, Decimal]]:
    """Hours of confirmed sessions that took place, by person and day; a group session once."""
    rows = Attendance.objects.filter(
        rendering__in=people,
        status=Attendance.Status.CONFIRMED,
        outcome=Attendance.Status.HELD,
        session__starts_at__gte=clock.instant(practice, first - _DAY, dt.time()),
        session__starts_at__lt=clock.instant(practice, first + 8 * _DAY, dt.time()),
    )
    taken = ("rendering_id", "session_id", "actual_start", "actual_stop", "session__starts_at", "session__ends_at")
    found: dict[int, dict[dt.date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    seen: set[tuple[int, int]] = set()
    for who, session_id, start, stop, begins, ends in rows.order_by("pk").values_list(*taken):
        if who is None or (who, session_id) in seen:
            continue
        seen.add((who, session_id))
        day = clock.local(practice, start or begins).date()
        if first <= day < first + 7 * _DAY:
            found[who][day] += _length((stop or ends) - (start or begins))
    return found


def _length(span: dt.timedelta) -> Decimal:
    return (Decimal(int(span.total_seconds())) / _HOUR).quantize(_CENT)
