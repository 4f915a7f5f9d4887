"""What a scenario may say, and that anything else is refused by name."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sandbox.errors import ScenarioError
from sandbox.outcomes import Eligibility, Outcome
from sandbox.reading_scenarios import load, parse

SCENARIOS = Path(__file__).parents[2] / "sandbox" / "scenarios"
LOGIN = {"user": "caseload", "password": "secret"}
LEAST = {"seed": "s", "logins": [LOGIN]}


@pytest.mark.parametrize("name", ["demo", "history", "clean"])
def test_the_scenarios_that_come_along_are_read(name: str) -> None:
    assert load(SCENARIOS / f"{name}.toml").logins


def test_history_has_the_outcomes_of_the_demo_and_holds_its_remittances() -> None:
    demo, history = load(SCENARIOS / "demo.toml"), load(SCENARIOS / "history.toml")
    assert (demo.seed, demo.payers, demo.plans, demo.rules) == (
        history.seed,
        history.payers,
        history.plans,
        history.rules,
    )
    assert (demo.timing.hold, history.timing.hold, history.timing.remit_after_days) == (False, True, 9)


def test_what_is_not_said_has_a_value() -> None:
    scenario = parse(LEAST)
    assert scenario.receiver.id == "SANDBOX"
    assert scenario.payer("ANY").allowed_percent == 80


def test_amounts_are_exact() -> None:
    scenario = parse({**LEAST, "payers": [{"id": "P", "fees": {"90837": Decimal("128.90")}}]})
    assert scenario.payer("P").fees["90837"] == Decimal("128.90")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"hurry": True}, "unknown key “hurry”"),
        ({"payers": [{"id": "P", "fee": 3}]}, "Payer 1 has an unknown key “fee”"),
        ({"rules": [{"name": "r", "outcome": "lost"}]}, "names “lost”"),
        ({"plans": [{"answer": "lost"}]}, "names “lost”. The answers are: found"),
        ({"payers": [{"id": "P", "not_on_file": "A1"}]}, "A4 or D0"),
        ({"rules": [{"outcome": "paid"}]}, "Rule 1 needs “name”"),
        ({"rules": [{"name": "r", "outcome": "paid"}] * 2}, "Each rule needs a name"),
        ({"timing": {"hold": "yes"}}, "“hold”, should be true or false"),
        ({"timing": {"remit_after_days": -1}}, "whole number"),
        ({"rules": [{"name": "r", "outcome": "paid", "since": "2026"}]}, "“since”, should be a date"),
        ({"rules": [{"name": "r", "outcome": "paid", "share": Decimal(-1)}]}, "should be a number"),
        ({"payers": [{"id": "P", "method": "CASH"}]}, "ACH or CHK"),
        ({"payers": [{"id": "P"}, {"id": "P"}]}, "“P” stands twice"),
        ({"payers": {"id": "P"}}, "should be a list of tables"),
        ({"others": 3}, "should be a table"),
        ({"logins": []}, "at least one"),
        ({"logins": [{"user": "../x", "password": "p"}]}, "“../x” cannot be a login"),
        ({"logins": [LOGIN | {"key": "k"}, {"user": "b", "password": "p", "key": "k"}]}, "“k” stands twice"),
    ],
)
def test_a_scenario_that_cannot_be_followed_is_refused_in_words(facts: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        parse({**LEAST, **facts})


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("seed = ", encoding="utf-8")
    with pytest.raises(ScenarioError, match="is not TOML"):
        load(bad)
    with pytest.raises(ScenarioError, match="cannot be read"):
        load(tmp_path / "none.toml")


def test_every_outcome_is_described() -> None:
    page = (SCENARIOS.parents[1] / "docs" / "sandbox.md").read_text(encoding="utf-8")
    assert [outcome for outcome in (*Outcome, *Eligibility) if f"`{outcome}`" not in page] == []
