"""How the rehearsal's clinicians are paid, and what each must be paid, worked out by hand.

Insurers pay, with the copay or 20% taken off what `plan.ALLOWED` says: Keystone Mutual 79.25 for 90834, 117.80 for
90837, 101.00 for 90847 and 17.75 for 90853; Blue Harbor 78.90, 104.92 and, for 90853, 32.01.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from desk.rehearsal import plan
from desk.rehearsal.stages import Figure
from practice.money import total

STARTS_ON: Final = dt.date(2026, 11, 16)
COMPUTED_ON: Final = dt.date(2026, 12, 1)
HOURLY: Final = Decimal("31.50")
HOURS: Final = tuple((STARTS_ON + dt.timedelta(days=day), Decimal("8.30")) for day in range(5))
OVERTIME: Final = Decimal("1.50")  # above 40 in the week of November 15
PREMIUM: Final = Decimal("23.63")  # 1.50 × 31.50 ÷ 2 = 23.625
ONE_AND_A_HALF: Final = Decimal("1.5")
PARKING: Final = Decimal("36.00")

# By the clinician's place in plan.CLINICIANS.
RULES: Final[tuple[tuple[dict[str, Any], ...], ...]] = (
    ({"method": "percent", "rate": Decimal("0.62"), "name": "All sessions"},),
    ({"method": "percent", "rate": Decimal("0.70"), "name": "All sessions"},),
    (
        {"method": "flat", "amount": Decimal("55.00"), "name": "Each session, once it is paid"},
        {"method": "hourly", "amount": HOURLY, "name": "By the hour"},
    ),
)
# What clients pay at the desk, by their place in plan.CLIENTS; the oldest sessions first.
PAYMENTS: Final = {2: Decimal("200.00"), 13: Decimal("60.05")}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Under which numbers providers know somebody."""

    gusto: str = ""
    adp_run: str = ""


NUMBERS: Final = (Numbers("C0RA01", "101"), Numbers(), Numbers("EL1N03", "103"))
COMPANY: Final = "R1RHS"

# Cora, 62%:  79.25 → 49.14 (49.135) three times   147.42
#            104.92 → 65.05 (65.0504) twice         130.10
#            101.00 → 62.62 three times             187.86
#            142.10 → 88.10 (88.102), 57.90 → 35.90 (35.898): what a client paid of 200.00   124.00
# Dev, 70%:  117.80 → 82.46 twice                   164.92
#             78.90 → 55.23 three times             165.69
#             17.75 → 12.43 (12.425) three times     37.29
#             32.01 → 22.41 (22.407) twice           44.82
#             60.05 → 42.04 (42.035), by a client    42.04
#            and 36.00 for parking, by hand
# Elin:      five sessions at 55.00                 275.00
#            8.30 hours at 31.50 = 261.45, five times 1,307.25
#            and the premium of 23.63, by hand
BY_HAND: Final = {
    "Cora Finch": Figure(10, Decimal("589.38")),
    "Dev Marlow": Figure(12, Decimal("490.76")),
    "Elin Garza": Figure(11, Decimal("1605.88")),
}


def everybody() -> Figure:
    """What the run must pay, in so many lines."""
    return Figure(sum(one.count or 0 for one in BY_HAND.values()), total(one.dollars for one in BY_HAND.values()))


def employees() -> Figure:
    """The people who are in the files for employees, and their pay."""
    return _of({"w2_exempt", "w2_nonexempt"})


def contractors() -> Figure:
    """The people who are in the file for contractors, and their pay."""
    return _of({"contractor"})


def collected() -> Figure:
    """What pay is a share of: the insurers' money, and the clients' payments, in three parts."""
    parts = len(PAYMENTS) + 1
    return Figure((plan.paid().count or 0) + parts, plan.paid().dollars + total(PAYMENTS.values()))


def _of(kinds: set[str]) -> Figure:
    names = [f"{one.first_name} {one.last_name}" for one in plan.CLINICIANS if one.engagement in kinds]
    return Figure(len(names), total(BY_HAND[name].dollars for name in names))
