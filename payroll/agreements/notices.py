"""Days of somebody's terms that no version of rules covers, and what ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from clinicians.models import Engagement
from payroll.calculation.words import dated
from payroll.loading.payees import tax_class, tax_classes
from payroll.models import PaySchedule, RuleSet

_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Notice:
    """What is wrong or ends: its tone (stop, wait), the sentence, and the day from which rules are missing."""

    kind: str
    words: str
    from_day: dt.date | None = None


def first_days() -> dict[str, dt.date]:
    """The first day on which a schedule pays each tax class: nothing before it is paid here."""
    found: dict[str, dt.date] = {}
    for row in PaySchedule.objects.only("payees", "starts_on"):
        for kind in tax_classes(row):
            found[kind] = min(row.starts_on, found.get(kind, row.starts_on))
    return found


def notices_of(
    engagement: Engagement, versions: Sequence[RuleSet], today: dt.date, paid_from: Mapping[str, dt.date]
) -> list[Notice]:
    """Days of the terms without rules, today's first, since their schedule pays (`first_days`); then what ends."""
    if not tax_class(engagement.kind) or (engagement.ends_on is not None and engagement.ends_on < today):
        return []
    if not versions:
        return [Notice("stop", "No rules yet, so nothing is paid.", engagement.starts_on)]
    found = [
        _gap(first, last, today)
        for first, last in _gaps(engagement, versions, paid_from.get(tax_class(engagement.kind), today))
    ]
    ending = _ending(engagement)
    return sorted(found, key=lambda one: one.kind) + ([ending] if ending else [])


def _gaps(engagement: Engagement, versions: Sequence[RuleSet], since: dt.date) -> list[tuple[dt.date, dt.date | None]]:
    """Stretches of the terms from a day on that no version covers; an open end is None."""
    found: list[tuple[dt.date, dt.date | None]] = []
    day = max(engagement.starts_on, since)
    for row in versions:
        if row.starts_on > day:
            found.append((day, row.starts_on - _DAY))
        if row.ends_on is None:
            return found
        day = max(day, row.ends_on + _DAY)
    if engagement.ends_on is None or day <= engagement.ends_on:
        found.append((day, engagement.ends_on))
    return found


def _gap(first: dt.date, last: dt.date | None, today: dt.date) -> Notice:
    if last is None:
        return Notice("stop" if first <= today else "wait", f"No rules from {dated(first)} on.", first)
    kind = "stop" if first <= today <= last else "wait"
    days = f"on {dated(first)}" if first == last else f"{dated(first)} to {dated(last)}"
    return Notice(kind, f"No rules {days}.", first)


def _ending(engagement: Engagement) -> Notice | None:
    if engagement.ends_on is None:
        return None
    return Notice("wait", f"The terms of work end {dated(engagement.ends_on)}.")
