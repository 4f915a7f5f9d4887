"""A person at a browser: signing in, looking, pressing keys, and what axe-core says of the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

from practice.models import User
from tests.people import NOW, signed_in

MOST_TABS: Final = 120
EVERY_RULE: Final = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLORS: Final = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
OF_SMALL_SCREENS: Final = {
    "type": "rule",
    "values": ["target-size", "scrollable-region-focusable", "color-contrast", "button-name", "link-name", "label"],
}


@dataclass(frozen=True)
class Site:
    """The running pages and the browser that looks at them."""

    address: str
    browser: Browser

    @contextmanager
    def visit(self, user: User | None = None) -> Iterator[Page]:
        """A page of a fresh browser, signed in with both factors; what goes wrong in it fails the test."""
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
        )
        context.clock.set_system_time(NOW)
        if user is not None:
            session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.address}])
        page = context.new_page()
        wrong: list[str] = []
        page.on("console", _keeping(wrong))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        try:
            yield page
            assert not wrong, wrong
        finally:
            context.close()


def _keeping(wrong: list[str]) -> Callable[[ConsoleMessage], None]:
    """Keeps what the browser complains of; that a page answered 403 or 404 is not its complaint but our answer."""

    def keep(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            wrong.append(message.text)

    return keep


def answer(page: Page, path: str) -> int:
    """The status of an address."""
    response = page.goto(path)
    assert response is not None
    return response.status


def violations(page: Page, rules: Mapping[str, object] = EVERY_RULE) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA: rule, and the first places."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {json.dumps([node['html'][:160] for node in one['nodes'][:3]])}" for one in found]


def main_button(page: Page) -> None:
    """Presses the page's main button by its keys, once the scripts that know them have been loaded."""
    page.wait_for_load_state()
    page.keyboard.press("Control+Enter")


def tab_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until the thing has the focus, as somebody without a mouse would."""
    handle = wanted.element_handle()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("thing => document.activeElement === thing", handle):
            return
    raise AssertionError(f"{MOST_TABS} presses of Tab do not reach it.")
