"""An accountant finds the approved run, takes Gusto's file of it, and sees nothing else of the practice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from payroll import services
from payroll.models import ExportFile, PayRun
from practice import files
from practice.tenancy.context import practice_context
from tests.browser.site import Site
from tests.browser.test_axe import looks
from tests.matrix import worlds  # noqa: F401 - registers the builders
from tests.matrix.world import World, make_world
from tests.people import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
FORBIDDEN = {403, 404}
HOME = "/p/fernhollow/"
SEEN = ["Today", "Payroll"]
CLOSED = (
    "calendar/",
    "billing/",
    "billing/2026-11-16/",
    "documentation/",
    "documentation/{attendance}/",
    "clients/",
    "clients/{client}/",
    "sessions/{session}/",
    "claims/",
    "claims/{sent_claim}/",
    "remittances/",
    "remittances/{held_remittance}/",
    "denials/",
    "money/",
    "reports/",
    "team/",
    "team/{clinician}/",
    "members/",
    "settings/",
    "settings/connections/",
    "settings/payers/",
    "settings/imports/",
    "my-pay/",
    "my-pay/{approved_run}/",
    "payroll/rules/",
    "payroll/hours/",
    "payroll/schedules/",
    "payroll/runs/{approved_run}/people/{clinician}/",
)


@pytest.fixture
def world(standing_clock: None) -> World:
    """Charlie is entered at Gusto, which the approved run needs."""
    world = make_world(make_cast())
    with inside(world):
        alice, charlie = world.people.actor(world.people.alice), world.one(world.people.fernhollow, "clinician")
        services.map_payee(actor=alice, clinician_id=charlie.pk, target="gusto", external_id="c7Hn3q")
    return world


@contextmanager
def inside(world: World) -> Iterator[None]:
    with transaction.atomic(), practice_context(world.people.fernhollow.pk, phi=True, rates=True):
        yield


def approved(world: World) -> PayRun:
    run = world.one(world.people.fernhollow, "approved_run")
    assert isinstance(run, PayRun)
    return run


def open_the_run(page: Page, run: PayRun) -> None:
    page.goto(HOME)
    page.locator(".side").get_by_role("link", name="Payroll").click()
    page.locator(f'a[href^="{HOME}payroll/runs/{run.pk}/"]').first.click()
    page.goto(f"{HOME}payroll/runs/{run.pk}/?files=gusto")


def test_an_accountant_takes_the_file_of_an_approved_run(site: Site, world: World) -> None:
    run = approved(world)
    with site.visit(world.people.erin) as page:
        open_the_run(page, run)
        name = page.locator("#file-gusto h3").inner_text()
        assert not looks(page)
        page.set_viewport_size({"width": 1440, "height": 900})
        with page.expect_download() as download:
            page.get_by_role("button", name="Make it and export the run").first.click()
        assert download.value.suggested_filename == name
        with inside(world):
            kept = ExportFile.objects.select_related("file").get(run=run)
            assert Path(download.value.path()).read_bytes() == files.read(kept.file)
            run.refresh_from_db()
            assert (run.status, kept.target, kept.made_by_name) == (
                "exported",
                "gusto",
                world.people.actor(world.people.erin).name,
            )
        expect(page.get_by_text("The run is exported.").first).to_be_visible()
        assert "made=" not in page.url
        with page.expect_download() as again:
            page.get_by_role("link", name="Download again").click()
        assert Path(again.value.path()).read_bytes() == Path(download.value.path()).read_bytes()
        assert not looks(page)


def test_an_accountant_sees_nothing_else(site: Site, world: World) -> None:
    practice, run = world.people.fernhollow, approved(world)
    ids = {
        name: world.one(practice, name).pk for name in ("attendance", "client", "session", "sent_claim", "clinician")
    }
    ids |= {"held_remittance": world.one(practice, "held_remittance").pk, "approved_run": run.pk}
    with site.visit(world.people.erin) as page:
        page.goto(f"{HOME}payroll/runs/{run.pk}/")
        entries = [" ".join(text.split()) for text in page.locator(".side nav a").all_inner_texts()]
        assert [entry.split(" ")[0] for entry in entries] == SEEN
        for client in ("Maya Torres", "Owen Hale"):
            expect(page.get_by_text(client)).to_have_count(0)
        assert page.locator(f'a[href*="/people/{ids["clinician"]}/"]').count() == 0
        for path in CLOSED:
            response = page.goto(HOME + path.format(**ids))
            assert response is not None
            assert response.status in FORBIDDEN, f"{path}: {response.status}"


def test_an_accountant_reads_the_numbers_and_a_provider_page_breaks_no_rule(site: Site, world: World) -> None:
    with site.visit(world.people.erin) as page:
        for path in ("payroll/providers/", "payroll/providers/gusto/", "payroll/providers/adp_run/"):
            page.goto(HOME + path)
            expect(page.get_by_role("button", name="Save")).to_have_count(0)
            assert not looks(page), path
    with site.visit(world.people.alice) as page:
        for path in ("payroll/providers/gusto/", "payroll/providers/generic/?show=missing"):
            page.goto(HOME + path)
            assert not looks(page), path


def test_numbers_are_entered_row_by_row_from_the_keyboard(site: Site, world: World) -> None:
    with site.visit(world.people.alice) as page:
        page.goto(f"{HOME}payroll/providers/adp_run/")
        missing = page.locator("[data-payee] .missing")
        before = missing.count()
        missing.first.fill("x" * 16)
        page.keyboard.press("Enter")
        expect(
            page.get_by_text("A number at ADP RUN has at most 15 letters or digits, without spaces.")
        ).to_be_visible()
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type("000101")
        page.keyboard.press("Enter")
        expect(page.locator("#toasts").get_by_text("is saved for ADP RUN.")).to_be_visible()
        expect(missing).to_have_count(before - 1)
