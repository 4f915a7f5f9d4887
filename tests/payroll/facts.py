"""Facts of pay as short calls: Ana Reyes on terms that pay, her sessions and the money on them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from payroll.calculation import matching
from payroll.calculation.computing import Outcome, compute
from payroll.calculation.facts import (
    CLIENT,
    CONTRACTOR,
    INSURER,
    W2,
    Earlier,
    Line,
    Posting,
    Rule,
    RuleSet,
    Service,
    Terms,
)
from payroll.calculation.inputs import Inputs, Payee
from practice.money import ZERO

ANA = 7
FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 15)
SINCE = dt.date(2026, 1, 1)
NEXT: dict[str, Any] = {"starts_on": dt.date(2026, 11, 16), "ends_on": dt.date(2026, 11, 30), "key": "2"}


def percent(rate: str, number: int = 1, **facts: Any) -> Rule:
    return Rule(id=number, rule_set_id=1, method="percent", rate=Decimal(rate), **facts)


def flat(amount: str, number: int = 1, **facts: Any) -> Rule:
    if "group_cap" in facts:
        facts["group_cap"] = Decimal(facts["group_cap"])
    return Rule(id=number, rule_set_id=1, method="flat", amount=Decimal(amount), **facts)


def other(method: str, amount: str, number: int = 1, **facts: Any) -> Rule:
    return Rule(id=number, rule_set_id=1, method=method, amount=Decimal(amount), **facts)


def version(*rules: Rule, **facts: Any) -> RuleSet:
    made: dict[str, Any] = {"id": 1, "version": 1, "starts_on": SINCE} | facts
    return RuleSet(**made, rules=matching.ordered(rules))


def payee(*versions: RuleSet, tax_class: str = CONTRACTOR, **facts: Any) -> Payee:
    terms = Terms(id=1, clinician_id=ANA, tax_class=tax_class, starts_on=SINCE, rule_sets=versions, **facts)
    return Payee(clinician_id=ANA, name="Ana Reyes", terms=(terms,))


@dataclass
class Bench:
    """Makes sessions and postings with numbers of their own."""

    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(100))

    def number(self) -> int:
        return next(self.numbers)

    def service(self, code: str = "90837", day: int = 3, **facts: Any) -> Service:
        number = self.number()
        made: dict[str, Any] = {
            "attendance_id": number,
            "session_id": number,
            "payer_id": 1,
            "on": dt.date(2026, 11, day),
        }
        return Service(id=number, clinician_id=ANA, code=code, **(made | facts))

    def paid(self, amount: str, service: Service | None = None, **facts: Any) -> Posting:
        made: dict[str, Any] = {"on": dt.date(2026, 11, 12), "payer": "Keystone Mutual"} | facts
        return Posting(id=self.number(), service=service or self.service(), amount=Decimal(amount), **made)

    def copay(self, amount: str, service: Service | None = None, **facts: Any) -> Posting:
        return self.paid(amount, service, source=CLIENT, **facts)

    def taken(self, posting: Posting, **facts: Any) -> Posting:
        """The exact reversal of a posting."""
        made: dict[str, Any] = {"reverses_id": posting.id, "amount": -posting.amount, "id": self.number()}
        return replace(posting, **(made | facts))


def run(who: Payee, **facts: Any) -> Outcome:
    """A regular run of Nov 1–15, unless told otherwise."""
    made: dict[str, Any] = {"key": "1", "starts_on": FIRST, "ends_on": LAST, "number": 21, "payees": {ANA: who}}
    return compute(Inputs(**(made | facts)))


def earlier(lines: Sequence[Line], first: int = 1000, label: str = "Nov 1–15") -> list[Earlier]:
    """Lines as a later run reads them."""
    return [
        Earlier(
            id=first + place,
            event_kind=line.event_kind,
            clinician_id=line.clinician_id,
            engagement_id=line.engagement_id,
            amount=line.amount,
            rule_id=line.rule_id,
            charge_id=line.charge_id,
            session_id=line.session_id,
            attendance_id=line.attendance_id,
            ledger_line_id=line.ledger_line_id,
            service_on=line.service_on,
            source=line.source,
            basis=line.basis or ZERO,
            counted=line.counted or ZERO,
            rate=line.rate,
            run=label,
        )
        for place, line in enumerate(lines)
        if not line.is_held
    ]


def amounts(outcome: Outcome) -> list[str]:
    return [str(line.amount) for line in outcome.lines]


def codes(outcome: Outcome) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in outcome.findings]


__all__ = ["ANA", "CLIENT", "CONTRACTOR", "FIRST", "INSURER", "LAST", "NEXT", "SINCE", "W2", "Bench", "amounts"]
