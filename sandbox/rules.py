"""Which rule of a scenario decides a claim. Pure: the same claim finds the same rule in every run."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final

from edi.claims.model import Claim, Line
from sandbox.scenario import Plan, Rule, Scenario

WHOLE: Final = 2**64


def rule_for(scenario: Scenario, payer_id: str, claim: Claim) -> tuple[Rule | None, Line | None]:
    """The first rule that fits the claim, with the line it fits by; nothing when everything goes as usual."""
    for rule in scenario.rules:
        if line := _fitting(scenario.seed, rule, payer_id, claim):
            return rule, line
    return None, None


def plan_of(scenario: Scenario, payer_id: str, member: str) -> Plan | None:
    """The first plan that fits the member."""
    fitting = (plan for plan in scenario.plans if _names(plan.payer, payer_id) and _names(plan.member, member))
    return next(fitting, None)


def plan_for(scenario: Scenario, payer_id: str, member: str) -> Plan:
    """The first plan that fits the member; one without any share of her own when none does."""
    return plan_of(scenario, payer_id, member) or Plan()


def chosen(seed: str, rule: str, member: str, day: date | None, code: str, *, share: Decimal) -> bool:
    """Whether a service is among the share; by a hash of facts that stay, never of the random control number."""
    facts = "|".join((seed, rule, member, day.isoformat() if day else "", code))
    place = int.from_bytes(sha256(facts.encode()).digest()[:8], "big")
    return Decimal(place) < share * WHOLE


def _fitting(seed: str, rule: Rule, payer_id: str, claim: Claim) -> Line | None:
    """The first line by which a rule fits the claim."""
    member = claim.subscriber.member_id
    if not (_names(rule.payer, payer_id) and _names(rule.member, member)):
        return None
    if rule.charge not in {None, claim.charge}:
        return None
    line = next((line for line in claim.lines if _fits_line(rule, line)), None)
    if line is None or rule.share is None:
        return line
    return line if chosen(seed, rule.name, member, line.service_date, line.code, share=rule.share) else None


def _fits_line(rule: Rule, line: Line) -> bool:
    """Whether code and date of service meet the conditions."""
    day = line.service_date
    since = rule.since is None or (day is not None and day >= rule.since)
    until = rule.until is None or (day is not None and day <= rule.until)
    return rule.code in {"", line.code} and since and until


def _names(pattern: str, value: str) -> bool:
    """Whether a pattern (empty: everything; `ABC*`: a beginning) names the value."""
    if pattern.endswith("*"):
        return value.startswith(pattern[:-1])
    return pattern in {"", value}
