"""What each person sees of an answer, and what they can do with it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from billing.eligibility import asking
from billing.eligibility.facts import Facts, Figure, Limit, Party, Reject, as_data
from billing.models import EligibilityCheck
from clients.models import Caseload
from practice import clock, today
from practice.models import Contract, ContractRate
from practice.today import Asker
from tests.billing.eligibility.hands import book, can_ask
from tests.people import NOW, Cast, signed_in
from tests.scheduling.readiness import made

TOMORROW = NOW + dt.timedelta(days=1)
MH = "MH"
GOOD = Facts(
    is_active=True,
    network="in",
    plan_name="PPO SELECT",
    copay=Figure(Decimal("25.00"), MH),
    deductible=Limit(Figure(Decimal("1500.00"), "30"), Figure(Decimal("310.00"), "30"), whose="individual"),
    telehealth=True,
)


class Desk:
    """One client who comes tomorrow, and what the payer said."""

    def __init__(self, people: Cast, inside: Any) -> None:
        self.people, self.inside_of = people, inside
        with self.inside():
            self.facts = made.practice()
            can_ask(self.facts["payer"])
            self.client, self.coverage = made.client(1, self.facts["payer"])
            self.facts["clinician"].user_id = people.charlie.pk
            self.facts["clinician"].save()
            Caseload.objects.create(
                client=self.client, clinician=self.facts["clinician"], starts_on=dt.date(2026, 1, 1)
            )
            book(self.facts, (self.client, self.coverage), TOMORROW)

    def inside(self) -> Any:
        return self.inside_of(self.people.fernhollow)

    def said(self, facts: Facts, outcome: str = "active", alerts: Any = (), **values: Any) -> EligibilityCheck:
        given = {
            "client": self.client,
            "coverage": self.coverage,
            "payer": self.facts["payer"],
            "status": "answered",
            "reason": "hand",
            "outcome": outcome,
            "service_on": dt.date(2026, 11, 17),
            "service_types": [MH],
            "fingerprint": "0",
            "trace": "A" * 15,
            "facts": as_data(facts),
            "alerts": [{"kind": "copay", "words": words} for words in alerts],
            "is_current": True,
            "made_at": clock.now(),
            "checked_at": clock.now(),
        }
        with self.inside():
            return EligibilityCheck.objects.create(**(given | values))

    def page(self, browser: Browser, name: str, *ids: int, **query: str) -> str:
        found = browser.get(reverse(name, args=["fernhollow", *ids]), query)
        assert found.status_code == 200
        return " ".join(found.content.decode().split())

    def act(self, browser: Browser, name: str, *ids: int, **body: Any) -> Any:
        return browser.post(reverse(name, args=["fernhollow", *ids]), body)


@pytest.fixture
def desk(people: Cast, inside: Any, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(asking, "ring", lambda *args: None)
    return Desk(people, inside)


@pytest.fixture
def bob(people: Cast) -> Browser:
    return signed_in(people.bob)


def test_the_card_says_it_in_one_line_with_its_source(desk: Desk, bob: Browser) -> None:
    desk.said(GOOD)
    page = desk.page(bob, "client_coverage", desk.client.pk)
    said = "active; copay $25.00, deductible left $310.00 of $1,500.00, in network, telehealth covered"
    assert said in page
    assert "Figures for mental health (MH)" in page
    assert "The client will likely owe $25.00 for 90834." in page


def test_a_clinician_reads_whether_it_is_active_and_the_copay_alone(desk: Desk, people: Cast) -> None:
    desk.said(GOOD)
    page = desk.page(signed_in(people.charlie), "client_coverage", desk.client.pk)
    assert "By the payer: active; copay $25.00." in page
    assert "310.00" not in page
    assert "likely owe" not in page


def test_verify_asks_and_the_card_waits(desk: Desk, bob: Browser) -> None:
    assert "Verify insurance" in desk.page(bob, "client_coverage", desk.client.pk)
    desk.act(bob, "verify_coverage", desk.coverage.pk)
    page = desk.page(bob, "client_coverage", desk.client.pk)
    assert "Waits to be asked" in page
    assert "every 2s" in page


def test_the_page_shows_every_segment_in_words(desk: Desk, bob: Browser) -> None:
    check = desk.said(GOOD, alerts=["The copay is $25.00; the coverage on record has none."])
    page = desk.page(bob, "eligibility_check", check.pk)
    assert "PPO SELECT" in page
    assert "Use $25.00" in page
    assert "It is looked at" in page


def test_a_rejection_leads_to_the_entry_to_correct(desk: Desk, bob: Browser) -> None:
    reject = Reject("72", "Subscriber's member number is missing or wrong", "Copy the number from the card", "", "x")
    check = desk.said(Facts(rejects=(reject,)), "rejected", ["Keystone Mutual does not find the client."])
    page = desk.page(bob, "eligibility_check", check.pk)
    assert f"/coverages/{desk.coverage.pk}/#id_member_id" in page


def test_a_carve_out_payer_not_in_use_is_named(desk: Desk, bob: Browser) -> None:
    facts = Facts(is_active=True, carve_outs=(Party("CARELON", "CARE1", "8005550100"),))
    check = desk.said(facts, alerts=["Carelon pays behavioral health for this plan."])
    assert "not among the practice’s payers yet" in desk.page(bob, "eligibility_check", check.pk)


def test_what_changed_stands_on_today_until_somebody_looked(desk: Desk, bob: Browser, people: Cast) -> None:
    check = desk.said(GOOD, alerts=["The copay is $25.00; the coverage on record has none."])
    with desk.inside():
        asker = Asker.now(people.fernhollow, people.actor(people.bob))
        assert "1 answer about insurance to look at" in [need.title for need in today.needs(asker)]
    desk.act(bob, "look_at_check", check.pk)
    with desk.inside():
        assert "1 answer about insurance to look at" not in [need.title for need in today.needs(asker)]


def test_the_list_shows_the_week_and_narrows(desk: Desk, bob: Browser) -> None:
    assert "Not verified" in desk.page(bob, "eligibility")
    desk.said(Facts(is_active=False), "inactive", ["Keystone Mutual says that the plan is not active."])
    page = desk.page(bob, "eligibility", group="stopped")
    assert "Theo Lindgren 1" in page
    assert "Not active" in page
    assert "Nobody is in this state" in desk.page(bob, "eligibility", group="verified")


def test_verifying_many_shows_progress(desk: Desk, bob: Browser) -> None:
    answer = desk.act(bob, "verify_many", coverage=[desk.coverage.pk])
    page = " ".join(bob.get(answer.url).content.decode().split())
    assert "0 of 1" in page
    with desk.inside():
        row = EligibilityCheck.objects.get()
        EligibilityCheck.objects.filter(pk=row.pk).update(status="failed")
    poll = bob.get(reverse("eligibility_progress", args=["fernhollow", row.together]), headers={"HX-Request": "true"})
    assert "asked=" in poll["HX-Redirect"]


def test_an_answer_is_set_aside_with_a_reason_only(desk: Desk, bob: Browser) -> None:
    check = desk.said(Facts(is_active=False), "inactive")
    desk.act(bob, "set_check_aside", check.pk, why=" ")
    with desk.inside():
        assert EligibilityCheck.objects.get().set_aside_at is None
    desk.act(bob, "set_check_aside", check.pk, why="Reinstated, by telephone")
    assert "Reinstated, by telephone" in desk.page(bob, "eligibility_check", check.pk)


def test_the_list_takes_as_many_queries_for_many(desk: Desk, bob: Browser, django_assert_max_num_queries: Any) -> None:
    with desk.inside():
        for number in range(2, 12):
            book(desk.facts, made.client(number, desk.facts["payer"]), TOMORROW)
    with django_assert_max_num_queries(20):
        desk.page(bob, "eligibility")


def test_the_coverage_tab_takes_as_many_queries_for_many(
    desk: Desk, bob: Browser, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        desk.said(GOOD, trace=f"B{number}", is_current=not number)
    with django_assert_max_num_queries(34):
        desk.page(bob, "client_coverage", desk.client.pk)


def test_who_may_not_see_rates_reads_the_most_it_can_be(desk: Desk, bob: Browser, people: Cast) -> None:
    with desk.inside():
        contract = Contract.objects.create(payer=desk.facts["payer"], name="2026", starts_on=dt.date(2026, 1, 1))
        ContractRate.objects.create(contract=contract, service=desk.facts["service"], amount=Decimal("100.00"))
    desk.said(Facts(is_active=True, network="in", coinsurance=Figure(Decimal("0.2"), MH)))
    assert "The client will likely owe $20.00 for 90834." in desk.page(bob, "client_coverage", desk.client.pk)
    page = desk.page(signed_in(people.frank), "client_coverage", desk.client.pk)
    assert "at most $28.42" in page
    assert "100.00" not in page
