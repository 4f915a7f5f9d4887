"""No main page breaks WCAG 2.2 AA by what axe-core can see; the long tests look in the dark and on a phone too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.site import COLORS, OF_SMALL_SCREENS, Site, violations
from tests.matrix.world import World

pytestmark = pytest.mark.browser
WEEK = "calendar/?view=week&date=2026-11-16"
PAGES = {
    "door": ("", ("/account/login/", "/account/password/reset/")),
    "calendar": (
        "alice",
        (
            "",
            "calendar/?view=day&date=2026-11-16",
            WEEK,
            "calendar/?view=month&date=2026-11-16",
            "calendar/?view=list&date=2026-11-16",
            "sessions/new/",
            "sessions/{session}/",
            "sessions/{group_session}/",
        ),
    ),
    "billing": (
        "alice",
        (
            "billing/2026-11-16/",
            "billing/open/",
            "billing/2026-11-16/add/",
            "money/",
            "clients/{client}/money/",
            "documentation/",
            "documentation/{cosign_attendance}/",
        ),
    ),
    "desk": (
        "alice",
        (
            "",
            "reports/?period=quarter",
            "reports/?period=quarter&by=payer",
            "reports/?period=custom&first=2026-10-01&last=2026-11-30",
            "reports/rows/?period=quarter&figure=billed",
            "reports/aging/",
            "reports/aging/rows/",
            "reports/payers/",
            "reports/payers/claims/",
            "today/authorizations/",
            "today/coverage/",
        ),
    ),
    "claims": (
        "alice",
        (
            "claims/",
            "claims/?group=ready",
            "claims/rejected/",
            "claims/unbilled/",
            "claims/holds/",
            "claims/missing/",
            "claims/batches/",
            "claims/batches/{waiting_batch}/",
            "claims/batches/{made_batch}/",
            "claims/{ready_claim}/hold/",
            "billing/sessions/{attendance}/hold/",
            "claims/{rejected_claim}/correct/",
            "claims/{denied_claim}/replace/",
            "claims/{denied_claim}/instead/",
        ),
    ),
    "claims in each state": (
        "bob",
        tuple(
            f"claims/{{{name}}}/"
            for name in (
                "draft_claim",
                "ready_claim",
                "batched_claim",
                "sent_claim",
                "rejected_claim",
                "accepted_claim",
                "denied_claim",
                "withdrawn_claim",
                "answered_first",
                "passed_on_claim",
                "stale_claim",
                "waiting_first",
            )
        ),
    ),
    "connections": (
        "alice",
        (
            "settings/connections/",
            "settings/connections/add/",
            "settings/connections/times/",
            "settings/connections/{connection}/",
            "settings/connections/{connection}/change/",
            "settings/connections/{connection}/key/paste/",
            "settings/connections/{connection}/late/999/",
            "settings/connections/{connection}/files/",
            "settings/connections/{connection}/unassigned/",
            "settings/connections/{keyed_connection}/",
            "settings/connections/{confirmed_connection}/",
            "settings/connections/{offered_connection}/",
            "settings/connections/{through_connection}/",
        ),
    ),
    "remittances": (
        "bob",
        (
            "remittances/",
            "remittances/{ready_remittance}/",
            "remittances/{held_remittance}/",
            "remittances/{posted_remittance}/",
            "remittances/{doubted_remittance}/",
            "remittances/{aside_remittance}/",
            "remittances/{posted_remittance}/copy/",
            "remittances/balances/",
            "remittances/balances/?group=other",
            "remittances/balances/letter/",
            "remittances/balances/{taken_back}/",
            "remittances/balances/{disputed_takeback}/",
            "remittances/deposits/",
            "remittances/names/",
            "remittances/paper/",
            "remittances/paper/{paper_draft}/",
            "remittances/answers/",
            "remittances/answers/upload/",
            "remittances/answers/unmatched/",
            "remittances/answers/{read_answer}/",
            "remittances/answers/{unreadable_answer}/",
            "remittances/answers/parts/{lost_part}/",
            "denials/",
            "denials/?group=resolved",
            "denials/{open_denial}/",
            "denials/{resolved_denial}/",
            "settings/adjustment-codes/",
            "settings/adjustment-codes/decide/",
        ),
    ),
    "eligibility": (
        "frank",
        (
            "eligibility/",
            "eligibility/?group=changed",
            "eligibility/{eligibility_check}/",
            "eligibility/{waiting_check}/",
        ),
    ),
    "clients": (
        "alice",
        (
            "clients/",
            "clients/add/",
            "clients/{client}/",
            "clients/{client}/coverage/",
            "clients/{client}/diagnoses/",
            "clients/{client}/sessions/",
        ),
    ),
    "practice": (
        "alice",
        (
            "team/",
            "team/{clinician}/",
            "team/{clinician}/papers/",
            "team/enrollment/",
            "members/",
            "settings/",
            "settings/identity/",
            "settings/services/",
            "settings/payers/",
            "settings/payers/directory/",
            "settings/payers/{payer}/",
            "settings/payers/{payer}/rules/",
            "settings/rooms/",
            "settings/eligibility/",
        ),
    ),
    "payroll": (
        "alice",
        (
            "payroll/",
            "payroll/off-cycle/",
            "payroll/runs/{pay_run}/",
            "payroll/runs/{draft_run}/",
            "payroll/runs/{approved_run}/",
            "payroll/runs/{exported_run}/",
            "payroll/runs/{pay_run}/by-hand/",
        ),
    ),
    "pay rules": (
        "alice",
        (
            "payroll/rules/",
            "payroll/rules/{engagement}/",
            "payroll/rules/{engagement}/new/",
            "payroll/rules/versions/{free_rule_set}/",
            "payroll/schedules/",
            "payroll/schedules/new/",
            "payroll/hours/?week=2026-11-16",
            "payroll/hours/{clinician}/2026-11-16/",
            "payroll/hours/list/?month=2026-10",
        ),
    ),
    "clinician": ("charlie", ("", WEEK, "documentation/", "documentation/{attendance}/", "clients/", "attest/")),
}
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


class _Ids(dict[str, object]):
    """The id of each object of Fernhollow's by its name."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __missing__(self, name: str) -> object:
        return self._world.one(self._world.people.fernhollow, name).pk


