"""An owner runs payroll: opens the period, has it computed, enters an overtime premium, approves; by mouse and keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from payroll.models import ManualLine, PayRun
from practice.models import PracticePayer
from practice.tenancy.context import practice_context
from tests.browser.site import Site, main_button, tab_to
from tests.browser.test_axe import DESK, looks
from tests.payroll.desk import Desk
from tests.payroll.pages.runs.room import Room
from tests.people import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
HOME = "/p/fernhollow/payroll/"
OVER = "Ben Okafor: 1.5 hours over 40 in the week of Nov 1"


@contextmanager
def inside(practice: Any) -> Iterator[None]:
    with transaction.atomic(), practice_context(practice.pk, phi=True, rates=True):
        yield


@pytest.fixture
def room(site: Site, standing_clock: None) -> Room:
    """Nov 1–15 is over: Ana is paid $60.00 of $100.00, Dana's $40.00 are held, Ben worked 41.5 hours in a week."""
    people = make_cast()
    with inside(people.fernhollow):
        payer = PracticePayer.objects.create(name="Keystone Mutual", payer_id="KEY01")
        desk = Desk(people.fernhollow, people.actor(people.alice), payer)
    room = Room(desk, people, inside)
    who = room.staff()
    room.schedule()
    room.paid(who["ana"], "100.00")
    room.paid(who["dana"], "80.00", 4)
    for day in range(2, 7):
        room.hours(who["ben"], day, "8.30")
    return room


def run(room: Room) -> PayRun:
    with room.open():
        return PayRun.objects.get()


def assert_approved(room: Room, page: Page) -> None:
    expect(page.get_by_text("Approved: $905.75 to 2 people.").first).to_be_visible()
    expect(page.get_by_role("region", name="Make files")).to_contain_text("Approved by Alice Moreau")
    found = run(room)
    assert (found.status, str(found.gross), str(found.held)) == ("approved", "905.75", "40.00")
    with room.open():
        row = ManualLine.objects.get()
    assert (row.kind, str(row.amount), str(row.hours), str(row.workweek_starts_on)) == (
        "overtime",
        "15.75",
        "1.50",
        "2026-11-01",
    )


def assert_fine(page: Page) -> None:
    """Nothing is wrong with the page in light, in dark and on a phone; then it is as wide as before."""
    assert looks(page) == []
    page.set_viewport_size(DESK)


def test_an_owner_runs_payroll_and_no_page_of_it_breaks_wcag(site: Site, room: Room) -> None:
    with site.visit(room.people.alice) as page:
        page.goto(HOME)
        assert_fine(page)
        page.get_by_role("button", name="Open the run").click()
        expect(page.get_by_role("heading", name="Pay run, November 1–15")).to_be_visible()
        expect(page.get_by_text("Not figured yet").first).to_be_visible()
        assert_fine(page)
        page.get_by_role("button", name="Compute the run").click()
        expect(page.get_by_role("link", name="Enter the premium").last).to_be_visible()
        expect(page.get_by_text("Lines, people and total agree, to the cent")).to_be_visible()
        expect(page.get_by_role("button", name="Approve 2 people")).to_be_disabled()
        assert_fine(page)
        page.get_by_role("link", name="Enter the premium").last.click()
        expect(page.get_by_label("A day of the workweek")).to_have_value("2026-11-01")
        assert_fine(page)
        page.get_by_label("Amount").fill("$15.75")
        page.get_by_label("Reason").fill("1.5 hours above 40 at half of $21.00")
        page.get_by_role("button", name="Add the amount").click()
        expect(page.get_by_text("Something changed since this run was computed")).to_be_visible()
        page.get_by_role("button", name=re.compile("^Undo")).click()
        expect(page.get_by_text("Ben Okafor: $15.75 is removed. Compute the run again.").first).to_be_visible()
        page.get_by_role("button", name=re.compile("^Undo")).click()
        expect(page.get_by_text("$15.75 is back. Compute the run again.").first).to_be_visible()
        page.get_by_role("button", name="Compute again").click()
        page.get_by_role("button", name="Approve 2 people · $905.75").click()
        assert_approved(room, page)
        assert_fine(page)
        page.get_by_role("button", name="Withdraw the approval").click()
        page.get_by_role("dialog").get_by_label("Why").fill("Ben’s hours are wrong")
        page.get_by_role("dialog").get_by_role("button", name="Withdraw the approval").click()
        expect(page.get_by_text("Ben’s hours are wrong, Alice Moreau")).to_be_visible()
        assert run(room).status == "computed"


def test_an_owner_runs_payroll_by_keyboard_alone(site: Site, room: Room) -> None:
    with site.visit(room.people.alice) as page:
        page.goto(HOME)
        tab_to(page, page.get_by_role("button", name="Open the run"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Compute the run")).to_be_visible()
        main_button(page)
        expect(page.get_by_text(OVER).last).to_be_visible()
        main_button(page)
        amount = page.get_by_label("Amount")
        expect(amount).to_be_visible()
        tab_to(page, amount)
        page.keyboard.type("15.75")
        tab_to(page, page.get_by_label("Reason"))
        page.keyboard.type("1.5 hours above 40")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Compute again")).to_be_visible()
        main_button(page)
        expect(page.get_by_role("button", name=re.compile("^Approve 2 people"))).to_be_enabled()
        main_button(page)
        assert_approved(room, page)
