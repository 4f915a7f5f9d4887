"""Sessions to come for which an insurer would be asked and no plan is on file for the day."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from clients.models import Coverage
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from scheduling.models import Attendance
from scheduling.policies import visible_attendances

AHEAD: Final = dt.timedelta(days=7)


def uncovered(actor: Actor, practice: Practice) -> QuerySet[Attendance]:
    """Those of the next seven days, today's to come included, in the order of time."""
    until = clock.instant(practice, clock.today(practice) + AHEAD, dt.time())
    rows = visible_attendances(actor).filter(
        session__starts_at__gte=clock.now(),
        session__starts_at__lt=until,
        session__service__insured=True,
        status=Attendance.Status.SCHEDULED,
        self_pay=False,
        coverage=None,
    )
    day = OuterRef("session__starts_at__date")
    plans = Coverage.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), client=OuterRef("client"))
    return rows.filter(~Exists(plans.filter(starts_on__lte=day))).order_by("session__starts_at", "pk")
