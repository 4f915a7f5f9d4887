"""Somebody's versions of pay rules: which holds when, and what it says to the person whom it pays."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from payroll.agreements.words import Names, sentence, takebacks, unsigned
from payroll.calculation import matching
from payroll.calculation.facts import W2, Rule
from payroll.calculation.facts import RuleSet as Rules
from payroll.explained.policies import Reach
from payroll.loading.payees import rule_facts, tax_class
from payroll.models import PayRule, RuleClient, RuleSet
from payroll.words import since
from practice.models import Location, PracticePayer

_SESSION: Final = frozenset({"session"})


@dataclass(frozen=True, slots=True)
class Version:
    """One version of somebody's rules."""

    row: RuleSet
    rules: Rules

    @property
    def name(self) -> str:
        """`Version 3, from Jan 1, 2026`."""
        return f"Version {self.row.version}, {since(self.row.starts_on, self.row.ends_on)}"


def versions(reach: Reach) -> list[Version]:
    """Every version of the person's rules, the earliest first; two queries, three where some are for clients only."""
    sets = list(reach.rule_sets().select_related("engagement").order_by("starts_on"))
    rows = list(PayRule.objects.filter(rule_set__in=sets).order_by("pk")) if sets else []
    clients = _clients([row.pk for row in rows if row.for_clients])
    rules: dict[int, list[Rule]] = defaultdict(list)
    for row in rows:
        rules[row.rule_set_id].append(rule_facts(row, frozenset(clients.get(row.pk, ()))))
    return [Version(one, _facts(one, rules[one.pk])) for one in sets]


def on(found: Sequence[Version], day: dt.date) -> Version | None:
    """The version of a day; where none covers it, the last one before, or the first."""
    covering = [one for one in found if one.rules.covers(day)]
    before = [one for one in found if one.row.starts_on <= day]
    return next(iter(covering or before[-1:] or found[:1]), None)


def said(version: Version | None) -> list[str]:
    """How somebody is paid, a sentence for each rule; two queries at most."""
    if version is None:
        return []
    names, rules = _names(version.rules.rules), version.rules.rules
    sentences = [sentence(rule, names) for rule in rules]
    if not any(rule.is_for_sessions for rule in rules):
        return sentences
    employee = tax_class(version.row.engagement.kind) == W2
    return [*sentences, takebacks(version.row.takebacks, employee=employee), unsigned(version.row.unsigned)]


def share_of_everything(version: Version | None) -> Decimal | None:
    """The one share that pays every session; None where sessions are paid in more than one way."""
    if version is None:
        return None
    found = [rule for rule in version.rules.rules if rule.is_for_sessions and matching.kinds_of(rule) & _SESSION]
    return found[0].rate if len(found) == 1 and found[0].method == "percent" else None


def _facts(row: RuleSet, rules: Sequence[Rule]) -> Rules:
    return Rules(
        id=row.pk,
        version=row.version,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        shares_takebacks=row.takebacks == RuleSet.Takebacks.SHARED,
        holds_unsigned=row.unsigned == RuleSet.Unsigned.HOLD,
        may_reduce=row.may_reduce,
        rules=matching.ordered(rules),
    )


def _clients(rule_ids: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = RuleClient.objects.filter(rule__in=rule_ids).values_list("rule_id", "client_id") if rule_ids else ()
    for rule_id, client_id in rows:
        found[rule_id].add(client_id)
    return found


def _names(rules: Sequence[Rule]) -> Names:
    payers = {number for rule in rules for number in rule.payer_ids}
    places = {number for rule in rules for number in rule.location_ids}
    return Names(
        dict(PracticePayer.objects.filter(pk__in=payers).values_list("pk", "name")) if payers else {},
        dict(Location.objects.filter(pk__in=places).values_list("pk", "name")) if places else {},
    )
