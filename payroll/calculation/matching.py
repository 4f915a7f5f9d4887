"""Which rule pays what, and which rules would contradict each other (`payroll.md` S5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from payroll.calculation.facts import Rule, RuleSet, Service

SESSION_KINDS: Final = frozenset({"session", "add_on"})
ABSENCES: Final = frozenset({"late_cancel", "no_show"})


def rule_for(rules: RuleSet, service: Service) -> Rule | None:
    """The rule with the highest priority that matches the charge; None where nothing does."""
    for rule in rules.rules:
        if rule.is_for_sessions and _matches(rule, service):
            return rule
    return None


def rule_for_hours(rules: RuleSet, kind: str) -> Rule | None:
    """The rate of one kind of hours."""
    for rule in rules.rules:
        if rule.method == "hourly" and (not rule.hours_kinds or kind in rule.hours_kinds):
            return rule
    return None


def of_method(rules: RuleSet, method: str) -> list[Rule]:
    """The rules of a method, the highest priority first."""
    return [rule for rule in rules.rules if rule.method == method]


def pays_otherwise(rules: RuleSet) -> bool:
    """Whether a salary or an hourly rate pays what no rule pays by the session."""
    return any(rule.method in {"salary", "hourly"} for rule in rules.rules)


def ordered(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The highest priority first."""
    return tuple(sorted(rules, key=lambda rule: (-rule.priority, rule.id)))


def contradiction(rules: list[Rule]) -> tuple[Rule, Rule] | None:
    """Two rules of equal priority that would both pay the same thing; None where there are none such."""
    for place, one in enumerate(rules):
        for other in rules[place + 1 :]:
            if one.priority == other.priority and _meet(one, other):
                return one, other
    return None


def kinds_of(rule: Rule) -> frozenset[str]:
    """What it applies to: sessions and add-ons unless it says otherwise."""
    return rule.applies_to or SESSION_KINDS


def _matches(rule: Rule, service: Service) -> bool:
    return (
        service.kind in kinds_of(rule)
        and (not rule.codes or service.code in rule.codes)
        and (not rule.modifiers or bool(rule.modifiers & service.modifiers))
        and (not rule.payer_ids or service.payer_id in rule.payer_ids)
        and (not rule.payer_kind or rule.payer_kind == ("insured" if service.payer_id else "self_pay"))
        and (not rule.location_ids or service.location_id in rule.location_ids)
        and (not rule.service_kinds or service.service_kind in rule.service_kinds)
        and (not rule.delivery or rule.delivery == ("telehealth" if service.telehealth else "office"))
        and (not rule.for_clients or service.client_id in rule.client_ids)
    )


def _meet(one: Rule, other: Rule) -> bool:
    """Whether something could match both."""
    if one.is_for_sessions and other.is_for_sessions:
        pairs = (
            (kinds_of(one), kinds_of(other)),
            (one.codes, other.codes),
            (one.payer_ids, other.payer_ids),
            (one.location_ids, other.location_ids),
            (one.service_kinds, other.service_kinds),
            (_named(one.payer_kind), _named(other.payer_kind)),
            (_named(one.delivery), _named(other.delivery)),
            (one.client_ids, other.client_ids),
        )
        return all(not left or not right or left & right for left, right in pairs) and not _payers_apart(one, other)
    if one.method == other.method == "hourly":
        return not one.hours_kinds or not other.hours_kinds or bool(one.hours_kinds & other.hours_kinds)
    return one.method == other.method and one.method in {"salary", "bonus"}


def _payers_apart(one: Rule, other: Rule) -> bool:
    """Whether one names payers and the other is for clients who have none."""
    return any(a.payer_ids and b.payer_kind == "self_pay" for a, b in ((one, other), (other, one)))


def _named(value: str) -> frozenset[str]:
    return frozenset({value} if value else ())
