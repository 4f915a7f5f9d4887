"""Timely filing: how long the payer takes a claim."""

from __future__ import annotations

from typing import Any, Final

from scheduling.readiness.check import ClaimCheck
from scheduling.readiness.facts import Facts
from scheduling.readiness.findings import Action, Finding, Severity
from scheduling.readiness.pages import to_payer
from scheduling.readiness.words import short_day

WARN_DAYS: Final = 21


class DeadlinePassed(ClaimCheck):
    """After the last day the payer denies, unless the claim gives a reason it takes (CLM20)."""

    code = "deadline_passed"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        plan, last = facts.coverage, facts.deadline
        if plan is None or last is None or facts.today <= last or facts.late_reason:
            return []
        title = f"The filing deadline was {short_day(last, facts.today)}."
        why = f"{plan.payer.name} takes claims for {facts.rules.filing_days} days after the session."
        actions = [Action("Say why it is late", field="late_reason"), to_payer("See the payer’s deadline", plan.payer)]
        return [self.finding(title, why, actions=actions)]


class DeadlineNear(ClaimCheck):
    """Three weeks before the last day it is time to hurry."""

    code = "deadline_near"
    severity = Severity.WARN

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        plan, last = facts.coverage, facts.deadline
        if plan is None or last is None or not 0 <= (last - facts.today).days <= WARN_DAYS:
            return []
        title = f"The filing deadline is {short_day(last, facts.today)}, {_left((last - facts.today).days)}."
        why = f"{plan.payer.name} takes claims for {facts.rules.filing_days} days after the session."
        return [self.finding(title, why, actions=[to_payer("See the payer’s deadline", plan.payer)])]


def _left(days: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
