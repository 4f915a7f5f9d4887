"""The page that bills another payer, the worklist that does it for many, and Undo."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.models import Claim, Connection, Denial, EligibilityCheck
from clients.models import Coverage
from tests.billing.claim_factories import answer
from tests.billing.secondary.hands import Pair, make_pair
from tests.people import Cast, signed_in

SLUG = "fernhollow"


@pytest.fixture
def pair(people: Cast, inside: Any) -> Pair:
    with inside(people.fernhollow):
        made = make_pair(people.fernhollow, people.actor(people.bob), people.actor(people.alice))
        Connection.objects.update(is_default=True, is_active=True)
        return made


@pytest.fixture
def bob(people: Cast) -> Browser:
    return signed_in(people.bob)


def url(name: str, *ids: int) -> str:
    return reverse(name, args=[SLUG, *ids])


def refused(pair: Pair, *, plan: bool = True) -> Claim:
    claim = pair.claim("150.00", copay="25.00", covered=False)
    pair.says(answer(claim, "0.00", "CO-109 150.00"))
    if plan:
        pair.cover(claim)
    return claim


def undo(page: str) -> str:
    """The address behind Undo."""
    return page.split('action="/p/fernhollow/claims/instead/undo/')[1].split('"', maxsplit=1)[0]


def test_a_plan_on_file_is_billed_and_undone(pair: Pair, bob: Browser, inside: Any) -> None:
    with inside(pair.bench.practice):
        claim = refused(pair)
        plan = Coverage.objects.get(client=claim.client_id, payer=pair.second)
        denial = Denial.objects.get()
    assert url("bill_instead", claim.pk) in bob.get(url("denial", denial.pk)).content.decode()
    page = bob.get(url("bill_instead", claim.pk)).content.decode()
    for words in ("Blue Harbor PPO", "$125.00", "CO-109", "takes claims until"):
        assert words in page
    said = bob.post(url("bill_instead", claim.pk), {"plan": plan.pk, "delay_reason": ""}, follow=True).content.decode()
    assert "Blue Harbor PPO is billed instead of Keystone Mutual. It is in batch" in said
    back = bob.post(url("undo_instead") + undo(said), follow=True).content.decode()
    assert "1 claim withdrawn. What was refused before stands again as it was." in back
    with inside(pair.bench.practice):
        assert Claim.objects.get(pk=claim.pk).status == "denied"
        assert Denial.objects.get().status == "open"


def test_a_plan_that_is_not_on_file_is_added_with_the_same_click(pair: Pair, bob: Browser, inside: Any) -> None:
    with inside(pair.bench.practice):
        claim = refused(pair, plan=False)
        former = claim.coverage
    body: dict[str, Any] = {"plan": "new", "payer": "", "member_id": "", "starts_on": "", "delay_reason": ""}
    short = bob.post(url("bill_instead", claim.pk), body)
    assert short.status_code == 422
    for words in ("Choose the payer of the plan.", "Enter the member ID", "Enter the first day of the plan."):
        assert words in short.content.decode()
    body |= {"payer": pair.second.pk, "member_id": "b 77", "starts_on": former.starts_on.isoformat()}
    clash = bob.post(url("bill_instead", claim.pk), body)
    assert "Keystone Mutual is the primary coverage" in clash.content.decode()
    body["starts_on"] = "2026-10-01"
    said = bob.post(url("bill_instead", claim.pk), body, follow=True).content.decode()
    assert "Blue Harbor PPO is billed instead of Keystone Mutual." in said
    with inside(pair.bench.practice):
        plan = Coverage.objects.get(payer=pair.second)
        assert (plan.member_id, plan.rank, plan.relationship) == ("B77", "primary", former.relationship)
        former.refresh_from_db()
        assert former.ends_on == dt.date(2026, 9, 30)
        assert Claim.objects.get(coverage=plan).status == "batched"


def test_a_payer_that_the_answer_to_eligibility_named_is_offered(pair: Pair, bob: Browser, inside: Any) -> None:
    with inside(pair.bench.practice):
        claim = refused(pair, plan=False)
        EligibilityCheck.objects.create(
            client=claim.client,
            coverage=claim.coverage,
            payer=claim.payer,
            service_on=claim.service_on,
            status="answered",
            service_types=["MH"],
            is_current=True,
            outcome="active",
            checked_at=claim.made_at,
            facts={"carve_outs": [{"name": "BLUE HARBOR PPO", "id": "BLH02"}]},
            made_at=claim.made_at,
        )
    page = bob.get(url("bill_instead", claim.pk)).content.decode()
    assert "BLUE HARBOR PPO pays behavioral health for this plan" in page
    assert f'<option value="{pair.second.pk}" selected>' in page


def test_many_go_from_the_worklist_and_come_back_together(pair: Pair, bob: Browser, inside: Any) -> None:
    with inside(pair.bench.practice):
        for _ in range(2):
            refused(pair)
        refused(pair, plan=False)
        chosen = list(Denial.objects.values_list("pk", flat=True))
    body = {"act": "bill_instead", "denial": chosen, "instead": pair.second.pk}
    said = bob.post(url("work_denials"), body, follow=True).content.decode()
    assert "2 claims are in batch" in said
    assert "1 left: not covered by Blue Harbor PPO on the day." in said
    back = bob.post(url("undo_instead") + undo(said), follow=True).content.decode()
    assert "2 claims withdrawn. What was refused before stand again as it was." in back
    with inside(pair.bench.practice):
        assert Denial.objects.filter(status="open").count() == 3


def test_another_session_undoes_nothing(pair: Pair, bob: Browser) -> None:
    said = bob.post(url("undo_instead") + "?of=elsewhere", follow=True).content.decode()
    assert "This can no longer be undone here." in said


def test_a_claim_that_was_not_refused_says_why_nobody_else_is_billed(pair: Pair, bob: Browser, inside: Any) -> None:
    with inside(pair.bench.practice):
        claim = pair.claim("150.00")
    page = bob.get(url("bill_instead", claim.pk)).content.decode()
    assert "Only a claim that its payer refused as a whole" in page
    assert "Bill it" not in page


def test_the_page_asks_as_much_for_many_plans_as_for_one(pair: Pair, bob: Browser, inside: Any) -> None:
    with inside(pair.bench.practice):
        claim = refused(pair)
    with CaptureQueriesContext(connection) as one:
        bob.get(url("bill_instead", claim.pk))
    assert len(one) <= 40
