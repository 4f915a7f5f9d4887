"""A day at the practice: who calls off, who does not come, and which clinician writes notes that evening."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from charting import services as charting
from charting.selectors import states_for
from clinicians.policies import supervised_ids
from desk.demo import fate
from desk.demo.caseload import GROUP, Person
from desk.demo.names import NOTES
from desk.demo.stage import Stage
from practice import clock
from scheduling import attending, canceling
from scheduling.policies import visible_attendances

HELD, LATE, NO_SHOW, CANCELED = "held", "late_canceled", "no_show", "canceled"
OUTCOMES: Final = (*[CANCELED] * 4, *[LATE] * 3, *[NO_SHOW] * 3, *[HELD] * 90)
LOOKS_BACK: Final = dt.timedelta(days=15)  # what was forgotten for nine days is written within a week
READS_BACK: Final = dt.timedelta(days=22)
FORGOTTEN: Final = dt.timedelta(days=9)
_WEEK: Final = dt.timedelta(weeks=1)
# On which weekdays a clinician signs, by their place: once or twice a week.
EVENINGS: Final = ((1, 4), (4,), (0,), (2,), (3,))


@dataclass(frozen=True, slots=True)
class Visit:
    """One client's part in a session, and its local date."""

    pk: int
    session_id: int
    date: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime


def outcome(stage: Stage, person: Person, date: dt.date) -> str:
    """What becomes of somebody's session on a day."""
    return fate.choose(OUTCOMES, stage.draws(), "outcome", person.place, date)


def morning(stage: Stage, date: dt.date) -> None:
    """Some call off today, which is late; some call off next week."""
    for row, person in rows(stage, date, date, ("scheduled",)):
        if outcome(stage, person, date) == LATE:
            _call_off(stage, row, person, "late_canceled")
    for row, person in rows(stage, date + _WEEK, date + _WEEK, ("scheduled",)):
        if outcome(stage, person, date + _WEEK) == CANCELED:
            _call_off(stage, row, person, "canceled")


def evening(stage: Stage, date: dt.date) -> None:
    """Who did not come is marked, and some clinicians write and sign their notes."""
    for row, person in rows(stage, date, date, ("scheduled",)):
        if outcome(stage, person, date) == NO_SHOW:
            clinician = stage.clinicians[person.clinician]
            attending.set_status(actor=clinician, attendance_id=row.pk, status=NO_SHOW)
    writing = {place for place in range(len(stage.clinicians)) if date.weekday() in EVENINGS[place % len(EVENINGS)]}
    if writing:
        _sign(stage, date, writing)


def cosign(stage: Stage) -> None:
    """Supervisors read what associates signed."""
    today = clock.today(stage.practice)
    for place, clinician in enumerate(stage.clinicians):
        if not any(one.supervisor == place for one in stage.script.team):
            continue
        own = set(supervised_ids(clinician))
        found = rows(stage, today - READS_BACK, today, ("scheduled", HELD, "confirmed"))
        ids = [row.pk for row, person in found if stage.clinician_ids[person.clinician] in own]
        states = states_for(ids)
        ready = [pk for pk in ids if pk in states and states[pk].is_signed and not states[pk].is_cosigned]
        charting.cosign_many(actor=clinician, attendance_ids=ready)


def _sign(stage: Stage, date: dt.date, writing: set[int]) -> None:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    written = [
        (row, person)
        for row, person in rows(stage, date - LOOKS_BACK, date, ("scheduled", HELD, "confirmed"))
        if person.clinician in writing and _is_written(stage, row, person, date)
    ]
    states = states_for([row.pk for row, _ in written])
    for row, person in written:
        if row.pk not in states or not states[row.pk].is_signed:
            found[person.clinician][row.pk] = fate.choose(NOTES, stage.draws(), "note", person.place, row.date)
    for place, texts in sorted(found.items()):
        charting.sign_many_as_written(actor=stage.clinicians[place], texts=texts)


def _is_written(stage: Stage, row: Visit, person: Person, date: dt.date) -> bool:
    """Whether the note is written that evening; a few are forgotten for a while.

    Who was to call off before they were on the calendar came after all.
    """
    if outcome(stage, person, row.date) in {LATE, NO_SHOW} or row.ends_at > clock.now():
        return False
    return date - row.date >= FORGOTTEN or not fate.happens(35, stage.draws(), "forgotten", person.place, row.date)


def _call_off(stage: Stage, row: Visit, person: Person, status: str) -> None:
    if person.kind == GROUP:
        attending.set_status(actor=stage.scheduler, attendance_id=row.pk, status=status)
    else:
        canceling.cancel(actor=stage.scheduler, session_id=row.session_id, reason="Called")


def rows(stage: Stage, first: dt.date, last: dt.date, statuses: Iterable[str]) -> list[tuple[Visit, Person]]:
    """The attendances of these days in the order of time, each with its person; one query."""
    midnight = dt.time()
    found = visible_attendances(stage.scheduler).filter(
        session__starts_at__gte=clock.instant(stage.practice, first, midnight),
        session__starts_at__lt=clock.instant(stage.practice, last + dt.timedelta(days=1), midnight),
        status__in=tuple(statuses),
    )
    facts = found.order_by("session__starts_at", "pk").values_list(
        "pk", "session_id", "session__starts_at", "session__ends_at", "client__external_id"
    )
    return [
        (Visit(pk, session_id, clock.local(stage.practice, starts_at).date(), starts_at, ends_at), stage.people[key])
        for pk, session_id, starts_at, ends_at, key in facts
        if key in stage.people
    ]
