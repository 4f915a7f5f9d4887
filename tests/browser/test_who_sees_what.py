"""A clinician sees their own calendar and documentation only; another practice's owner sees nothing at all."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.site import Site, answer
from tests.matrix.world import World

pytestmark = pytest.mark.browser
OWN, OTHERS = "Maya Torres", "Owen Hale"
NOT_FOUND, FORBIDDEN = 404, 403
PAGES = (
    "",
    "calendar/",
    "billing/",
    "billing/2026-11-16/",
    "documentation/",
    "clients/",
    "team/",
    "money/",
    "claims/",
    "remittances/",
    "denials/",
    "settings/connections/",
    "reports/",
    "imports/",
    "payroll/",
    "payroll/rules/",
    "my-pay/",
    "api-tokens/",
    "settings/",
)


def test_a_clinician_sees_their_own_calendar_and_documentation_only(site: Site, kept_world: World) -> None:
    practice = kept_world.people.fernhollow
    with site.visit(kept_world.people.charlie) as page:
        page.goto("/p/fernhollow/calendar/?view=day&date=2026-11-16")
        expect(page.get_by_text(OWN).first).to_be_visible()
        expect(page.get_by_text(OTHERS)).to_have_count(0)
        page.goto("/p/fernhollow/documentation/")
        expect(page.get_by_text(OWN).first).to_be_visible()
        expect(page.get_by_text(OTHERS)).to_have_count(0)
        for name, path in (
            ("other_session", "sessions"),
            ("other_attendance", "documentation"),
            ("other_client", "clients"),
        ):
            assert answer(page, f"/p/fernhollow/{path}/{kept_world.one(practice, name).pk}/") == NOT_FOUND
        assert answer(page, "/p/fernhollow/billing/") == FORBIDDEN


def test_another_practices_owner_finds_no_page(site: Site, kept_world: World) -> None:
    practice = kept_world.people.fernhollow
    objects = {"sessions": "session", "documentation": "attendance", "clients": "client", "team": "clinician"}
    objects |= {"claims": "denied_claim", "remittances": "ready_remittance", "payroll/runs": "pay_run"}
    inner = [f"{path}/{kept_world.one(practice, name).pk}/" for path, name in objects.items()]
    with site.visit(kept_world.people.heidi) as page:
        assert answer(page, "/p/rivermark/calendar/") == 200
        for path in (*PAGES, *inner):
            assert answer(page, f"/p/fernhollow/{path}") == NOT_FOUND, path
            expect(page.get_by_text("Fernhollow")).to_have_count(0)
