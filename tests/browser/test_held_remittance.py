"""A biller posts what waits: what names no claim is matched, what doubts is let go, what lacks money is set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from billing.models import Claim, ClaimLine, Denial, Remittance
from edi.remittances import model as x12
from practice.tenancy.context import practice_context
from tests.billing.claim_factories import Bench, answer, books, file_of, line, make_bench, remittance
from tests.billing.remittances.hands import arrive, arrive_and_post, take
from tests.billing.remittances.rooms import stranger
from tests.browser.site import Site, main_button, tab_to, violations
from tests.people import Cast, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
LIST = "/p/fernhollow/remittances/"
PAID = {"contractual": "52.17", "payer_clearing": "97.83", "revenue": "-150.00"}
UNPAID = {"insurer_receivable": "150.00", "revenue": "-150.00"}


@dataclass
class Desk:
    """Fernhollow with claims at a payer; everything commits."""

    people: Cast
    bench: Bench

    @contextmanager
    def inside(self) -> Iterator[None]:
        with transaction.atomic(), practice_context(self.people.fernhollow.pk, phi=True, rates=True):
            yield

    def books(self) -> dict[str, str]:
        with self.inside():
            return books()

    def states(self) -> tuple[str, str]:
        """What the claim and its remittance are now."""
        with self.inside():
            return (str(Claim.objects.get().status), str(Remittance.objects.get().status))

    def stranger_arrives(self) -> None:
        """The payer answers $97.83 of $150.00, under no number of ours and another last name."""
        with self.inside():
            arrive(self.bench, remittance(stranger(self.bench.claim("150.00"))))


@pytest.fixture
def desk(site: Site, standing_clock: None) -> Desk:
    people = make_cast()
    with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True, rates=True):
        bench = make_bench(people.fernhollow, people.actor(people.bob))
    return Desk(people, bench)


def open_held(page: Page, reason: str) -> None:
    """From the list, where the reason stands, to the remittance, which says it again and does not post."""
    page.goto(LIST)
    expect(page.get_by_role("row").filter(has_text="Keystone Mutual").get_by_text(reason).first).to_be_visible()
    page.get_by_role("link", name=re.compile("Keystone Mutual")).click()
    expect(page.locator("#holds").get_by_text(reason).first).to_be_visible()
    stopped = page.get_by_role("button", name=re.compile("^Post "))
    expect(stopped).to_have_attribute("aria-disabled", "true")
    expect(stopped).to_have_accessible_description(re.compile(r"^\S"))


def take_back(page: Page, why: str) -> None:
    page.locator("#take-back > summary").click()
    page.locator("#take-back").get_by_label("Why").fill(why)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("The posting of $97.83 is taken back. The remittance is held.").first).to_be_visible()


def test_what_names_no_claim_is_matched_and_posted_and_the_posting_taken_back(site: Site, desk: Desk) -> None:
    desk.stranger_arrives()
    with site.visit(desk.people.bob) as page:
        open_held(page, "1 claim matches no claim of yours")
        expect(page.get_by_text("Member ID, date, code and charge agree; name differs.")).to_be_visible()
        page.get_by_role("button", name=re.compile("^Match to Theo Lindgren1")).click()
        expect(page.get_by_text("Matched to Theo Lindgren1.").first).to_be_visible()
        page.get_by_role("button", name="Post 1 claim · $97.83").click()
        expect(page.get_by_text("$97.83 is posted. Record the deposit when it is in the bank.").first).to_be_visible()
        assert (desk.states(), desk.books()) == (("paid", "posted"), PAID)
        take_back(page, "Another session")
        expect(page.locator("#holds").get_by_text("took its posting back: Another session.")).to_be_visible()
        assert (desk.states(), desk.books()) == (("accepted", "held"), UNPAID)
        page.get_by_role("button", name="I looked: let it go").click()
        page.get_by_role("button", name="Post 1 claim · $97.83").click()
        expect(page.get_by_text("Posted by Bob Keller")).to_be_visible()
    assert (desk.states(), desk.books()) == (("paid", "posted"), PAID)


def test_it_is_matched_taken_back_and_posted_by_keys_alone(site: Site, desk: Desk) -> None:
    desk.stranger_arrives()
    with site.visit(desk.people.bob) as page:
        page.goto(LIST)
        page.wait_for_load_state()
        page.keyboard.press("j")
        expect(page.get_by_role("link", name=re.compile("Keystone Mutual"))).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=re.compile("^Match to Theo Lindgren1"))).to_be_visible()
        page.wait_for_load_state()
        page.keyboard.press("m")
        expect(page.get_by_text("Matched to Theo Lindgren1.").first).to_be_visible()
        page.keyboard.press("Control+z")
        expect(page.get_by_text("The match is taken back.").first).to_be_visible()
        tab_to(page, page.get_by_role("button", name=re.compile("^Match to Theo Lindgren1")))
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Post 1 claim · $97.83")).to_have_class(re.compile("btn-primary"))
        main_button(page)
        expect(page.get_by_text("Posted by Bob Keller")).to_be_visible()
        tab_to(page, page.locator("#take-back > summary"))
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("Another session")
        page.keyboard.press("Enter")
        expect(page.get_by_text("The posting of $97.83 is taken back. The remittance is held.").first).to_be_visible()
    assert (desk.states(), desk.books()) == (("accepted", "held"), UNPAID)


def test_a_line_the_payer_renamed_gets_its_session(site: Site, desk: Desk) -> None:
    with desk.inside():
        claim = desk.bench.claim("150.00", "30.00", codes=("90837", "90785"))
        first, second = ClaimLine.objects.filter(claim=claim).order_by("position")
        odd = replace(line(second, "30.00", by_reference=False), procedure=x12.Procedure("HC", "99999", ()))
        arrive(desk.bench, remittance(answer(claim, "180.00", lines=(line(first, "150.00"), odd))))
    with site.visit(desk.people.bob) as page:
        open_held(page, "These lines fit no line you sent: 99999")
        expect(page.get_by_role("heading", name="Which line is this?")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("button", name="It is this line").click()
        expect(page.get_by_text("The line has its session.").first).to_be_visible()
        page.get_by_role("button", name="Post 1 claim · $180.00").click()
        expect(page.get_by_text("Posted by Bob Keller")).to_be_visible()
    assert desk.states() == ("paid", "posted")


def test_what_does_not_add_up_is_never_posted_and_set_aside_with_undo(site: Site, desk: Desk) -> None:
    with desk.inside():
        whole = file_of(remittance(answer(desk.bench.claim("150.00"), "97.83", "CO-45 52.17")))
        take(desk.bench, whole.replace(b"BPR*I*97.83*", b"BPR*I*90.00*"))
    with site.visit(desk.people.bob) as page:
        open_held(page, "It does not add up.")
        expect(page.get_by_role("button", name="I looked: let it go")).to_have_count(0)
        expect(page.get_by_role("region", name="Does it balance?")).to_contain_text("$7.83 is")
        page.locator("#aside > summary").click()
        page.locator("#aside").get_by_label("Why").fill("The payer sends it anew")
        page.get_by_role("button", name="Set aside").click()
        expect(page.get_by_text("The remittance is set aside. Nothing of it was posted.").first).to_be_visible()
        page.get_by_role("button", name=re.compile("^Undo")).click()
        expect(page.get_by_text("The remittance is back: held.").first).to_be_visible()
    assert (desk.states(), desk.books()) == (("sent", "held"), UNPAID)


def test_what_a_second_remittance_says_under_a_number_is_let_go_by_a_person(site: Site, desk: Desk) -> None:
    with desk.inside():
        arrive_and_post(desk.bench, remittance(answer(desk.bench.claim("90.00"), "90.00")))
        refused = answer(desk.bench.claim("150.00"), "0.00", "CO-197 150.00")
        arrive(desk.bench, remittance(refused, answer(desk.bench.claim("60.00"), "60.00")), control=2)
    with site.visit(desk.people.bob) as page:
        page.goto(f"{LIST}?group=held")
        page.get_by_role("link", name=re.compile("Keystone Mutual")).click()
        expect(page.get_by_text("Compare it with the other one under this number")).to_be_visible()
        page.get_by_role("button", name="I looked: let it go").click()
        expect(page.get_by_text("Let go. It is ready to post.").first).to_be_visible()
        expect(page.locator("#holds").get_by_text("Let go by Bob Keller")).to_be_visible()
        page.get_by_role("button", name="Post 2 claims · $60.00").click()
        expect(page.get_by_text("Posted by Bob Keller")).to_be_visible()
    with desk.inside():
        assert str(Denial.objects.get().amount) == "150.00"
