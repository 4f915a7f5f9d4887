"""What it costs, where a client pays."""

from __future__ import annotations

from typing import Any

from scheduling.readiness.check import Check
from scheduling.readiness.facts import Facts
from scheduling.readiness.findings import Action, Finding
from scheduling.readiness.pages import POLICIES, SERVICES, to_setup
from scheduling.readiness.words import short_day


class FeeMissing(Check):
    """Where the client pays and nobody entered an amount, the service has a fee or the client a rate."""

    code = "fee_missing"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        service = facts.service
        if service is None or facts.is_claim or facts.has_price or facts.is_confirmed:
            return []
        if not facts.self_pay and service.insured:
            return []
        title = f"No fee is set for {service.code} on {short_day(facts.date, facts.today)}."
        actions = [Action("Enter the fee", field="fee"), to_setup("Set the practice’s fee", SERVICES)]
        return [self.finding(title, "The client pays, and has no rate of their own.", field="fee", actions=actions)]


class PolicyFeeMissing(Check):
    """A late cancel or no-show costs what the practice’s policy says; nothing else matters about it."""

    code = "policy_fee_missing"

    def applies(self, facts: Facts) -> bool:
        return facts.is_absence

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        if facts.practice.is_set_up:
            return []
        why = "The fee for late cancels and no-shows comes from it."
        return [self.finding("The practice has no policy yet.", why, actions=[to_setup("Set the policy", POLICIES)])]
