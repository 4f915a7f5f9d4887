"""Who pays: a plan that ran on the date, with all that a claim says about the insured person."""

from __future__ import annotations

from typing import Any

from practice import member_ids
from scheduling.readiness.check import Check, ClaimCheck
from scheduling.readiness.facts import ClientFacts, CoverageFacts, Facts
from scheduling.readiness.findings import Action, Finding
from scheduling.readiness.pages import COVERAGE, bill_the_client, to_client
from scheduling.readiness.words import listed, short_day


class PayerMissing(Check):
    """Either an insurer or the client pays; nobody is billed by accident."""

    code = "payer_missing"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        not_insured = facts.service is not None and not facts.service.insured
        if facts.self_pay or facts.coverage is not None or not_insured:
            return []
        plan = facts.client.plan_on(facts.date)
        use = [Action(f"Bill {plan.payer.name}", field="coverage", value=str(plan.id))] if plan else []
        why = f"{plan.payer.name} covered that day." if plan else "No plan of the client covered that day."
        return [self.finding("Say who pays.", why, field="coverage", actions=[*use, bill_the_client()])]


class CoverageInactive(ClaimCheck):
    """The plan ran on the date of service."""

    code = "coverage_inactive"
    of_bookings = True

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        plan = facts.coverage
        if plan is None or plan.is_active_on(facts.date):
            return []
        other = facts.client.plan_on(facts.date)
        use = [Action(f"Bill {other.payer.name}", field="coverage", value=str(other.id))] if other else []
        title, why = _inactive(plan, facts)
        actions = [*use, to_client("Correct the coverage", facts.client, COVERAGE), bill_the_client()]
        return [self.finding(title, why, actions=actions[:2])]


class MemberIdMissing(ClaimCheck):
    """Claims name the insured person by the member ID (NM109 of 2010BA)."""

    code = "member_id_missing"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        plan = facts.coverage
        if plan is None or plan.member_id:
            return []
        title = f"The member ID with {plan.payer.name} is missing."
        add = to_client("Add the member ID", facts.client, COVERAGE)
        return [self.finding(title, "It is on the insurance card.", field="coverage", actions=[add])]


class MemberIdForm(ClaimCheck):
    """The number can be one at all, and looks like those of its payer; a slip of the pen is found before it leaves."""

    code = "member_id_form"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        plan = facts.coverage
        if plan is None or not plan.member_id:
            return []
        correct = [to_client("Correct the member ID", facts.client, COVERAGE)]
        if not member_ids.is_possible(plan.member_id):
            title = f"{plan.member_id} cannot be a member ID."
            why = "It has letters and digits alone, and at least two."
        elif not member_ids.fits(plan.member_id, facts.rules.member_id_form):
            title = f"{plan.member_id} is no member ID of {plan.payer.name}."
            why = f"They look like {listed(member_ids.examples(facts.rules.member_id_form), 'or')}."
        else:
            return []
        return [self.finding(title, why, field="coverage", actions=correct)]


class SubscriberIncomplete(ClaimCheck):
    """Where somebody else is insured, the claim describes that person (2010BA)."""

    code = "subscriber_incomplete"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        plan = facts.coverage
        missing = _subscriber_gaps(plan) if plan else []
        if plan is None or not missing:
            return []
        title = f"The subscriber’s {listed(missing)} {_is(missing)} missing."
        why = f"{facts.client.first_name} is insured through somebody else, whom {plan.payer.name} wants described."
        return [
            self.finding(
                title, why, field="coverage", actions=[to_client("Complete the coverage", facts.client, COVERAGE)]
            )
        ]


class ReferringMissing(ClaimCheck):
    """Some payers want to know who referred the client (2310A)."""

    code = "referring_missing"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        plan = facts.coverage
        if plan is None or plan.referring_npi or not facts.rules.wants_referring:
            return []
        title = f"{plan.payer.name} wants the referring provider on the claim."
        add = to_client("Add who referred", facts.client, COVERAGE)
        return [self.finding(title, "The coverage names nobody.", field="coverage", actions=[add])]


class ClientIncomplete(ClaimCheck):
    """A claim gives the client’s date of birth, sex and address (2010BA or 2010CA)."""

    code = "client_incomplete"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        missing = _client_gaps(facts.client)
        if not missing:
            return []
        title = f"{facts.client.name}’s {listed(missing)} {_is(missing)} missing."
        why = "Claims need it." if len(missing) == 1 else "Claims need them."
        return [self.finding(title, why, field="client", actions=[to_client("Complete the record", facts.client)])]


def _inactive(plan: CoverageFacts, facts: Facts) -> tuple[str, str]:
    seen = f"The session was on {short_day(facts.date, facts.today)}."
    if facts.is_proposed:
        seen = f"The session is on {short_day(facts.date, facts.today)}."
    if plan.ends_on is not None and plan.ends_on < facts.date:
        return f"The plan with {plan.payer.name} ended on {short_day(plan.ends_on, facts.today)}.", seen
    return f"The plan with {plan.payer.name} began on {short_day(plan.starts_on, facts.today)}.", seen


def _subscriber_gaps(plan: CoverageFacts) -> list[str]:
    if plan.is_own:
        return []
    have = {
        "name": plan.subscriber_first_name and plan.subscriber_last_name,
        "date of birth": plan.subscriber_date_of_birth,
        "address": plan.subscriber_has_address,
    }
    return [name for name, there in have.items() if not there]


def _client_gaps(client: ClientFacts) -> list[str]:
    have = {"date of birth": client.date_of_birth, "sex on the insurance": client.sex, "address": client.has_address}
    return [name for name, there in have.items() if not there]


def _is(missing: list[str]) -> str:
    return "is" if len(missing) == 1 else "are"
