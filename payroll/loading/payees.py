"""Who may be paid: terms of work with their versions of rules."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from clinicians.models import Clinician, Engagement
from payroll.calculation import matching
from payroll.calculation.facts import CONTRACTOR, W2, Rule, RuleSet, Terms
from payroll.calculation.inputs import Payee
from payroll.models import PayRule, PayRun, PaySchedule, RuleClient
from payroll.models import RuleSet as RuleSetRow

TAX_CLASSES: Final = {
    Engagement.Kind.W2_EXEMPT: W2,
    Engagement.Kind.W2_NONEXEMPT: W2,
    Engagement.Kind.CONTRACTOR: CONTRACTOR,
}
_PAID: Final = {
    PaySchedule.Payees.EVERYONE: frozenset({W2, CONTRACTOR}),
    PaySchedule.Payees.EMPLOYEES: frozenset({W2}),
    PaySchedule.Payees.CONTRACTORS: frozenset({CONTRACTOR}),
}


def tax_classes(schedule: PaySchedule) -> frozenset[str]:
    """The tax classes a schedule pays."""
    return _PAID[PaySchedule.Payees(schedule.payees)]


def tax_class(kind: str) -> str:
    """`w2`, `1099`, or nothing for owners and partners, who are paid by draw (Rev. Rul. 69-184)."""
    return TAX_CLASSES.get(Engagement.Kind(kind), "")


def payees(run: PayRun) -> dict[int, Payee]:
    """Everybody whom the run may pay, and people without any terms of work, whose sessions must not be forgotten."""
    paid, terms = tax_classes(run.schedule), _terms()
    rows = Clinician.objects.order_by("pk")
    if run.clinician_ids:
        rows = rows.filter(pk__in=run.clinician_ids)
    return {
        row.pk: Payee(clinician_id=row.pk, name=row.name, terms=terms[row.pk])
        for row in rows.only("first_name", "last_name")
        if not terms[row.pk] or any(one.tax_class in paid for one in terms[row.pk])
    }


def rule_facts(row: PayRule, client_ids: frozenset[int] = frozenset()) -> Rule:
    """A rule as the calculation sees it."""
    return Rule(
        id=row.pk or 0,
        rule_set_id=row.rule_set_id or 0,
        method=row.method,
        name=row.name,
        priority=row.priority,
        recognized=row.recognized,
        rate=row.rate,
        amount=row.amount,
        applies_to=frozenset(row.applies_to),
        codes=frozenset(row.codes),
        modifiers=frozenset(row.modifiers),
        payer_ids=frozenset(row.payer_ids),
        payer_kind=row.payer_kind,
        location_ids=frozenset(row.location_ids),
        service_kinds=frozenset(row.service_kinds),
        delivery=row.delivery,
        for_clients=row.for_clients,
        client_ids=client_ids,
        hours_kinds=frozenset(row.hours_kinds),
        group_cap=row.group_cap,
        threshold=row.threshold,
        window=row.window,
        periods_a_year=row.periods_a_year,
    )


def _terms() -> dict[int, tuple[Terms, ...]]:
    versions = _versions()
    found: dict[int, tuple[Terms, ...]] = defaultdict(tuple)
    for row in Engagement.objects.order_by("starts_on").only("clinician_id", "kind", "starts_on", "ends_on"):
        found[row.clinician_id] += (
            Terms(
                id=row.pk,
                clinician_id=row.clinician_id,
                tax_class=tax_class(row.kind),
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                is_nonexempt=row.kind == Engagement.Kind.W2_NONEXEMPT,
                rule_sets=versions[row.pk],
            ),
        )
    return found


def _versions() -> dict[int, tuple[RuleSet, ...]]:
    clients: dict[int, set[int]] = defaultdict(set)
    for rule_id, client_id in RuleClient.objects.values_list("rule_id", "client_id"):
        clients[rule_id].add(client_id)
    rules: dict[int, list[Rule]] = defaultdict(list)
    for row in PayRule.objects.order_by("pk"):
        rules[row.rule_set_id].append(rule_facts(row, frozenset(clients[row.pk])))
    found: dict[int, tuple[RuleSet, ...]] = defaultdict(tuple)
    for version in RuleSetRow.objects.order_by("starts_on"):
        found[version.engagement_id] += (
            RuleSet(
                id=version.pk,
                version=version.version,
                starts_on=version.starts_on,
                ends_on=version.ends_on,
                shares_takebacks=version.takebacks == RuleSetRow.Takebacks.SHARED,
                holds_unsigned=version.unsigned == RuleSetRow.Unsigned.HOLD,
                may_reduce=version.may_reduce,
                rules=matching.ordered(rules[version.pk]),
            ),
        )
    return found
