"""Associates and trainees: what the payer accepts, and who answers for them (`domain.md` D6)."""

from __future__ import annotations

from typing import Any

from practice.models import PayerRules
from scheduling.readiness.check import ClaimCheck
from scheduling.readiness.facts import Facts
from scheduling.readiness.findings import Finding
from scheduling.readiness.pages import SUPERVISION, bill_the_client, to_clinician, to_payer
from scheduling.readiness.words import short_day


class SupervisedRefused(ClaimCheck):
    """Some payers take no claims from people who work under supervision."""

    code = "supervised_refused"
    of_bookings = True

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        who, plan = facts.rendering, facts.coverage
        if who is None or plan is None or not who.is_supervised:
            return []
        if facts.rules.supervised != PayerRules.Supervised.REFUSED:
            return []
        title = f"{plan.payer.name} does not pay for supervised clinicians."
        why = f"{who.first_name} works under supervision."
        actions = [bill_the_client(), to_payer("See the payer’s rule", plan.payer)]
        return [self.finding(title, why, actions=actions)]


class SupervisorMissing(ClaimCheck):
    """Where the payer takes supervised claims, somebody answered for the session that day."""

    code = "supervisor_missing"
    of_bookings = True

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        who, plan = facts.rendering, facts.coverage
        if who is None or plan is None or not who.is_supervised or facts.supervisor is not None:
            return []
        if facts.rules.supervised == PayerRules.Supervised.REFUSED:
            return []
        title = f"Nobody supervised {who.first_name} on {short_day(facts.date, facts.today)}."
        if facts.is_proposed:
            title = f"Nobody supervises {who.first_name} on {short_day(facts.date, facts.today)}."
        why = f"{plan.payer.name} wants the supervisor on the claim."
        return [self.finding(title, why, actions=[to_clinician("Add the supervision", who, SUPERVISION)])]
