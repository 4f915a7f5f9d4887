"""How everybody of the demo is paid: their pay rules, the schedule, and under which numbers providers know them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from desk.demo.names import Colleague
from desk.demo.script import Script
from payroll import services as payroll
from payroll.calculation.calendars import Plan
from payroll.exports import set_up_provider
from practice.actors import Actor

Rule = dict[str, Any]
MIDDLE: Final = 15
HOURLY: Final = Decimal("31.50")
RAISED: Final = "Tomas Varga"
ABSENCES: Final = ["late_cancel", "no_show"]
GUSTO, CONTRACTORS, ADP_RUN = "gusto", "gusto_contractors", "adp_run"
SCHEDULE: Final[dict[str, Any]] = {"name": "Twice a month", "frequency": "semi_monthly", "payees": "everyone"}


def share(rate: str, name: str = "All sessions", **facts: Any) -> Rule:
    """A share of what is collected."""
    return {"method": "percent", "rate": Decimal(rate), "name": name} | facts


def amount(dollars: str, name: str, method: str = "flat", **facts: Any) -> Rule:
    """A fixed amount, an hourly rate, a salary, a bonus for each."""
    return {"method": method, "amount": Decimal(dollars), "name": name} | facts


def once_confirmed(dollars: str, name: str, *codes: str, **facts: Any) -> Rule:
    """A fixed amount that waits for no money; for some codes it goes before the one for all."""
    return amount(dollars, name, recognized="rendered", codes=list(codes), priority=len(codes[:1])) | facts


HALF_OF_ABSENCES: Final = share("0.50", "Late cancels and no-shows", applies_to=ABSENCES)
RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "Alice Moreau": (amount("96000.00", "Salary", "salary"),),
    "Charlie Nguyen": (
        share("0.62"),
        amount("20.00", "Late cancels and no-shows", applies_to=ABSENCES),
        amount("24.00", "Meetings and training", "hourly"),
    ),
    "Dana Whitfield": (share("0.70"), HALF_OF_ABSENCES),
    "Grace Lindqvist": (
        share("0.64"),
        amount("18.00", "Group, each person", codes=["90853"], priority=1, group_cap=Decimal("90.00")),
        HALF_OF_ABSENCES,
        amount("60.00", "Supervision", "hourly", hours_kinds=["supervision"]),
    ),
    "Marcus Bellamy": (
        share("0.68"),
        share("0.72", "Couples and families", codes=["90847"], priority=1),
        HALF_OF_ABSENCES,
    ),
    "Priya Raman": (
        amount("118000.00", "Salary", "salary"),
        amount("25.00", "Visits above 12", "bonus", threshold=12, window="period"),
    ),
    "Jonah Whitaker": (amount(str(HOURLY), "By the hour", "hourly"),),
    "Simone Achterberg": (
        once_confirmed("56.00", "Each session"),
        once_confirmed("70.00", "Intake", "90791"),
        once_confirmed("62.00", "Therapy 60", "90837"),
        once_confirmed("20.00", "Late cancels and no-shows", applies_to=ABSENCES),
        amount("22.00", "Meetings and training", "hourly"),
    ),
    "Tomas Varga": (share("0.68"), HALF_OF_ABSENCES),
    "Leah Hollis": (
        share("0.60"),
        HALF_OF_ABSENCES,
        amount("12.00", "Sessions above 40 a month", "bonus", threshold=40, window="month"),
    ),
    "Noor Haddad": (
        amount("84.00", "Each session"),
        amount("25.00", "Late cancels and no-shows", applies_to=ABSENCES),
    ),
    "Lena Brandt": (
        once_confirmed("68.00", "Each session"),
        once_confirmed("105.00", "Intake", "90791"),
        once_confirmed("88.00", "Therapy 60", "90837"),
        once_confirmed("25.00", "Late cancels and no-shows", applies_to=ABSENCES),
    ),
    "Mei Thornton": (share("0.70"), HALF_OF_ABSENCES),
}
# Codes at ADP RUN beside those that it has by itself.
CODES: Final = {"salary": "SAL", "other": "OTH", "correction": "ADJ"}


def starts_on(monday: dt.date) -> dt.date:
    """The first day of the pay period that holds the first Monday."""
    return monday.replace(day=1 if monday.day <= MIDDLE else MIDDLE + 1)


def plan(monday: dt.date) -> Plan:
    """The schedule, as pay dates are counted from it."""
    return Plan(frequency=SCHEDULE["frequency"], starts_on=starts_on(monday))


def make(actor: Actor, script: Script, rows: list[Any], monday: dt.date) -> None:
    """Schedule, rules and providers. Who joins last stands at no provider yet."""
    payroll.add_schedule(actor=actor, starts_on=starts_on(monday), **SCHEDULE)
    for target in (GUSTO, ADP_RUN):
        codes = CODES if target == ADP_RUN else {}
        set_up_provider(actor=actor, target=target, company="R1ABC" if codes else "", salaries="provider", codes=codes)
    for place, (one, row) in enumerate(zip(script.team, rows, strict=True)):
        if one.name not in RULES:
            continue
        terms = row.engagements.get()
        payroll.add_rule_set(actor=actor, engagement_id=terms.pk, starts_on=terms.starts_on, rules=RULES[one.name])
        if place != script.newcomer:
            _map(actor, one, row)


def _map(actor: Actor, one: Colleague, row: Any) -> None:
    """By Gusto an employee is known by six letters and digits, by ADP RUN by a number; a contractor by the name."""
    if one.engagement == "contractor":
        payroll.map_payee(actor=actor, clinician_id=row.pk, target=CONTRACTORS)
        return
    payroll.map_payee(actor=actor, clinician_id=row.pk, target=GUSTO, external_id=f"{one.last_name[0]}{one.npi[-5:]}")
    payroll.map_payee(actor=actor, clinician_id=row.pk, target=ADP_RUN, external_id=str(int(one.npi[-4:]) + 1000))


def raise_share(actor: Actor, one: Colleague, row: Any, on: dt.date) -> None:
    """Somebody's share rises: a second version of their rules, from a day on."""
    rules = [share("0.72", "All sessions, since the raise"), *RULES[one.name][1:]]
    terms = row.engagements.get()
    payroll.add_rule_set(actor=actor, engagement_id=terms.pk, starts_on=on, rules=rules, end_former=True)
