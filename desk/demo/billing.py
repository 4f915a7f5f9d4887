"""The biller's Monday: the calendar's times where nobody entered any, the one button, and the claims leave."""

from __future__ import annotations

import datetime as dt
from typing import Final

from billing.claims import batching
from billing.claims.policies import visible_claims
from billing.day import fixing, selectors, services
from desk.demo.stage import Stage
from practice import clock
from scheduling.policies import visible_attendances

EVERY_WEEKS: Final = 2
STILL_WRITTEN: Final = dt.timedelta(days=3)
OPEN_DAYS: Final = dt.timedelta(days=30)


def bill(stage: Stage) -> None:
    """Bills all that is ready, but for the last days, of which notes are still being written."""
    _enter_times(stage)
    midnight = clock.instant(stage.practice, clock.today(stage.practice) - STILL_WRITTEN, dt.time())
    board = selectors.all_open(stage.biller, stage.practice)
    wanted = set(_past(stage, midnight))
    ready = [row.id for row in board.ready if row.id in wanted]
    if clock.today(stage.practice).isocalendar().week % EVERY_WEEKS == 0:
        _resend(stage)
    if ready:
        services.bill(actor=stage.biller, practice=stage.practice, attendance_ids=ready, attested=True)


def _resend(stage: Stage) -> None:
    """What was corrected or replaced meanwhile goes out, every second week."""
    waiting = visible_claims(stage.biller).filter(status="ready").order_by("service_on", "client__number", "pk")
    ids = list(waiting.values_list("pk", flat=True))
    if ids:
        batching.batch_ready(actor=stage.biller, claim_ids=ids)


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
