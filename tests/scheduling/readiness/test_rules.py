"""What a payer's own rules ask of a session, each with the action that clears it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from scheduling.readiness.facts import AuthorizationFacts, CoverageFacts, RulesFacts
from tests.scheduling.readiness.examples import (
    CRISIS,
    DAY,
    FURTHER,
    INTERACTIVE,
    MIDDLE,
    PAYER,
    PLAN,
    added,
    at,
    judged,
    lasting,
    ready,
    said,
    service,
    with_plan,
    with_rules,
)

ALLOWED = AuthorizationFacts(
    id=1, number="A1", units=5, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31), codes=("90834",)
)
ONLINE: dict[str, Any] = {"telehealth": True, "client_state": "PA", "place_of_service": "10"}


def needing(*codes: str, **plan: Any) -> CoverageFacts:
    return replace(with_rules(authorized_codes=codes), **plan)


def test_a_code_of_the_payers_list_needs_an_authorization() -> None:
    (finding,) = judged("authorization_needed", ready(coverage=needing("90834")))
    assert finding.title == "Keystone Mutual pays 90834 only with an authorization."
    assert finding.why == "The coverage has none for Nov 16."
    assert finding.blocks
    assert [action.label for action in finding.actions] == ["Add an authorization", "Bill the client"]
    assert said("authorization_needed", ready(coverage=needing("90834", authorizations=(ALLOWED,)))) == ""
    assert said("authorization_needed", ready(coverage=needing("96130"))) == ""


def test_so_does_a_code_that_is_added() -> None:
    facts = ready(coverage=needing("90785", authorizations=(ALLOWED,)), add_ons=added(INTERACTIVE))
    assert said("authorization_needed", facts) == "Keystone Mutual pays 90785 only with an authorization."


def test_a_lapsed_authorization_is_said_once() -> None:
    past = replace(ALLOWED, ends_on=dt.date(2026, 6, 30))
    assert said("authorization_lapsed", ready(coverage=with_plan(authorizations=(past,)))) != ""
    assert said("authorization_lapsed", ready(coverage=needing("90834", authorizations=(past,)))) == ""


def test_a_payer_may_want_the_referring_provider() -> None:
    (finding,) = judged("referring_missing", ready(coverage=with_rules(wants_referring=True)))
    assert finding.title == "Keystone Mutual wants the referring provider on the claim."
    assert [action.label for action in finding.actions] == ["Add who referred"]
    named = replace(with_rules(wants_referring=True), referring_npi="1003000126")
    assert said("referring_missing", ready(coverage=named)) == ""
    assert said("referring_missing", ready()) == ""


@pytest.mark.parametrize(
    ("rules", "modifiers", "title", "action"),
    [
        ({}, ("95",), "", ""),
        ({}, ("93",), "", ""),
        ({}, (), "", ""),
        ({"video_modifier": "GT"}, ("95",), "Keystone Mutual wants GT for a session by video, not 95.", "GT"),
        ({"audio_modifier": "FQ"}, ("93", "HO"), "Keystone Mutual wants FQ for a session by phone, not 93.", "FQ HO"),
        ({"video_modifier": ""}, ("95",), "Keystone Mutual wants no modifier for a session by video, not 95.", "none"),
        ({"video_modifier": ""}, ("HO",), "", ""),
        ({}, ("HO",), "No modifier says that the session was by telehealth.", "95 HO"),
        ({}, ("95", "93"), "Keystone Mutual wants 95 for a session by video, not 95 and 93.", "95"),
    ],
)
def test_telehealth_carries_the_payers_own_modifier(
    rules: dict[str, str], modifiers: tuple[str, ...], title: str, action: str
) -> None:
    found = judged("modifier_mismatch", ready(modifiers=modifiers, coverage=with_rules(**rules), **ONLINE))
    assert [one.title for one in found] == ([title] if title else [])
    assert [one.actions[0].value for one in found] == ([action] if action else [])


def test_a_session_in_person_carries_none() -> None:
    (finding,) = judged("modifier_mismatch", ready(modifiers=("95",)))
    assert finding.title == "95 says telehealth, but the session was in person."
    assert (finding.actions[0].label, finding.actions[0].value) == ("Leave 95 out", "none")
    assert judged("modifier_mismatch", ready(modifiers=("95",), is_confirmed=True)) == [], "it is billed already"


def test_the_rules_of_the_day_count() -> None:
    before = RulesFacts(ends_on=DAY - dt.timedelta(days=1), video_modifier="GT", filing_days=1)
    plan = replace(PLAN, payer=replace(PAYER, rules=(RulesFacts(starts_on=DAY, filing_days=30), before)))
    assert said("modifier_mismatch", ready(modifiers=("95",), coverage=plan, **ONLINE)) == ""
    assert ready(coverage=plan).deadline == DAY + dt.timedelta(days=30)
    assert replace(ready(coverage=plan), date=DAY - dt.timedelta(days=1)).deadline == DAY


def test_interactive_complexity_never_goes_with_crisis_whatever_the_list_says() -> None:
    own_list = service(7, "90785", kind="add_on", add_on_to=("90834", "90839"))
    facts = lasting(60, CRISIS, add_ons=added(own_list))
    (finding,) = judged("add_on", facts)
    assert finding.title == "90785 does not go with crisis therapy."
    assert finding.actions[0].label == "Remove 90785"
    assert judged("add_on", ready(add_ons=added(INTERACTIVE), service=MIDDLE)) == []


@pytest.mark.parametrize(("minutes", "units"), [(74, 0), (75, 1), (104, 1), (105, 2)])
def test_further_crisis_half_hours_follow_the_minutes(minutes: int, units: int) -> None:
    right = lasting(minutes, CRISIS, add_ons=added(FURTHER, units) if units else ())
    assert judged("crisis_time", right) == []
    assert judged("crisis_time", lasting(minutes, CRISIS, add_ons=added(FURTHER, units + 1))) != []


def test_a_reason_lets_a_late_claim_go() -> None:
    late = ready(now=at(10, day=dt.date(2027, 3, 14)))
    (finding,) = judged("deadline_passed", late)
    assert next((action.label, action.field) for action in finding.actions) == ("Say why it is late", "late_reason")
    assert judged("deadline_passed", replace(late, late_reason="8")) == []
