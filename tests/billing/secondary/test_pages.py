"""What the claim's page and the list of claims say of two payers, and what a person presses there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from billing.claims.selectors.listing import Wanted, claim_list
from billing.models import Claim, Remittance
from billing.money.running import account
from tests.billing.claim_factories import answer
from tests.billing.secondary.hands import Pair, make_pair, medicare, open_with
from tests.people import Cast, signed_in

TODAY = dt.date(2026, 11, 17)


class Desk:
    """Bob's browser, and the pair whose context is open only where a test opens it."""

    def __init__(self, people: Cast, inside: Any) -> None:
        self.people, self._inside = people, inside
        self.browser: Browser = signed_in(people.bob)
        with self.inside():
            self.pair = make_pair(people.fernhollow, people.actor(people.bob), people.actor(people.alice))

    def inside(self) -> Any:
        return self._inside(self.people.fernhollow)

    def page(self, name: str, *ids: int, **query: str) -> str:
        response = self.browser.get(reverse(name, args=["fernhollow", *ids]), query)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    def press(self, name: str, claim: Claim) -> str:
        response = self.browser.post(reverse(name, args=["fernhollow", claim.pk]), follow=True)
        return " ".join(response.content.decode().split())


@pytest.fixture
def desk(people: Cast, inside: Any) -> Desk:
    return Desk(people, inside)


def shared(pair: Pair, **facts: Any) -> Claim:
    """A claim of which the first payer leaves $25.00."""
    claim = pair.claim("150.00", **facts)
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    return claim


def test_each_page_of_a_pair_opens_the_other(desk: Desk) -> None:
    with desk.inside():
        first = shared(desk.pair)
        second = desk.pair.next(first)
    here, there = desk.page("claim", first.pk), desk.page("claim", second.pk)
    assert "Second payer" in here
    assert reverse("claim", args=["fernhollow", second.pk]) in here
    assert "Asked of the second payer" in here
    assert "First payer" in there
    assert reverse("claim", args=["fernhollow", first.pk]) in there
    assert "Keystone Mutual paid" in there


def test_the_second_payer_is_asked_by_a_press(desk: Desk) -> None:
    with desk.inside():
        first = shared(desk.pair, covered=False)
        desk.pair.cover(first)
    assert "Bill the secondary" in desk.page("claim", first.pk)
    assert "The claim to Blue Harbor PPO is made. It is ready to send." in desk.press("bill_next_payer", first)
    assert "Bill the secondary" not in desk.page("claim", first.pk)
    assert "is asked already" in desk.press("bill_next_payer", first)


def test_what_waits_for_nobody_can_be_asked_of_the_client(desk: Desk) -> None:
    with desk.inside():
        first = shared(desk.pair)
        second = desk.pair.next(first)
    desk.press("withdraw_claim", second)
    assert "$25.00 waits for Blue Harbor PPO" in desk.page("claim", first.pk)
    assert "The client is asked for it now." in desk.press("ask_client_instead", first)
    with desk.inside():
        assert open_with(first) == ("0.00", "0.00", "25.00")


def test_one_that_was_passed_on_says_until_when_it_waits(desk: Desk) -> None:
    with desk.inside():
        first = desk.pair.claim("150.00")
        desk.pair.says(answer(first, "95.00", "CO-45 30.00,PR-2 25.00", status="19"))
        second = desk.pair.next(first)
    there = desk.page("claim", second.pk)
    assert "Keystone Mutual passed this claim on" in there
    assert "awaited until Wed, Dec 16" in there
    assert "answers without being asked by you" in there
    assert "acknowledgment" not in there
    assert "The claim goes out with the next batch." in desk.press("send_passed_on", second)


def test_medicare_leads_to_the_coverage_that_lacks_its_reason(desk: Desk) -> None:
    with desk.inside():
        medicare(desk.pair)
        first = shared(desk.pair)
        second = desk.pair.next(first)
    there = desk.page("claim", second.pk)
    assert "Say why Blue Harbor PPO pays second" in there
    assert reverse("edit_coverage", args=["fernhollow", second.coverage_id]) in there


def test_the_list_is_narrowed_to_a_turn(desk: Desk) -> None:
    with desk.inside():
        first, other = shared(desk.pair), shared(desk.pair)
        second, left = desk.pair.next(first), desk.pair.next(other)
    desk.press("withdraw_claim", left)
    with desk.inside():
        biller = desk.people.actor(desk.people.bob)
        found = {turn: claim_list(biller, Wanted(turn=turn), TODAY) for turn in ("first", "second", "left")}
    keys = {turn: {row.claim.pk for row in one.rows} for turn, one in found.items()}
    assert keys == {"first": {first.pk, other.pk}, "second": {second.pk, left.pk}, "left": {other.pk}}
    assert "Second payer to be asked" in desk.page("claims", turn="left")


def test_the_account_says_whose_turn_an_answer_was(desk: Desk) -> None:
    with desk.inside():
        first = shared(desk.pair)
        second = desk.pair.sent(first)
        desk.pair.second_says(second, "20.00", "OA-23 125.00,PR-2 5.00")
        words = [line.words for line in account(first.client_id, TODAY)]
    assert words[1:] == [
        "KEYSTONE MUTUAL EFT0001; the rest is asked of the next payer",
        "BLUE HARBOR PPO EFT0002, as second payer",
    ]


def test_the_remittance_says_whose_turn_each_claim_is(desk: Desk) -> None:
    with desk.inside():
        first = shared(desk.pair)
        desk.pair.second_says(desk.pair.sent(first), "25.00", "OA-23 125.00")
        keys = list(Remittance.objects.order_by("pk").values_list("pk", flat=True))
    assert "the rest is asked of Blue Harbor PPO" in desk.page("remittance", keys[0])
    assert "· second payer" in desk.page("remittance", keys[1])
