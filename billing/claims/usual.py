"""How long a payer usually takes, from what it did with the claims of this practice."""

from __future__ import annotations

import datetime as dt
from statistics import median_low
from typing import Final

from billing.models import Remittance, RemittanceClaim
from practice import clock

FEWEST: Final = 5
_LATEST: Final = 200
_SINCE: Final = dt.timedelta(days=365)


def usual_days(payer_id: int) -> int | None:
    """Days from sending to the remittance in the middle of the latest 200 answers of a year; None for fewer than five.

    One query.
    """
    rows = RemittanceClaim.objects.filter(
        claim__payer=payer_id,
        claim__sent_at__isnull=False,
        remittance__status=Remittance.Status.POSTED,
        remittance__received_at__gte=clock.now() - _SINCE,
    )
    pairs = rows.order_by("-pk").values_list("claim__sent_at", "remittance__received_at")[:_LATEST]
    days = [(received - sent).days for sent, received in pairs if sent is not None and received >= sent]
    return median_low(days) if len(days) >= FEWEST else None
