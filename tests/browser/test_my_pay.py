"""A clinician sees their own calendar, documentation and pay only, and every line of it opens by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.site import COLORS, OF_SMALL_SCREENS, Site, answer, tab_to, violations
from tests.matrix.world import World

pytestmark = pytest.mark.browser
HOME = "/p/fernhollow"
OWN, OTHERS = "Maya Torres", "Owen Hale"
PHONE = ViewportSize(width=390, height=844)
NOT_FOUND, FORBIDDEN = 404, 403


def test_a_clinician_sees_their_own_calendar_documentation_and_pay_only(site: Site, kept_world: World) -> None:
    practice = kept_world.people.fernhollow
    run, dana = kept_world.one(practice, "pay_run"), kept_world.one(practice, "other_clinician")
    with site.visit(kept_world.people.charlie) as page:
        for path in ("/calendar/?view=day&date=2026-11-16", "/documentation/"):
            page.goto(HOME + path)
            expect(page.get_by_text(OWN).first).to_be_visible()
            expect(page.get_by_text(OTHERS)).to_have_count(0)
        page.goto(f"{HOME}/my-pay/")
        expect(page.get_by_role("heading", name="Your pay for November 16–30")).to_be_visible()
        expect(page.get_by_text("Covered the front desk.")).to_be_visible()
        expect(page.get_by_text(OTHERS)).to_have_count(0)
        assert answer(page, f"{HOME}/payroll/runs/{run.pk}/people/{dana.pk}/") == FORBIDDEN
        assert answer(page, f"{HOME}/payroll/runs/{run.pk}/") == FORBIDDEN
    with site.visit(kept_world.people.grace) as page:
        assert answer(page, f"{HOME}/my-pay/{run.pk}/") == NOT_FOUND
    with site.visit(kept_world.people.erin) as page:
        assert answer(page, f"{HOME}/my-pay/") == FORBIDDEN
        assert answer(page, f"{HOME}/payroll/runs/{run.pk}/people/{dana.pk}/") == FORBIDDEN


def test_a_line_opens_by_keyboard_to_its_arithmetic(site: Site, kept_world: World) -> None:
    with site.visit(kept_world.people.charlie) as page:
        page.goto(f"{HOME}/my-pay/")
        expect(page.get_by_text("1.5 × 28.00 = 42")).to_be_hidden()
        tab_to(page, page.locator("#hours summary"))
        page.keyboard.press("Enter")
        expect(page.get_by_text("1.5 × 28.00 = 42")).to_be_visible()
        page.get_by_role("button", name="Nov 16–30").click()
        page.get_by_role("link", name="Oct 1–15").first.click()
        expect(page.get_by_role("heading", name="Your pay for October 1–15")).to_be_visible()
        expect(page.get_by_text("Paid on Oct 30").first).to_be_visible()


def test_explained_pay_breaks_nothing_of_wcag(site: Site, kept_world: World) -> None:
    practice = kept_world.people.fernhollow
    run, charlie = kept_world.one(practice, "pay_run"), kept_world.one(practice, "clinician")
    pages = (
        (kept_world.people.charlie, f"{HOME}/my-pay/"),
        (kept_world.people.alice, f"{HOME}/payroll/runs/{run.pk}/people/{charlie.pk}/"),
        (kept_world.people.grace, f"{HOME}/my-pay/"),
    )
    found: dict[str, list[str]] = {}
    for user, path in pages:
        with site.visit(user) as page:
            page.goto(path)
            for details in page.locator("details").all():
                details.evaluate("part => { part.open = true }")
            found[f"{user} {path}"] = looks(page)
    assert not any(found.values()), found


def looks(page: Page) -> list[str]:
    """Every rule in light, the colors in dark, what matters on a phone; and that nothing scrolls sideways there."""
    wrong = violations(page)
    page.emulate_media(color_scheme="dark")
    wrong += violations(page, COLORS)
    page.set_viewport_size(PHONE)
    wrong += violations(page, OF_SMALL_SCREENS)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append("The page scrolls sideways on a phone.")
    return wrong
