"""Whether pay rules make sense, before anything is saved: refusals with the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from clinicians.models import Engagement
from payroll.calculation.facts import Rule
from payroll.calculation.matching import contradiction
from payroll.errors import PayrollRefusedError
from payroll.loading.payees import rule_facts, tax_class
from payroll.models import PayRule, RuleSet
from payroll.words import since
from practice.models import Location, PracticePayer
from practice.money import ZERO, cents
from practice.overlaps import sharing_a_day

_METHOD: Final = PayRule.Method
_ONE: Final = Decimal(1)
_SALARY_DIVISORS: Final = frozenset({None, 12, 24, 26, 27, 52, 53})
_FOR_SESSIONS: Final = (
    "applies_to", "codes", "modifiers", "payer_ids", "payer_kind", "location_ids", "service_kinds", "delivery",
    "client_ids", "group_cap",
)  # fmt: skip


def refuse_terms(engagement: Engagement, starts_on: dt.date, ends_on: dt.date | None) -> None:
    """PayrollRefusedError where the engagement is an owner's, shares days with another, or does not cover the days."""
    name = engagement.clinician.name
    if not tax_class(engagement.kind):
        kind = engagement.get_kind_display().lower()
        raise PayrollRefusedError(f"{name} is a {kind}: owners and partners are paid by draw, not in a pay run.")
    others = Engagement.objects.filter(clinician_id=engagement.clinician_id).exclude(pk=engagement.pk)
    if sharing_a_day(others, engagement.starts_on, engagement.ends_on).exists():
        raise PayrollRefusedError(f"{name} has two terms of work on the same days. End one of them first.")
    PayrollRefusedError.if_reversed(starts_on, ends_on, "The last day is before the first.", "ends_on")
    late = engagement.ends_on is not None and (
        starts_on > engagement.ends_on or (ends_on or starts_on) > engagement.ends_on
    )
    if starts_on < engagement.starts_on or late:
        span = since(engagement.starts_on, engagement.ends_on)
        raise PayrollRefusedError(f"{name} works on these terms {span}. Choose days inside.", "starts_on")


def refuse_policy(engagement: Engagement, unsigned: str, *, may_reduce: bool) -> None:
    """PayrollRefusedError for what must not be done to an employee's wages, or means nothing for a contractor."""
    is_employee = tax_class(engagement.kind) == "w2"
    if is_employee and unsigned == RuleSet.Unsigned.HOLD:
        raise PayrollRefusedError(
            "An employee’s earned pay is not held for a note; it can only be flagged.", "unsigned"
        )
    if may_reduce and not is_employee:
        raise PayrollRefusedError("A plan for lower incentive pay is for employees.", "may_reduce")


def policy_of(engagement: Engagement) -> tuple[str, str]:
    """What holds unless somebody chose: employees bear no takebacks and are not held (`payroll.md` S9, 2.3)."""
    if tax_class(engagement.kind) == "w2":
        return RuleSet.Takebacks.ABSORBED, RuleSet.Unsigned.FLAG
    return RuleSet.Takebacks.SHARED, RuleSet.Unsigned.HOLD


def checked_rules(rules: Sequence[Mapping[str, Any]]) -> list[tuple[PayRule, frozenset[int]]]:
    """Rules as rows, with the clients each is for; PayrollRefusedError names what does not fit."""
    if not rules:
        raise PayrollRefusedError("Add at least one rule.", "rules")
    made = [_row(place, dict(values)) for place, values in enumerate(rules, 1)]
    _refuse_strangers([row for row, _ in made])
    facts = [_numbered(place, row, clients) for place, (row, clients) in enumerate(made, 1)]
    pair = contradiction(facts)
    if pair is not None:
        raise PayrollRefusedError(
            f"“{_said(pair[0])}” and “{_said(pair[1])}” would both pay the same and have priority {pair[0].priority}. "
            "Give one of them a higher priority.",
            "rules",
        )
    return made


