"""What the payer's own answer says against billing a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from billing.eligibility.facts import from_data
from billing.models import EligibilityCheck
from scheduling.readiness import ClaimCheck, Facts, Finding, pages
from scheduling.readiness.words import short_day


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer that counts for a coverage: whether the plan is active on `on`, since when and until when."""

    is_active: bool
    on: date
    asked_on: date
    since: date | None = None
    until: date | None = None

    def is_against(self, day: date) -> bool:
        """Whether it says that the plan was not active that day; of days before the one asked about it says nothing."""
        if self.is_active:
            return (self.until is not None and day > self.until) or (self.since is not None and day < self.since)
        return day >= self.on if self.until is None else day > self.until


class InactiveByPayer(ClaimCheck):
    """The payer says that the plan is not active on the date of service: the claim would be denied."""

    code = "inactive_by_payer"
    of_bookings = True

    def load(self, facts: Sequence[Facts]) -> Mapping[int, Answer]:
        """The answers that count, by coverage, without those somebody set aside; one query."""
        ids = {one.coverage.id for one in facts if one.coverage}
        outcomes = (EligibilityCheck.Outcome.ACTIVE, EligibilityCheck.Outcome.INACTIVE)
        rows = EligibilityCheck.objects.filter(
            coverage__in=ids, is_current=True, outcome__in=outcomes, set_aside_at=None
        )
        found = rows.values_list("coverage_id", "outcome", "service_on", "checked_at", "facts")
        return {pk: _answer(outcome, on, at.date(), said) for pk, outcome, on, at, said in found if at}

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        plan = facts.coverage
        answer = extra.get(plan.id) if plan and extra else None
        if plan is None or answer is None or not answer.is_against(facts.date):
            return []
        title = f"{plan.payer.name} says that the plan is not active on {short_day(facts.date, facts.today)}."
        why = _why(answer, facts)
        look = pages.to_client("Look and verify again", facts.client, pages.COVERAGE)
        return [self.finding(title, why, actions=[look, pages.bill_the_client()])]


def _answer(outcome: str, on: date, asked_on: date, said: Any) -> Answer:
    facts = from_data(said)
    return Answer(outcome == EligibilityCheck.Outcome.ACTIVE, on, asked_on, facts.since, facts.until)


def _why(answer: Answer, facts: Facts) -> str:
    asked = f"Asked {short_day(answer.asked_on, facts.today)}"
    if answer.until is not None and facts.date > answer.until:
        return f"{asked}: it ended on {short_day(answer.until, facts.today)}."
    if answer.since is not None and facts.date < answer.since:
        return f"{asked}: it began on {short_day(answer.since, facts.today)}."
    return f"{asked} for {short_day(answer.on, facts.today)}."
