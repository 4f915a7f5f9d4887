"""The same service twice on one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduling.models import Attendance
from scheduling.readiness.check import Check
from scheduling.readiness.facts import Facts
from scheduling.readiness.findings import Action, Finding
from scheduling.readiness.pages import to_session
from scheduling.readiness.words import clock_time, short_day

_Same = tuple[int, dt.date, str, int]


@dataclass(frozen=True, slots=True)
class Other:
    """The session that is already there."""

    key: int
    session_id: int | None
    starts: dt.datetime
    is_confirmed: bool


class Duplicate(Check):
    """One client, day, code and clinician is billed once: payers deny the second as a duplicate."""

    code = "duplicate"

    def load(self, facts: Sequence[Facts]) -> Mapping[int, Other]:
        """By attendance, the one that came before it: confirmed already, or earlier in this list; one query."""
        groups: dict[_Same, list[Other]] = {}
        for same, other in [*_confirmed(facts), *((_same(one), _as_other(one)) for one in facts)]:
            groups.setdefault(same, []).append(other)
        for others in groups.values():
            others.sort(key=lambda other: (not other.is_confirmed, other.starts, other.key))
        return {one.key: first for one in facts if (first := groups[_same(one)][0]).key != one.key and one.code}

    def judge(self, facts: Facts, extra: Mapping[int, Other]) -> list[Finding]:
        other = extra.get(facts.key)
        if other is None or facts.rendering is None:
            return []
        on = short_day(facts.date, facts.today)
        title = f"{facts.client.name} already has {facts.code} with {facts.rendering.first_name} on {on}."
        state = "is confirmed" if other.is_confirmed else "is in this list"
        why = f"The other one, at {clock_time(other.starts)}, {state}."
        see = [to_session("See the other one", other.session_id)] if other.session_id else []
        cancel = Action("Cancel this one", field="status", value=Attendance.Status.CANCELED)
        return [self.finding(title, why, actions=[*see, cancel])]


def _same(one: Facts) -> _Same:
    return one.client.id, one.date, one.code, one.rendering.id if one.rendering else 0


def _as_other(one: Facts) -> Other:
    return Other(one.key, one.session_id, one.scheduled_start, one.is_confirmed)


def _confirmed(facts: Sequence[Facts]) -> list[tuple[_Same, Other]]:
    """What the clients have confirmed around these days and is not in the list itself."""
    zone, day = facts[0].now.tzinfo, dt.timedelta(days=1)
    starts = [one.scheduled_start for one in facts]
    rows = Attendance.objects.filter(
        client__in={one.client.id for one in facts},
        status=Attendance.Status.CONFIRMED,
        outcome=Attendance.Status.HELD,
        session__starts_at__gte=min(starts) - day,
        session__starts_at__lt=max(starts) + day,
    ).values_list("pk", "session_id", "client_id", "session__starts_at", "service__code", "rendering_id")
    seen = {one.key for one in facts}
    return [_row(row, zone) for row in rows if row[0] not in seen]


def _row(row: tuple[Any, ...], zone: dt.tzinfo | None) -> tuple[_Same, Other]:
    key, session_id, client_id, starts_at, code, rendering_id = row
    starts = starts_at.astimezone(zone)
    return (client_id, starts.date(), code or "", rendering_id or 0), Other(key, session_id, starts, True)
