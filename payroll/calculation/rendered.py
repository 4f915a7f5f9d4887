"""Pay once it is confirmed: a fixed amount for each session or absence, given back when it is undone."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from payroll.calculation import words
from payroll.calculation.facts import Earlier, Line, Rule, RuleSet, Service, Terms
from payroll.calculation.pools import Pools
from payroll.calculation.postings import KINDS, NAMES, capped, fixed
from payroll.calculation.words import money, short
from practice.money import ZERO


def line_of(service: Service, terms: Terms, rules: RuleSet, rule: Rule, pools: Pools, *, unsigned: bool) -> Line:
    """The line of one confirmed session or absence, counted into the pools."""
    amount = capped(rule, service.units, service.session_id, pools)
    what = NAMES.get(service.kind, service.code or "The session")
    said = f"{what[0].upper()}{what[1:]} on {short(service.on)} pays {money(fixed(rule, service.units))}."
    if amount < fixed(rule, service.units):
        said = f"{said} A group session pays {money(rule.group_cap or ZERO)} at most."
    held = unsigned and rules.holds_unsigned and service.asks_for_note
    if held:
        said = f"{said} Held until the note is signed."
    line = _line(service, terms, "service", amount, said)
    line.rule_id, line.rule_set_id, line.is_held = rule.id, rules.id, held
    line.steps = [
        {
            "label": f"Fixed amount for {what}",
            "note": f"Agreement of {words.dated(rules.starts_on)}, version {rules.version}",
            "amount": str(rule.amount),
        },
        {"label": "Your pay", "amount": str(amount)},
    ]
    pools.take(line)
    return line


def undone(service: Service, terms: Terms, paid: Iterable[Earlier]) -> Line | None:
    """The exact opposite of what was paid for a charge that was taken back since; None when that nets to zero."""
    lines = list(paid)
    net = sum((line.amount for line in lines), ZERO)
    if not net:
        return None
    said = f"The session of {short(service.on)} was taken back after it was paid, so {money(net)} goes back."
    line = _line(service, terms, "undone", -net, said)
    line.is_adjustment, line.is_takeback = True, True
    line.rule_id, line.cause_line_id = lines[-1].rule_id, lines[-1].id
    line.steps = [{"label": f"Paid in the run of {lines[-1].run}", "amount": str(net)}]
    return line


def _line(service: Service, terms: Terms, event_kind: str, amount: Decimal, said: str) -> Line:
    return Line(
        clinician_id=service.clinician_id,
        engagement_id=terms.id,
        tax_class=terms.tax_class,
        kind=KINDS[service.kind],
        event_kind=event_kind,
        event_key=f"{event_kind}:{service.id}",
        amount=amount,
        happened_on=service.on,
        words=said,
        code=service.code,
        service_on=service.on,
        quantity=Decimal(service.units),
        charge_id=service.id,
        attendance_id=service.attendance_id,
        session_id=service.session_id,
    )
