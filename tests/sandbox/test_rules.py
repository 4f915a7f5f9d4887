"""Which rule decides a claim."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sandbox.outcomes import Outcome
from sandbox.rules import chosen, plan_for, rule_for
from sandbox.scenario import Login, Plan, Rule, Scenario
from tests.sandbox.making import DAY, claim, line

LOGINS = (Login("caseload", "secret"),)


def named(**facts: Any) -> str:
    """The rule that decides a claim of two lines, 90834 and 90785, with one rule in the scenario."""
    scenario = Scenario("seed", LOGINS, rules=(Rule("only", Outcome.DENIED_LATE, **facts),))
    sent = claim("PCN", line("L1"), line("L2", "90785", "20.00"))
    rule, _ = rule_for(scenario, "KEYM1", sent)
    return rule.name if rule else ""


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"payer": "KEYM1"},
        {"member": "KM4471901"},
        {"member": "KM44*"},
        {"code": "90785"},
        {"since": DAY, "until": DAY},
        {"charge": Decimal(162)},
        {"share": Decimal(1)},
    ],
)
def test_a_rule_fits_when_every_condition_is_met(facts: dict[str, Any]) -> None:
    assert named(**facts) == "only"


@pytest.mark.parametrize(
    "facts",
    [
        {"payer": "BLHB2"},
        {"member": "KM447190"},
        {"member": "KX*"},
        {"code": "90837"},
        {"since": DAY + timedelta(1)},
        {"until": DAY - timedelta(1)},
        {"charge": Decimal(142)},
        {"share": Decimal(0)},
    ],
)
def test_a_rule_does_not_fit_when_one_condition_is_not_met(facts: dict[str, Any]) -> None:
    assert named(**facts) == ""


def test_the_first_rule_that_fits_decides_and_says_by_which_line() -> None:
    rules = (
        Rule("first", Outcome.LINE_DENIED, code="90785"),
        Rule("second", Outcome.DENIED_LATE),
    )
    rule, fitted = rule_for(Scenario("s", LOGINS, rules=rules), "KEYM1", claim("P", line(), line("L2", "90785", "20")))
    assert rule is rules[0]
    assert fitted is not None
    assert fitted.reference == "L2"


def test_a_share_never_asks_for_the_patient_control_number() -> None:
    scenario = Scenario("s", LOGINS, rules=(Rule("half", Outcome.DENIED_LATE, share=Decimal("0.5")),))
    found = {rule_for(scenario, "KEYM1", claim(f"PCN{number}"))[0] for number in range(30)}
    assert len(found) == 1


def test_a_share_is_about_as_large_as_it_says_and_another_rule_chooses_others() -> None:
    members = [f"M{number}" for number in range(4000)]
    share = Decimal("0.1")
    first = {member for member in members if chosen("s", "first", member, DAY, "90834", share=share)}
    second = {member for member in members if chosen("s", "second", member, DAY, "90834", share=share)}
    assert 330 < len(first) < 470
    assert len(first & second) < 80


def test_the_hash_stays_what_it_is() -> None:
    picked = [
        day for day in range(1, 29) if chosen("caseload", "r", "KM1", date(2026, 2, day), "90834", share=Decimal("0.2"))
    ]
    assert picked == PICKED


PICKED = [10, 14, 15, 18, 22, 27]


def test_the_first_plan_of_the_member_counts_and_without_one_she_owes_nothing() -> None:
    plans = (Plan("KEYM1", "KM*", Decimal(25)), Plan("KEYM1", "", Decimal(40)))
    scenario = Scenario("s", LOGINS, plans=plans)
    assert plan_for(scenario, "KEYM1", "KM1").copay == 25
    assert plan_for(scenario, "KEYM1", "XX1").copay == 40
    assert plan_for(scenario, "OTHER", "KM1") == Plan()
