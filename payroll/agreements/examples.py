"""What a version pays for one thing of each sort, figured by the calculation itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from payroll.agreements.words import hours_words
from payroll.calculation import matching
from payroll.calculation.computing import Outcome, compute
from payroll.calculation.facts import CLIENT, INSURER, Hours, Posting, Rule, RuleSet, Service, Terms
from payroll.calculation.inputs import Inputs, Payee
from payroll.calculation.words import money, ordinal
from practice.money import ZERO, total

COLLECTED: Final = Decimal("131.22")
_WHO: Final = 1
_FIRST, _LAST, _DAY = dt.date(2025, 1, 1), dt.date(2025, 1, 31), dt.date(2025, 1, 15)
_THINGS: Final = {"session": "session", "add_on": "add-on", "late_cancel": "late cancel", "no_show": "no-show"}
_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Example:
    """What happens, what it pays, and where another rule pays instead, which."""

    happens: str
    pays: Decimal
    instead: str = ""


def examples(
    rules: Sequence[Rule], *, tax_class: str, is_nonexempt: bool = False, periods_a_year: int = 24
) -> list[Example]:
    """One example for each rule, in their order, all of them under the whole version."""
    desk = _Desk(rules, tax_class, is_nonexempt=is_nonexempt, periods_a_year=periods_a_year)
    return [desk.example(rule) for rule in desk.rules]


class _Desk:
    """Somebody who is paid by these rules, and a month in which one thing happens."""

    def __init__(self, rules: Sequence[Rule], tax_class: str, *, is_nonexempt: bool, periods_a_year: int) -> None:
        self.rules = [replace(rule, id=place, rule_set_id=1) for place, rule in enumerate(rules, 1)]
        self.periods = periods_a_year
        version = RuleSet(id=1, version=1, starts_on=_FIRST, rules=matching.ordered(self.rules))
        terms = Terms(
            id=1,
            clinician_id=_WHO,
            tax_class=tax_class,
            starts_on=_FIRST,
            is_nonexempt=is_nonexempt,
            rule_sets=(version,),
        )
        self.payee = Payee(clinician_id=_WHO, name="", terms=(terms,))

    def example(self, rule: Rule) -> Example:
        """What this rule is for, and what the version pays then."""
        if rule.method == "hourly":
            kind = next(iter(sorted(rule.hours_kinds)), "meeting")
            entry = Hours(id=1, clinician_id=_WHO, on=_DAY, kind=kind, hours=Decimal(1))
            said = f"An hour of {hours_words([kind])}" if rule.hours_kinds else "An hour"
            return self._of(rule, said, self._run(hours=[entry]))
        if rule.method == "salary":
            parts = rule.periods_a_year or self.periods
            return self._of(rule, f"The first of {parts} periods of a year", self._run(is_regular=True))
        if rule.method == "bonus":
            return self._bonus(rule)
        return self._session(rule)

    def _session(self, rule: Rule) -> Example:
        service = _service(rule)
        thing = f"{service.code} {_THINGS[service.kind]}" if rule.codes else _THINGS[service.kind]
        if rule.group_cap is not None and rule.amount:
            return self._group(rule, service)
        if rule.recognized == "rendered":
            return self._of(rule, f"A confirmed {thing}", self._run(services=[service]))
        source = INSURER if service.payer_id else CLIENT
        posting = Posting(id=1, service=service, amount=COLLECTED, on=_DAY, source=source)
        return self._of(rule, f"A {money(COLLECTED)} collected {thing}", self._run(postings=[posting]))

    def _group(self, rule: Rule, service: Service) -> Example:
        """As many attendees as it takes to reach the most."""
        enough = int((rule.group_cap or ZERO) / (rule.amount or Decimal(1))) + 1
        size = min(max(enough, 2), _MOST)
        people = [replace(service, id=number, attendance_id=number, session_id=1) for number in range(1, size + 1)]
        if rule.recognized == "rendered":
            return self._of(rule, f"A confirmed group of {size}", self._run(services=people))
        postings = [Posting(id=one.id, service=one, amount=COLLECTED, on=_DAY) for one in people]
        return self._of(rule, f"A group of {size} on which everybody is paid", self._run(postings=postings))

    def _bonus(self, rule: Rule) -> Example:
        above = (rule.threshold or 0) + 1
        kept = [_kept(number) for number in range(1, above + 1)]
        outcome = self._run(kept={_WHO: kept}, is_regular=True)
        window = "month" if rule.window == "month" else "period"
        outcome.lines[:] = [line for line in outcome.lines if line.kind == "bonus"]
        return self._of(rule, f"The {ordinal(above)} session kept in a {window}", outcome)

    def _of(self, rule: Rule, said: str, outcome: Outcome) -> Example:
        """The sum of what was paid, and by which rule where it is not this one."""
        by = {line.rule_id for line in outcome.lines if line.rule_id is not None}
        if rule.method == "salary":
            outcome.lines[:] = [line for line in outcome.lines if line.rule_id in {rule.id, None}]
            by = {rule.id}
        other = next((one for one in self.rules if one.id in by), None) if rule.id not in by else None
        said_other = f"Rule {other.id} has the higher priority." if other else ""
        return Example(said, total(line.amount for line in outcome.lines if not line.is_held), said_other)

    def _run(self, **events: Any) -> Outcome:
        facts: dict[str, Any] = {"is_regular": False, "periods_a_year": self.periods} | events
        return compute(Inputs(key="1", starts_on=_FIRST, ends_on=_LAST, payees={_WHO: self.payee}, **facts))


def _service(rule: Rule) -> Service:
    """A charge that the rule is for."""
    kinds = matching.kinds_of(rule)
    kind = next(one for one in _THINGS if one in kinds)
    payer = next(iter(sorted(rule.payer_ids)), 1)
    return Service(
        id=1,
        clinician_id=_WHO,
        on=_DAY,
        kind=kind,
        code=next(iter(sorted(rule.codes)), "" if kind in matching.ABSENCES else "90837"),
        attendance_id=1,
        session_id=1,
        client_id=next(iter(sorted(rule.client_ids)), 0),
        payer_id=None if rule.payer_kind == "self_pay" or kind in matching.ABSENCES else payer,
        modifiers=rule.modifiers,
        location_id=next(iter(sorted(rule.location_ids)), None),
        service_kind=next(iter(sorted(rule.service_kinds)), "individual"),
        telehealth=rule.delivery == "telehealth",
    )


def _kept(number: int) -> Service:
    return Service(id=number, clinician_id=_WHO, on=_DAY, attendance_id=number, session_id=number)


def said(example: Example) -> str:
    """`A $131.22 collected session pays $81.36.`"""
    return f"{example.happens} pays {money(example.pays)}."
