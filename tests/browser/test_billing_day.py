"""An owner bills a day, by mouse and by keyboard: one finding put right in place, one click, the result, and undo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from playwright.sync_api import Page, expect

from billing.day.folding import WHOLE
from practice.tenancy.context import practice_context
from scheduling.models import Attendance
from tests.billing.day.hands import Desk, accounts, status
from tests.browser.site import Site, main_button, tab_to
from tests.people import PASSWORD, make_cast
from tests.practice.accounts.hands import code_of
from tests.scheduling.readiness import made

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
FEE = Decimal("142.10")
PAGE = "/p/fernhollow/billing/2026-11-16/"


@contextmanager
def inside(desk: Desk) -> Iterator[None]:
    with transaction.atomic(), practice_context(desk.practice.pk, phi=True, rates=True):
        yield


@pytest.fixture
def desk(standing_clock: None) -> Desk:
    """Monday with two sessions that are ready, and one of which nobody wrote down when it ended."""
    people = make_cast()
    with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True, rates=True):
        desk = Desk(people, made.practice())
        desk.session()
        desk.session(self_pay=True)
        desk.session(actual_stop=None)
    return desk


def rows(desk: Desk) -> list[Attendance]:
    return list(Attendance.objects.order_by("pk"))


@contextmanager
def held_up(desk: Desk) -> Iterator[None]:
    """The worker waits meanwhile, so that the progress can be seen."""
    with inside(desk):
        Attendance.objects.select_for_update().get(pk=rows(desk)[0].pk)
        yield


def assert_billed(desk: Desk, page: Page) -> None:
    expect(page.get_by_role("heading", name=re.compile(r"3 sessions billed"))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile(r"426\.30"))).to_be_visible()
    with inside(desk):
        assert status(*rows(desk)) == ["confirmed"] * 3
        assert accounts() == {"client_receivable": FEE, "insurer_receivable": 2 * FEE, "revenue": -3 * FEE}


def assert_undone(desk: Desk, page: Page) -> None:
    expect(page.get_by_text("The billing of 3 sessions is undone.").first).to_be_visible()
    with inside(desk):
        assert status(*rows(desk)) == ["held"] * 3
        assert set(accounts().values()) == {Decimal("0.00")}


def sign_in(page: Page, desk: Desk) -> None:
    """With the password, then with what the authenticator shows."""
    alice, secret = desk.people.alice, generate_totp_secret()
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    TOTP.activate(alice, secret)
    page.goto("/account/login/")
    page.get_by_label("Email").fill(alice.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("input[name=code]").fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Billing day").first).to_be_visible()


def test_an_owner_signs_in_and_bills_a_day_by_mouse(site: Site, desk: Desk) -> None:
    with site.visit() as page:
        sign_in(page, desk)
        page.get_by_role("link", name="Billing day").first.click()
        expect(page.get_by_role("heading", name="Monday, November 16")).to_be_visible()
        expect(page.get_by_text("Enter when the session ended.")).to_be_visible()
        page.get_by_role("button", name="Use 9:45 AM").click()
        expect(page.get_by_text("Enter when the session ended.")).to_have_count(0)
        with held_up(desk):
            page.get_by_role("button", name=re.compile(r"^Bill 3 ready sessions")).click()
            expect(page.get_by_role("progressbar", name="Billing")).to_be_visible()
            expect(page.get_by_text("0 of 3", exact=True)).to_be_visible()
        assert_billed(desk, page)
        page.get_by_role("button", name="Undo", exact=True).click()
        assert_undone(desk, page)


def test_an_owner_bills_a_day_by_keyboard_alone(site: Site, desk: Desk) -> None:
    with site.visit(desk.people.alice) as page:
        page.goto(PAGE)
        tab_to(page, page.get_by_label(re.compile(r"^Stop time of")))
        page.keyboard.type("9:45")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=re.compile(r"^Bill 3 ready sessions"))).to_be_visible()
        main_button(page)
        assert_billed(desk, page)
        tab_to(page, page.get_by_role("button", name="Undo", exact=True))
        page.keyboard.press("Enter")
        assert_undone(desk, page)


def test_a_day_with_many_sessions_is_folded_and_billed_in_one_click(site: Site, desk: Desk) -> None:
    with inside(desk):
        for _ in range(WHOLE):
            desk.session()
    with site.visit(desk.people.alice) as page:
        page.goto(PAGE)
        expect(page.get_by_role("button", name=re.compile(rf"^Bill {WHOLE + 2} ready sessions"))).to_be_visible()
        expect(page.locator("#board table")).to_have_count(0)
        tab_to(page, page.get_by_role("button", name="Open Priya Raman"))
        page.keyboard.press("Enter")
        expect(page.get_by_text("Enter when the session ended.")).to_be_visible()
        page.locator("#board input[type=checkbox]:enabled").first.click()
        page.get_by_role("button", name=re.compile(rf"^Bill {WHOLE + 1} ready sessions")).click()
        expect(page.get_by_role("heading", name=re.compile(rf"{WHOLE + 1} sessions billed"))).to_be_visible()
    with inside(desk):
        assert status(*rows(desk)).count("confirmed") == WHOLE + 1
