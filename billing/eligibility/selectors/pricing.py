"""The next session under a coverage, and what the payer allows for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from billing.eligibility.estimating import Price
from practice import clock
from practice.models import Practice
from practice.money import cents
from practice.setup.selectors import fees_on, rate_for, rates_on
from scheduling.models import Attendance, SessionClinician


@dataclass(frozen=True, slots=True)
class NextSession:
    """When the client comes next, and the price of it."""

    session_id: int
    on: dt.date
    price: Price
    telehealth: bool = False


def next_session(practice: Practice, client_id: int, payer_id: int) -> NextSession | None:
    """The client's next session with a code; at most four queries.

    Contract rates are empty where the actor may not see them; the practice's fee then stands for the most.
    """
    rows = Attendance.objects.filter(
        client=client_id,
        status=Attendance.Status.SCHEDULED,
        self_pay=False,
        session__starts_at__gte=clock.now(),
    )
    row = rows.select_related("session__service", "service", "rendering").order_by("session__starts_at").first()
    service = (row.service or row.session.service) if row else None
    if row is None or service is None or not service.code:
        return None
    on = clock.local(practice, row.session.starts_at).date()
    level = row.rendering.level if row.rendering else _level(row.session_id)
    rate = rate_for(rates_on(on, [payer_id]), payer_id, service.pk, level)
    fee = fees_on(on, [service.pk]).get(service.pk)
    units = row.units
    price = Price(
        service.code,
        cents(rate * units) if rate is not None else None,
        cents(fee * units) if fee is not None else None,
    )
    return NextSession(row.session_id, on, price, row.session.telehealth)


def _level(session_id: int) -> str:
    parts: Sequence[str] = list(
        SessionClinician.objects.filter(session=session_id)
        .order_by(F("is_lead").desc(), "pk")
        .values_list("clinician__level", flat=True)[:1]
    )
    return parts[0] if parts else ""
