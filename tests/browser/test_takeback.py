"""A biller settles a takeback: money withheld without naming a claim goes to the claim it was paid for."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from playwright.sync_api import expect

from billing.models import Claim, Takeback
from practice.tenancy.context import practice_context
from tests.billing.claim_factories import answer, books, make_bench, plb, remittance
from tests.billing.remittances.hands import arrive_and_post
from tests.browser.site import Site
from tests.people import Cast, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


@pytest.fixture
def withheld(site: Site, standing_clock: None) -> Cast:
    """The payer paid $95.00 for a claim and withheld $40.00 of another payment under its number for it."""
    people = make_cast()
    with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True, rates=True):
        bench = make_bench(people.fernhollow, people.actor(people.bob))
        paid = answer(bench.claim("150.00"), "95.00", "CO-45 55.00", icn="2026ICN00001")
        arrive_and_post(bench, remittance(paid))
        other = remittance(
            answer(bench.claim("90.00"), "90.00"), trace="EFT2", plbs=[plb("WO", "40.00", "2026ICN00001")]
        )
        arrive_and_post(bench, other, control=2)
    return people


def test_a_biller_settles_a_takeback(site: Site, withheld: Cast) -> None:
    with site.visit(withheld.bob) as page:
        page.goto("/p/fernhollow/remittances/balances/")
        expect(page.get_by_text("$40.00 without a claim")).to_be_visible()
        page.get_by_role("link", name=re.compile("Keystone Mutual")).click()
        expect(page.get_by_role("heading", name="Keystone Mutual wants $40.00 back")).to_be_visible()
        page.get_by_role("button", name="Put it on this claim").click()
        expect(page.get_by_text("$40.00 is open with the payer again on this claim.").first).to_be_visible()
        expect(page.get_by_text("Settled").first).to_be_visible()
    with transaction.atomic(), practice_context(withheld.fernhollow.pk, phi=True):
        assert Takeback.objects.get().status == "settled"
        assert Claim.objects.order_by("pk")[0].status == "partially_paid"
        assert books() == {
            "contractual": "55.00",
            "insurer_receivable": "40.00",
            "payer_clearing": "145.00",
            "revenue": "-240.00",
        }
