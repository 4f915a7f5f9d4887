"""A contractor takes signatures back at the end of a period, to add what the notes lack, and signs again later.

What was collected for these sessions meanwhile waits: it is held by the period's run and paid by the next.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from charting import services as charting
from charting.selectors import states_for
from desk.demo import days
from desk.demo.stage import Stage
from payroll.calculation.calendars import Period

WHO: Final = "Dana Whitfield"
HOW_MANY: Final = 3
SIGNS_AFTER: Final = dt.timedelta(days=5)
REASON: Final = "The goals of the treatment plan are missing"
# Sessions of these days before the end are old enough to have been paid in the period.
_OLDEST, _NEWEST = dt.timedelta(days=24), dt.timedelta(days=17)


def reopen(stage: Stage, period: Period) -> None:
    """The first few insured sessions of those days."""
    place = _place(stage)
    rows = days.rows(stage, period.ends_on - _OLDEST, period.ends_on - _NEWEST, ("confirmed",))
    own = [row.pk for row, person in rows if person.clinician == place and person.payer]
    states = states_for(own)
    for pk in [pk for pk in own if states[pk].is_signed][:HOW_MANY]:
        charting.reopen(actor=stage.clinicians[place], attendance_id=pk, reason=REASON)


def sign_again(stage: Stage, period: Period) -> None:
    """Whatever of those days is not signed."""
    place = _place(stage)
    rows = days.rows(stage, period.ends_on - _OLDEST, period.ends_on - _NEWEST, ("confirmed",))
    own = [row.pk for row, person in rows if person.clinician == place]
    states = states_for(own)
    for pk in [pk for pk in own if states[pk].status == "drafted"]:
        charting.sign(actor=stage.clinicians[place], attendance_id=pk)


def is_here(stage: Stage) -> bool:
    """Whether that contractor works in this practice."""
    return any(one.name == WHO for one in stage.script.team)


def _place(stage: Stage) -> int:
    return next(place for place, one in enumerate(stage.script.team) if one.name == WHO)
