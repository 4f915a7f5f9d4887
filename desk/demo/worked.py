"""Hours that are entered by hand as the days go by: of whoever is paid by the hour, and of meetings and supervision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from desk.demo import days
from desk.demo.stage import Stage
from payroll import services as payroll

Entry = tuple[str, Decimal, str]
BY_THE_HOUR: Final = frozenset({"Jonah Whitaker"})
A_DAY: Final = Decimal(8)
EVENING: Final = Decimal("1.50")  # once a month, which makes more than 40 hours of that week
WEEKLY: Final[dict[str, tuple[int, Entry]]] = {
    "Charlie Nguyen": (0, ("meeting", Decimal("1.25"), "Staff meeting")),
    "Simone Achterberg": (0, ("meeting", Decimal("1.25"), "Staff meeting")),
    "Grace Lindqvist": (4, ("supervision", Decimal("1.00"), "Associates")),
}
_WEDNESDAY: Final = 2
_EARLIEST: Final = 5  # the Saturday of that week is then the 8th or later
_HOUR: Final = Decimal(3600)


def enter(stage: Stage, date: dt.date) -> None:
    """The owner writes the day's hours down."""
    for place, one in enumerate(stage.script.team):
        for kind, hours, note in _of(stage, place, one.name, date):
            payroll.add_hours(
                actor=stage.owner.actor,
                clinician_id=stage.clinician_ids[place],
                worked_on=date,
                kind=kind,
                hours=hours,
                note=note,
            )


def is_evening(date: dt.date) -> bool:
    """Whether the team stays longer that day."""
    return date.weekday() == _WEDNESDAY and _EARLIEST <= date.day < _EARLIEST + 7


def _of(stage: Stage, place: int, name: str, date: dt.date) -> Iterator[Entry]:
    if name in WEEKLY:
        weekday, entry = WEEKLY[name]
        if date.weekday() == weekday:
            yield entry
    if name in BY_THE_HOUR:
        yield from _whole_day(stage, place, date)


def _whole_day(stage: Stage, place: int, date: dt.date) -> Iterator[Entry]:
    """Sessions as long as they were, and notes and admin for the rest of eight hours."""
    seen = days.rows(stage, date, date, ("scheduled", days.HELD))
    lengths = {row.session_id: row.ends_at - row.starts_at for row, person in seen if person.clinician == place}
    spent = sum((_hours(length) for length in lengths.values()), Decimal(0))
    if spent:
        yield "sessions", spent, ""
    if spent < A_DAY:
        yield "notes", A_DAY - spent, ""
    if is_evening(date):
        yield "meeting", EVENING, "Team evening"


def _hours(length: dt.timedelta) -> Decimal:
    return (Decimal(int(length.total_seconds())) / _HOUR).quantize(Decimal("0.01"))
