"""An owner writes pay rules and sees what they pay before saving, and types a week of hours by keyboard."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import transaction
from playwright.sync_api import expect

from payroll.models import HoursEntry, PayRule
from practice.tenancy.context import practice_context
from tests.browser.site import Site
from tests.matrix.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
HOME = "/p/fernhollow/payroll"


def test_rules_show_what_they_pay_while_they_are_written(site: Site, world: World) -> None:
    terms = world.one(world.people.fernhollow, "other_rule_set").engagement_id
    with site.visit(world.people.alice) as page:
        page.goto(f"{HOME}/rules/{terms}/new/")
        preview = page.locator("#preview")
        expect(preview).to_contain_text("A $131.22 collected session pays $91.85.")
        page.get_by_label("Share in %").fill("62")
        page.keyboard.press("Tab")
        expect(preview).to_contain_text("A $131.22 collected session pays $81.36.")
        page.get_by_role("button", name="Add a rule").click()
        second = page.get_by_role("group", name="Rule 2")
        second.get_by_label("What is paid").select_option("hourly")
        second.get_by_label("Dollars an hour").fill("28")
        second.get_by_label("Meetings").check()
        expect(preview).to_contain_text("An hour of meetings pays $28.00.")
        page.get_by_role("textbox", name="From", exact=True).fill("2026-12-01")
        page.get_by_role("button", name="Save the new version").click()
        expect(page).to_have_url(re.compile(rf"/rules/{terms}/$"))
        expect(page.locator("#version-2")).to_contain_text("62% of what is collected.")
        expect(page.locator("#version-1")).to_contain_text("Nov 30")
        page.wait_for_load_state("networkidle")
    with transaction.atomic(), practice_context(world.people.fernhollow.pk, phi=True):
        assert PayRule.objects.filter(rule_set__engagement=terms, rule_set__version=2).count() == 2


def test_what_contradicts_stands_beside_its_field(site: Site, world: World) -> None:
    terms = world.one(world.people.fernhollow, "other_rule_set").engagement_id
    with site.visit(world.people.alice) as page:
        page.goto(f"{HOME}/rules/{terms}/new/")
        page.get_by_role("button", name="Add a rule").click()
        page.get_by_role("group", name="Rule 2").get_by_label("Share in %").fill("50")
        page.get_by_role("button", name="Save the new version").click()
        expect(page.get_by_role("group", name="Rule 2")).to_contain_text("would both pay the same")
        expect(page.get_by_role("group", name="Rule 2").get_by_label("Share in %")).to_have_value("50")
        page.wait_for_load_state("networkidle")


def test_a_week_is_typed_by_keyboard(site: Site, world: World) -> None:
    who = world.one(world.people.fernhollow, "clinician").pk
    monday = f"h-{who}-2026-11-16-meeting"
    tuesday = f"h-{who}-2026-11-17-meeting"
    with site.visit(world.people.alice) as page:
        page.goto(f"{HOME}/hours/?week=2026-11-16")
        first = page.locator(f'[name="{monday}"]')
        expect(first).to_have_value("1.5")
        first.focus()
        page.keyboard.type("1:45 Team and charts")
        page.keyboard.press("ArrowRight")
        page.keyboard.type("2")
        page.keyboard.press("Enter")
        expect(page.locator(f"#sum-{who}")).to_have_text("3.75")
        expect(page.locator(f'[name="{monday}"]')).to_have_value("1.75")
        second = page.locator(f'[name="{tuesday}"]')
        second.fill("a lot")
        page.keyboard.press("Enter")
        expect(page.locator(f'[id="e-{tuesday}"]')).to_contain_text("Write hours, as 2.5 or 1:30")
        page.locator(f'[name="{tuesday}"]').fill("")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#toasts")).to_contain_text("2 hours are back.")
        page.wait_for_load_state("networkidle")
    with transaction.atomic(), practice_context(world.people.fernhollow.pk, phi=True):
        rows = HoursEntry.objects.filter(clinician=who, worked_on__gte=dt.date(2026, 11, 16)).order_by("worked_on")
        assert [(str(row.hours), row.note) for row in rows] == [("1.75", "Team and charts"), ("2.00", "")]
