"""What of the biller's pages is easy to break: choosing by keys, the menu, folds after a swap, and paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from billing.models import Claim, ClaimWork
from tests.browser.site import Site, main_button, tab_to, violations
from tests.browser.test_worklists import WORKLIST, Desk, desk

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
RED_GREEN_BLUE = "getComputedStyle(document.querySelector('h1')).color.match(/\\d+/g).map(Number)"


def choose_the_first(page: Page) -> None:
    """J goes to the first row, Space chooses it."""
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press(" ")
    expect(page.get_by_role("checkbox", name=re.compile("^Choose the claim of"))).to_be_checked()


def test_a_rejected_claim_is_chosen_and_sent_again_by_keys(site: Site, desk: Desk) -> None:
    with desk.inside():
        claim = desk.rejected()
    with site.visit(desk.people.bob) as page:
        page.goto(WORKLIST)
        again = page.get_by_role("button", name=re.compile(r"^Send \d again"))
        expect(again).to_be_disabled()
        choose_the_first(page)
        expect(again).to_have_text(re.compile(r"^\s*Send 1 again · \$142\.10\s*$"))
        main_button(page)
        expect(page.get_by_text(re.compile("1 claim is in batch")).first).to_be_visible()
    with desk.inside():
        assert Claim.objects.get(pk=claim.pk).status == "batched"


def test_the_menu_of_a_worklist_opens_acts_and_closes_by_keys(site: Site, desk: Desk) -> None:
    with desk.inside():
        desk.rejected()
    with site.visit(desk.people.bob) as page:
        page.goto(WORKLIST)
        choose_the_first(page)
        more = page.get_by_role("button", name="More")
        tab_to(page, more)
        page.keyboard.press("Enter")
        expect(page.get_by_label("Look again on")).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("Escape")
        expect(page.get_by_label("Look again on")).to_be_hidden()
        expect(more).to_be_focused()
        page.keyboard.press("Enter")
        tab_to(page, page.get_by_role("button", name="Assign"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("row").filter(has_text="Lindgren").get_by_text("Bob Keller")).to_be_visible()
    with desk.inside():
        assert ClaimWork.objects.get().assigned_to_name == "Bob Keller"


def test_a_filter_swaps_the_page_and_choosing_goes_on(site: Site, desk: Desk) -> None:
    with desk.inside():
        desk.rejected()
    with site.visit(desk.people.bob) as page:
        page.goto(WORKLIST)
        page.locator("select[name=who]").select_option("nobody")
        page.wait_for_url(re.compile("who=nobody"))
        expect(page.get_by_role("rowheader", name="1 claim")).to_be_visible()
        choose_the_first(page)
        expect(page.get_by_role("button", name=re.compile(r"^Send 1 again"))).to_be_enabled()
        page.locator("select[name=who]").select_option("mine")
        page.wait_for_url(re.compile("who=mine"))
        expect(page.get_by_role("heading", name="Nothing came back")).to_be_visible()


def test_a_claim_prints_dark_on_light_whatever_the_screen_is(site: Site, desk: Desk) -> None:
    with desk.inside():
        claim = desk.rejected()
    with site.visit(desk.people.bob) as page:
        page.emulate_media(color_scheme="dark")
        page.goto(f"/p/fernhollow/claims/{claim.pk}/")
        page.wait_for_load_state()
        assert min(page.evaluate(RED_GREEN_BLUE)) > 200
        page.emulate_media(color_scheme="dark", media="print")
        assert max(page.evaluate(RED_GREEN_BLUE)) < 60
        for gone in (page.get_by_role("link", name="Correct", exact=True), page.get_by_label("Add a note")):
            expect(gone).to_be_hidden()
