"""What payers ask: coverage, networks, licenses, numbers, supervision, deadlines."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from clients.authorizations import Place
from scheduling.readiness import Facts, Severity
from scheduling.readiness.checks.authorizations import authorization_of
from scheduling.readiness.facts import (
    AuthorizationFacts,
    EnrollmentFacts,
    LicenseFacts,
    LocationFacts,
)
from tests.scheduling.readiness.examples import (
    PLAN,
    PRACTICE,
    at,
    client,
    clinician,
    judged,
    ready,
    said,
    service,
    with_payer,
    with_plan,
    with_rules,
)

ASSOCIATE = clinician(id=41, first_name="Tomás", last_name="Ibarra", level="associate")
ALLOWED = AuthorizationFacts(id=80, number="A1", units=12, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31))


def enrolled(status: str, effective_on: dt.date | None = None, ends_on: dt.date | None = None) -> Any:
    row = EnrollmentFacts(payer_id=70, status=status, effective_on=effective_on, ends_on=ends_on)
    return ready(rendering=clinician(enrollments=(row,)))


def licensed(**facts: Any) -> Facts:
    given: dict[str, Any] = {"state": "PA", "expires_on": dt.date(2027, 6, 30)} | facts
    row = LicenseFacts(**given)
    return ready(rendering=clinician(licenses=(row,)))


@pytest.mark.parametrize(
    ("code", "facts", "title"),
    [
        ("payer_missing", ready(coverage=None), "Say who pays."),
        ("payer_missing", ready(coverage=None, self_pay=True), ""),
        (
            "coverage_inactive",
            ready(coverage=with_plan(ends_on=dt.date(2026, 11, 15))),
            "The plan with Keystone Mutual ended on Nov 15.",
        ),
        ("coverage_inactive", ready(coverage=with_plan(ends_on=dt.date(2026, 11, 16))), ""),
        (
            "coverage_inactive",
            ready(coverage=with_plan(starts_on=dt.date(2026, 11, 17))),
            "The plan with Keystone Mutual began on Nov 17.",
        ),
        (
            "member_id_missing",
            ready(coverage=with_plan(member_id="")),
            "The member ID with Keystone Mutual is missing.",
        ),
        ("member_id_form", ready(coverage=with_plan(member_id="K")), "K cannot be a member ID."),
        ("member_id_form", ready(coverage=with_plan(member_id="K-12#")), "K-12# cannot be a member ID."),
        ("member_id_form", ready(coverage=with_plan(member_id="k-1 23")), ""),
        ("member_id_form", ready(coverage=with_rules(member_id_form="A999")), ""),
        (
            "member_id_form",
            ready(coverage=with_rules(member_id_form="AAA999999999")),
            "K123 is no member ID of Keystone Mutual.",
        ),
        (
            "payer_not_electronic",
            ready(coverage=with_payer(electronic_for={"837": "1679576722"})),
            "Keystone Mutual takes claims under the NPI 1679576722, not under 1234567893.",
        ),
        ("payer_not_electronic", ready(coverage=with_payer(electronic_for={"837": "1234567893"})), ""),
        (
            "facility_zip",
            ready(location=LocationFacts(id=3, name="Newark", address1="9 Elm Street", zip="07102")),
            "The ZIP code of Newark lacks its last four digits.",
        ),
        (
            "facility_zip",
            ready(location=LocationFacts(id=3, name="Newark", address1="9 Elm Street", zip="07102-0001")),
            "",
        ),
        (
            "facility_zip",
            ready(telehealth=True, location=LocationFacts(id=3, name="Newark", address1="9 Elm Street", zip="07102")),
            "",
        ),
        (
            "service_retired",
            ready(service=service(2, "90834", is_active=False)),
            "90834 is no longer among your services.",
        ),
        (
            "subscriber_incomplete",
            ready(coverage=with_plan(is_own=False, subscriber_first_name="Ann", subscriber_last_name="Lindgren")),
            "The subscriber’s date of birth and address are missing.",
        ),
        ("subscriber_incomplete", ready(), ""),
        (
            "client_incomplete",
            ready(client=client(date_of_birth=None)),
            "Theo Lindgren’s date of birth is missing.",
        ),
        ("not_enrolled", ready(rendering=clinician(enrollments=())), "Priya is not enrolled with Keystone Mutual."),
        ("not_enrolled", enrolled("gathering"), "Priya has not applied to Keystone Mutual."),
        ("not_enrolled", enrolled("review"), "Priya is in review with Keystone Mutual."),
        ("not_enrolled", enrolled("denied"), "Keystone Mutual denied Priya’s enrollment."),
        (
            "not_enrolled",
            enrolled("effective", dt.date(2026, 1, 1), dt.date(2026, 11, 1)),
            "Priya left the network of Keystone Mutual on Nov 1.",
        ),
        ("not_enrolled", enrolled("effective", dt.date(2026, 11, 17)), ""),
        (
            "before_network",
            enrolled("effective", dt.date(2026, 11, 17)),
            "Priya was not in network with Keystone Mutual before Nov 17.",
        ),
        ("before_network", ready(), ""),
        ("payer_not_electronic", ready(coverage=with_payer(payer_id="")), "Keystone Mutual has no payer ID."),
        (
            "payer_not_electronic",
            ready(coverage=with_payer(electronic_since={"835": dt.date(2026, 1, 1)})),
            "Keystone Mutual does not take our claims electronically yet.",
        ),
        (
            "payer_not_electronic",
            ready(coverage=with_payer(electronic_since={"837": dt.date(2026, 12, 1)})),
            "Keystone Mutual takes our claims from Dec 1.",
        ),
        ("license", licensed(expires_on=dt.date(2026, 11, 16)), ""),
        ("license", licensed(expires_on=dt.date(2026, 11, 15)), "Priya’s Pennsylvania license ended on Nov 15."),
        ("license", licensed(state="NJ"), "Priya has no Pennsylvania license."),
        ("license", licensed(issued_on=dt.date(2026, 11, 17)), "Priya has no Pennsylvania license."),
        ("license", ready(telehealth=True, client_state="NJ"), "Priya has no New Jersey license."),
        ("rendering_npi", ready(rendering=clinician(npi="")), "Priya’s NPI is missing."),
        ("rendering_npi", ready(rendering=clinician(npi="1234567890")), "Priya’s NPI has a wrong digit."),
        ("rendering_taxonomy", ready(rendering=clinician(taxonomy="")), "Priya’s taxonomy is missing."),
        (
            "rendering_taxonomy",
            ready(rendering=clinician(taxonomy=""), coverage=with_rules(taxonomy="billing")),
            "",
        ),
        ("billing_npi", ready(practice=replace(PRACTICE, npi="")), "The practice’s NPI is missing."),
        (
            "practice_incomplete",
            ready(practice=replace(PRACTICE, has_ein=False, zip="19003")),
            "The practice’s EIN and nine-digit ZIP code are missing.",
        ),
        (
            "practice_incomplete",
            ready(practice=replace(PRACTICE, address1="P.O. Box 12")),
            "The practice’s address is a PO box.",
        ),
    ],
)
def test_what_a_claim_needs_is_named(code: str, facts: Facts, title: str) -> None:
    assert said(code, facts) == title


def test_who_is_not_yet_in_network_waits_until_the_day() -> None:
    (finding,) = judged("not_enrolled", enrolled("effective", dt.date(2026, 12, 1)))
    assert finding.title == "Priya is in network with Keystone Mutual from Dec 1."
    assert finding.why == "Nothing to do: it is billed that day. Filing deadline Feb 14, 2027."
    assert (finding.waits_on, finding.actions[0].label) == ("Keystone Mutual", "See enrollment")


def test_a_plan_that_covers_the_day_is_offered_instead() -> None:
    other = with_plan(id=61, starts_on=dt.date(2026, 11, 16))
    facts = ready(coverage=with_plan(ends_on=dt.date(2026, 11, 15)), client=client(coverages=(other,)))
    (finding,) = judged("coverage_inactive", facts)
    assert (finding.actions[0].field, finding.actions[0].value) == ("coverage", "61")


def test_a_license_only_warns_where_the_client_pays() -> None:
    (finding,) = judged("license", replace(licensed(state="NJ"), self_pay=True))
    assert finding.severity is Severity.WARN


def test_a_trainee_works_under_the_supervisors_license() -> None:
    trainee = replace(ASSOCIATE, level="trainee", licenses=())
    assert said("license", ready(rendering=trainee, supervisor=clinician())) == ""
    nowhere = LocationFacts(id=30, name="Newark", state="NJ")
    facts = ready(rendering=trainee, supervisor=clinician(), location=nowhere)
    assert said("license", facts) == "Priya has no New Jersey license."


@pytest.mark.parametrize(
    ("mode", "supervisor", "refused", "missing"),
    [
        ("refused", None, "Keystone Mutual does not pay for supervised clinicians.", ""),
        ("associate", None, "", "Nobody supervised Tomás on Nov 16."),
        ("supervisor", None, "", "Nobody supervised Tomás on Nov 16."),
        ("associate", clinician(), "", ""),
    ],
)
def test_associates_are_billed_as_the_payer_says(mode: str, supervisor: Any, refused: str, missing: str) -> None:
    facts = ready(rendering=ASSOCIATE, supervisor=supervisor, coverage=with_rules(supervised=mode))
    assert said("supervised_refused", facts) == refused
    assert said("supervisor_missing", facts) == missing


def test_the_claim_is_judged_by_whom_it_names() -> None:
    alone = replace(ASSOCIATE, npi="", enrollments=())
    facts = ready(rendering=alone, supervisor=clinician(), coverage=with_rules(supervised="supervisor"))
    assert said("rendering_npi", facts) == ""
    assert said("not_enrolled", facts) == ""
    facts = ready(rendering=alone, supervisor=clinician(), coverage=with_rules(supervised="associate"))
    assert said("rendering_npi", facts) == "Tomás’s NPI is missing."


@pytest.mark.parametrize(
    ("days_left", "near", "passed"),
    [
        (22, "", ""),
        (21, "The filing deadline is Feb 14, in 21 days.", ""),
        (0, "The filing deadline is Feb 14, today.", ""),
        (-1, "", "The filing deadline was Feb 14."),
    ],
)
def test_the_filing_deadline_warns_before_and_blocks_after(days_left: int, near: str, passed: str) -> None:
    now = at(10, day=dt.date(2027, 2, 14) - dt.timedelta(days=days_left))
    assert said("deadline_near", ready(now=now)) == near
    assert said("deadline_passed", ready(now=now)) == passed


@pytest.mark.parametrize(("used", "title"), [(11, ""), (12, "All 12 authorized visits are used.")])
def test_an_authorization_is_used_up(used: int, title: str) -> None:
    facts, places = ready(coverage=with_plan(authorizations=(ALLOWED,))), {1: Place(ALLOWED, used)}
    assert said("authorization_used", facts, places) == title
    if title:
        (finding,) = judged("authorization_used", facts, places)
        assert finding.why == "Keystone Mutual will deny visit 13."
        assert [action.label for action in finding.actions] == ["Request more visits", "Bill the client"]


def test_an_authorization_counts_for_its_codes_and_days() -> None:
    other = replace(ALLOWED, codes=("90837",))
    facts = ready(coverage=with_plan(authorizations=(other,)))
    assert said("authorization_used", facts, {}) == ""
    assert not authorization_of(facts)
    lapsed = replace(ALLOWED, ends_on=dt.date(2026, 10, 31))
    facts = ready(coverage=with_plan(authorizations=(lapsed,)))
    assert not authorization_of(facts)
    assert said("authorization_lapsed", facts) == "The last authorization for 90834 ended on Oct 31."


def test_where_the_client_pays_no_payer_is_asked() -> None:
    broken = ready(
        self_pay=True,
        coverage=replace(PLAN, member_id="", payer=replace(PLAN.payer, payer_id="")),
        rendering=clinician(npi="", enrollments=()),
        practice=replace(PRACTICE, has_ein=False, npi=""),
    )
    for code in ("member_id_missing", "not_enrolled", "payer_not_electronic", "rendering_npi", "practice_incomplete"):
        assert said(code, broken) == ""
