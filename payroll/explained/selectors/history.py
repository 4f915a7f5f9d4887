"""What every run pays one person: for turning to another period, and for the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db.models import Sum

from payroll.explained import words
from payroll.explained.policies import Reach
from payroll.explained.shapes import Bar, Paid, Year
from practice.money import ZERO, total

_MOST_BARS: Final = 12
_STEP, _TALLEST, _FLOOR = 26, 58, 66
_RUN: Final = ("run_id", "run__kind", "run__starts_on", "run__ends_on", "run__pay_on", "run__status")


def history(reach: Reach) -> list[Paid]:
    """The person's runs, the earliest pay date first; one query."""
    rows = reach.totals().values(*_RUN).annotate(amount=Sum("amount", default=ZERO), held=Sum("held", default=ZERO))
    return [
        Paid(
            run_id=row["run_id"],
            name=words.period(row["run__kind"], row["run__starts_on"], row["run__ends_on"], row["run__pay_on"]),
            pay_on=row["run__pay_on"],
            status=row["run__status"],
            amount=row["amount"],
            held=row["held"],
            is_off_cycle=row["run__kind"] == "off_cycle",
        )
        for row in rows.order_by("run__pay_on", "run_id")
    ]


def year(found: Sequence[Paid], run_id: int | None, today: dt.date) -> Year:
    """Approved pay of this year whose pay date is over, and bars of the last runs."""
    over = [one for one in found if one.is_certain and one.pay_on.year == today.year and one.pay_on <= today]
    shown = _around(found, run_id)
    highest = max((one.amount for one in shown), default=ZERO)
    bars = [
        _bar(place, int(one.amount * _TALLEST / highest) if highest > ZERO else 0, is_current=one.run_id == run_id)
        for place, one in enumerate(shown)
    ]
    return Year(len({one.pay_on for one in over}), total(one.amount for one in over), bars, shown)


def _around(found: Sequence[Paid], run_id: int | None) -> list[Paid]:
    """The last runs; of an earlier one, those that led to it."""
    place = next((number for number, one in enumerate(found) if one.run_id == run_id), len(found) - 1)
    last = max(place + 1, min(len(found), _MOST_BARS))
    return list(found[max(last - _MOST_BARS, 0) : last])


def _bar(place: int, height: int, *, is_current: bool) -> Bar:
    height = max(height, 2)
    return Bar(place * _STEP, _FLOOR - height, height, is_current)
