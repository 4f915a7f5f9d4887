"""What the files for payroll providers say of each person, read from their bytes and not from our tables."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from desk.rehearsal import pay_plan, plan
from practice.money import ZERO, cents, total

GUSTO: Final = "gusto"
CONTRACTORS: Final = "gusto_contractors"
ADP_RUN: Final = "adp_run"
TARGETS: Final = (GUSTO, CONTRACTORS, ADP_RUN)
_GUSTO: Final = ("bonus", "commission", "correction_payment", "reimbursement")
_CONTRACTORS: Final = ("wage", "bonus", "reimbursement")
_OVERTIME: Final = "OVT"
Row = Mapping[str, str]


def dollars(target: str, content: bytes) -> dict[str, tuple[int, Decimal]]:
    """By name, how many rows of the file are somebody's and what the provider pays for them."""
    found: dict[str, list[Decimal]] = defaultdict(list)
    for name, amount in _READERS[target](content):
        found[name].append(amount)
    return {name: (len(amounts), total(amounts)) for name, amounts in found.items()}


def _gusto(content: bytes) -> Iterator[tuple[str, Decimal]]:
    """Gusto multiplies hours by the rate, and overtime hours by one and a half times the rate."""
    for row in csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")):
        worked = _regular(_number(row["regular_hours"])) + _overtime(_number(row["overtime_hours"]))
        yield f"{row['first_name']} {row['last_name']}", _sum(row, _GUSTO) + worked


def _contractors(content: bytes) -> Iterator[tuple[str, Decimal]]:
    for row in csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")):
        yield f"{row['first_name']} {row['last_name']}", _sum(row, _CONTRACTORS)


def _adp_run(content: bytes) -> Iterator[tuple[str, Decimal]]:
    """A row for each earnings code, under the line that names the layout."""
    _, _, below = content.decode("utf-8").partition("\r\n")
    for row in csv.DictReader(io.StringIO(below, newline="")):
        hours = _number(row["Pay Hours"])
        worked = _overtime(hours) if row["Earnings Code"] == _OVERTIME else _regular(hours)
        yield _by_number(row["Employee ID"]), _number(row["Dollars"]) + worked


_READERS: Final = {GUSTO: _gusto, CONTRACTORS: _contractors, ADP_RUN: _adp_run}


def _by_number(number: str) -> str:
    place = next(place for place, one in enumerate(pay_plan.NUMBERS) if one.adp_run == number)
    return f"{plan.CLINICIANS[place].first_name} {plan.CLINICIANS[place].last_name}"


def _regular(hours: Decimal) -> Decimal:
    return cents(hours * pay_plan.HOURLY)


def _overtime(hours: Decimal) -> Decimal:
    return cents(hours * pay_plan.HOURLY * pay_plan.ONE_AND_A_HALF)


def _sum(row: Row, columns: tuple[str, ...]) -> Decimal:
    return total(_number(row[name]) for name in columns)


def _number(cell: str) -> Decimal:
    return Decimal(cell) if cell else ZERO