def looks(page: Page) -> list[str]:
    """What is wrong in light, with the colors of dark, and with what is shown on a phone."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in violations(page, COLORS)]
    page.set_viewport_size(PHONE)
    return found + [f"phone: {one}" for one in violations(page, OF_SMALL_SCREENS)]


@pytest.mark.parametrize("part", PAGES)
def test_no_main_page_breaks_wcag(site: Site, kept_world: World, part: str) -> None:
    walk(site, kept_world, part, violations)


@pytest.mark.long
@pytest.mark.parametrize("part", PAGES)
def test_no_main_page_breaks_wcag_in_the_dark_or_on_a_phone(site: Site, kept_world: World, part: str) -> None:
    walk(site, kept_world, part, looks)


def walk(site: Site, kept_world: World, part: str, look: Callable[[Page], list[str]]) -> None:
    """Opens each page of a part and looks at it."""
    persona, paths = PAGES[part]
    found = {}
    with site.visit(getattr(kept_world.people, persona) if persona else None) as page:
        for path in paths:
            where = f"/p/fernhollow/{path}".format_map(_Ids(kept_world)) if persona else path
            response = page.goto(where)
            assert response is not None
            assert response.ok, f"{where}: {response.status}"
            if page.locator("[data-calendar]").count():
                page.wait_for_load_state("networkidle")
            if wrong := look(page):
                found[where] = wrong
    assert not found, "\n".join("\n    ".join([path, *wrong]) for path, wrong in found.items())


def test_what_breaks_it_is_found(site: Site, kept_world: World) -> None:
    with site.visit(kept_world.people.alice) as page:
        page.goto("/p/fernhollow/clients/")
        page.evaluate("document.querySelector('main').innerHTML += '<img src=\"/static/none.png\">'")
        assert [one.partition(":")[0] for one in looks(page)] == ["image-alt"]