def _row(place: int, values: dict[str, Any]) -> tuple[PayRule, frozenset[int]]:
    clients = frozenset(values.pop("client_ids", ()))
    row = PayRule(**values, for_clients=bool(clients))
    _refuse_amounts(row)
    _refuse_filters(row, clients)
    _refuse_extras(row)
    row.name = row.name.strip() or f"Rule {place}"
    return row, clients


def _refuse_amounts(row: PayRule) -> None:
    if row.method not in _METHOD.values:
        raise PayrollRefusedError("Choose how this is paid.", "method")
    if row.method == _METHOD.PERCENT:
        if row.rate is None or not ZERO < row.rate <= _ONE:
            raise PayrollRefusedError("A share lies above 0% and up to 100%.", "rate")
        if row.amount is not None:
            raise PayrollRefusedError("A share has no fixed amount.", "amount")
        return
    if row.rate is not None:
        raise PayrollRefusedError("A fixed amount has no share.", "rate")
    if row.amount is None or row.amount < ZERO:
        raise PayrollRefusedError("Give an amount of $0.00 or more.", "amount")
    if row.amount != cents(row.amount):
        raise PayrollRefusedError("An amount has two places after the point.", "amount")


def _refuse_filters(row: PayRule, clients: frozenset[int]) -> None:
    for_sessions = row.method in {_METHOD.PERCENT, _METHOD.FLAT}
    filters = {name: getattr(row, name, None) for name in _FOR_SESSIONS} | {"client_ids": clients}
    if not for_sessions and any(filters.values()):
        raise PayrollRefusedError("Only a share or a fixed amount can be for certain sessions.", "codes")
    if row.hours_kinds and row.method != _METHOD.HOURLY:
        raise PayrollRefusedError("Only an hourly rate can be for certain hours.", "hours_kinds")
    if row.recognized == PayRule.Recognized.RENDERED and row.method != _METHOD.FLAT:
        raise PayrollRefusedError(
            "A share is paid once the money is here; only a fixed amount can come before.", "recognized"
        )
    if row.payer_ids and row.payer_kind == PayRule.PayerKind.SELF_PAY:
        raise PayrollRefusedError("A self-paying client has no payer. Choose payers or self-pay.", "payer_kind")


def _refuse_extras(row: PayRule) -> None:
    if row.group_cap is not None and row.method != _METHOD.FLAT:
        raise PayrollRefusedError("Only a fixed amount has a most for a group session.", "group_cap")
    if row.method == _METHOD.BONUS and (row.threshold is None or row.window not in PayRule.Window.values):
        raise PayrollRefusedError("Say above which number, and counted in a month or a period.", "threshold")
    if row.method != _METHOD.BONUS and (row.threshold is not None or row.window):
        raise PayrollRefusedError("Only a bonus counts sessions above a number.", "threshold")
    if row.periods_a_year not in _SALARY_DIVISORS or (row.periods_a_year and row.method != _METHOD.SALARY):
        raise PayrollRefusedError("A salary is divided by 12, 24, 26, 27, 52 or 53.", "periods_a_year")


def _refuse_strangers(rows: Sequence[PayRule]) -> None:
    """PayrollRefusedError for payers and locations that are not there."""
    payers = {number for row in rows for number in row.payer_ids}
    places = {number for row in rows for number in row.location_ids}
    if PracticePayer.objects.filter(pk__in=payers).count() != len(payers):
        raise PayrollRefusedError("One of the payers is not there any more. Choose again.", "payer_ids")
    if Location.objects.filter(pk__in=places).count() != len(places):
        raise PayrollRefusedError("One of the locations is not there any more. Choose again.", "location_ids")


def _numbered(place: int, row: PayRule, clients: frozenset[int]) -> Rule:
    row.pk = place
    facts = rule_facts(row, clients)
    row.pk = None
    return facts


def _said(rule: Rule) -> str:
    return rule.name
