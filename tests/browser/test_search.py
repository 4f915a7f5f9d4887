"""The search in the bar by keyboard alone: slash or Control-K, words, arrows, Enter, Escape; and by axe-core."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.site import Site
from tests.browser.test_axe import looks
from tests.matrix.world import World

pytestmark = pytest.mark.browser


def _entry(page: Page) -> Locator:
    return page.locator("#search input[type=search]")


def _hits(page: Page) -> Locator:
    return page.locator("#found a")


def _typed(page: Page, words: str) -> None:
    page.keyboard.type(words)
    expect(page.locator(f'#found [data-for="{words}"]')).to_be_attached()


def test_a_client_is_opened_by_keyboard(site: Site, kept_world: World) -> None:
    with site.visit(kept_world.people.alice) as page:
        page.goto("/p/fernhollow/")
        page.keyboard.press("/")
        expect(_entry(page)).to_be_focused()
        _typed(page, "torres")
        expect(_hits(page).first).to_contain_text("Torres")
        page.keyboard.press("ArrowDown")
        expect(_hits(page).first).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(_entry(page)).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/p/fernhollow/clients/\d+/$"))


def test_control_k_opens_it_and_escape_closes_it(site: Site, kept_world: World) -> None:
    with site.visit(kept_world.people.frank) as page:
        page.goto("/p/fernhollow/calendar/")
        page.keyboard.press("Control+k")
        _typed(page, "zzz")
        expect(page.locator("#found")).to_contain_text("Nothing you may open is called “zzz”.")
        page.keyboard.press("Escape")
        expect(page.locator("#search")).not_to_be_visible()
        assert "zzz" not in page.url


def test_enter_before_the_answer_opens_the_first_of_what_was_typed(site: Site, kept_world: World) -> None:
    with site.visit(kept_world.people.alice) as page:
        page.goto("/p/fernhollow/")
        page.keyboard.press("/")
        page.keyboard.type("remittances")
        page.keyboard.press("Enter")
        page.wait_for_url("**/p/fernhollow/remittances/")


def test_it_can_be_used_by_everybody(site: Site, kept_world: World) -> None:
    with site.visit(kept_world.people.alice) as page:
        page.goto("/p/fernhollow/")
        page.locator("[data-opens=search]").click()
        _typed(page, "torres")
        assert looks(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        expect(_hits(page).first).to_be_visible()
