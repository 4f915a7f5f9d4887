"""The biller's week: a claim that came back is corrected where the fault is and sent again, and a denial is worked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from billing.claims import events
from billing.claims.arriving import record_sent
from billing.models import Claim, ClaimEvent, Denial, Request
from practice import states
from practice.models import PracticeSettings
from practice.tenancy.context import practice_context
from tests.billing.claim_factories import answer, make_bench, remittance
from tests.billing.claims.hands import Post, connect
from tests.billing.remittances.hands import arrive_and_post
from tests.browser.site import Site
from tests.people import Cast, make_cast
from tests.reference import fill
from tests.scheduling.readiness import made

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
WORKLIST = "/p/fernhollow/claims/rejected/"


@dataclass
class Desk:
    """Fernhollow; everything commits."""

    people: Cast

    @contextmanager
    def inside(self) -> Iterator[None]:
        with transaction.atomic(), practice_context(self.people.fernhollow.pk, phi=True, rates=True):
            yield

    def rejected(self) -> Claim:
        """A claim whose member the payer does not know."""
        facts = made.practice()
        PracticeSettings.objects.update(
            npi="1245319599", phone="215-555-0142", contact_name="Bob Castellano", taxonomy="261QM0801X"
        )
        post = Post(self.people, facts, connection=connect())
        (claim,) = post.claims(post.session())
        (request,) = post.leave()
        states.transition(request, Request.Status.SENDING, actor=post.system)
        record_sent(request, actor=post.system)
        claim.refresh_from_db()
        states.transition(claim, Claim.Status.REJECTED, actor=post.system)
        words = "Returned as unprocessable: Subscriber and member number not on file.\nMEMBER NOT FOUND"
        kind, source = ClaimEvent.Kind.ANSWER, "277CA, payer"
        events.record(
            [events.event(claim, kind, "Rejected", actor=post.system, source=source, codes="A3:33", detail=words)]
        )
        return claim


@pytest.fixture
def desk(site: Site, standing_clock: None) -> Desk:
    fill()
    return Desk(make_cast())


def correct_the_member_id(page: Page, number: str) -> None:
    page.get_by_role("link", name="Correct the member ID").first.click()
    expect(page.get_by_label("Member ID")).to_be_focused()
    page.get_by_label("Member ID").fill(number)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Keystone Mutual is saved.").first).to_be_visible()
    expect(page.get_by_role("heading", name="To correct")).to_be_visible()


def test_a_rejected_claim_is_fixed_where_the_fault_is_and_sent_again(site: Site, desk: Desk) -> None:
    with desk.inside():
        claim = desk.rejected()
    with site.visit(desk.people.bob) as page:
        page.goto(WORKLIST)
        expect(page.get_by_text("Subscriber and member number not on file").first).to_be_visible()
        expect(page.get_by_text("MEMBER NOT FOUND").first).to_be_visible()
        correct_the_member_id(page, "ZZ998877")
        page.get_by_role("link", name=re.compile("Lindgren")).first.click()
        expect(page.get_by_role("heading", name="Correct and resend")).to_be_visible()
        expect(page.get_by_text("ZZ998877")).to_be_visible()
        page.get_by_label("Place of service").select_option("10")
        expect(page.get_by_text("place of service 10")).to_be_visible()
        page.get_by_role("button", name=re.compile("^Correct and resend · ")).click()
        expect(page.get_by_text(re.compile("1 claim is in batch")).first).to_be_visible()
        expect(page.get_by_text("Place of service: 11 → 10")).to_be_visible()
    with desk.inside():
        now = Claim.objects.get(pk=claim.pk)
        assert (now.status, now.number, now.place_of_service) == ("batched", f"{claim.number[:15]}02", "10")


def test_claims_of_one_reason_are_sent_again_together(site: Site, desk: Desk) -> None:
    with desk.inside():
        claim = desk.rejected()
    with site.visit(desk.people.bob) as page:
        page.goto(WORKLIST)
        page.locator("#reasons a").first.click()
        expect(page.get_by_text("1 claim came back for this reason")).to_be_visible()
        page.get_by_label("All claims on this page").check()
        page.get_by_role("button", name=re.compile(r"^Send 1 again · \$142\.10")).click()
        expect(page.get_by_text(re.compile("1 claim is in batch")).first).to_be_visible()
        expect(page.get_by_text("Nothing came back")).to_be_visible()
    with desk.inside():
        assert Claim.objects.get(pk=claim.pk).status == "batched"


def test_a_denial_is_worked_as_a_replacement(site: Site, desk: Desk) -> None:
    with desk.inside():
        bench = make_bench(desk.people.fernhollow, desk.people.actor(desk.people.bob))
        claim = bench.claim("142.10")
        arrive_and_post(bench, remittance(answer(claim, "0.00", "CO-197 142.10", icn="ICN77")))
    with site.visit(desk.people.bob) as page:
        page.goto("/p/fernhollow/denials/")
        expect(
            page.get_by_text("There was no authorization for this day, or its visits were used up.").first
        ).to_be_visible()
        page.get_by_role("link", name="Theo Lindgren1").click()
        page.get_by_role("link", name="Correct and resend").click()
        expect(page.get_by_text("Goes as a replacement of ICN77")).to_be_visible()
        page.get_by_label("Diagnoses").fill("F41.1")
        page.get_by_label("Authorization number").fill("AUTH-5")
        page.get_by_role("button", name=re.compile("^Correct and resend · ")).click()
        expect(page.get_by_text(re.compile("1 claim is in batch")).first).to_be_visible()
    with desk.inside():
        new = Claim.objects.get(replaces=claim.pk)
        assert (new.frequency, new.payer_control_number, new.authorization_number) == ("7", "ICN77", "AUTH-5")
        assert (new.status, Denial.objects.get().resolution) == ("batched", "resent")
