"""The biller's Monday: the calendar's times where nobody entered any, the one button, and the claims leave."""

from __future__ import annotations

import datetime as dt
from typing import Final

from billing.day import fixing, selectors, services
from desk.demo.stage import Stage
from practice import clock
from scheduling.policies import visible_attendances

OPEN_DAYS: Final = dt.timedelta(days=30)


def bill(stage: Stage) -> None:
    """Bills all that is ready of the days before today."""
    _enter_times(stage)
    midnight = clock.instant(stage.practice, clock.today(stage.practice), dt.time())
    board = selectors.all_open(stage.biller, stage.practice)
    wanted = set(_past(stage, midnight))
    ready = [row.id for row in board.ready if row.id in wanted]
    if ready:
        services.bill(actor=stage.biller, practice=stage.practice, attendance_ids=ready, attested=True)


def _enter_times(stage: Stage) -> None:
    """Takes the calendar's times for what is over, as the button on the page does."""
    midnight = clock.instant(stage.practice, clock.today(stage.practice), dt.time())
    found = visible_attendances(stage.biller).filter(pk__in=_past(stage, midnight), status__in=("scheduled", "held"))
    fixing.use_scheduled_times(actor=stage.biller, attendance_ids=list(found.values_list("pk", flat=True)))


def _past(stage: Stage, before: dt.datetime) -> list[int]:
    rows = visible_attendances(stage.biller).filter(
        session__starts_at__gte=before - OPEN_DAYS,
        session__starts_at__lt=before,
        status__in=("scheduled", "held", "late_canceled", "no_show"),
    )
    return list(rows.values_list("pk", flat=True))
