"""A biller verifies the insurance of a new client, with a real sandbox payer behind a real worker."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from billing.models import EligibilityCheck
from clients.models import Client
from practice.models import PayerEnrollment, PracticePayer
from tests.billing.claims.hands import connect
from tests.billing.eligibility.hands import book
from tests.billing.sending.hands import Line, lay
from tests.browser.site import Site, violations
from tests.people import NOW
from tests.sandbox.running import running
from tests.scheduling.readiness import made

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
TOMORROW = NOW + dt.timedelta(days=1)


@pytest.fixture
def line(site: Site, standing_clock: None, tmp_path: Path) -> Iterator[Line]:
    """A new client without insurance, who comes tomorrow, and a payer that can be asked."""
    with running(tmp_path / "sandbox") as payer:
        line = lay(payer)
        with line.inside():
            api = {"port": payer.facts["http_port"], "password": "sandbox-key-caseload", "submitter_id": "FERNAPI"}
            connect(name="Sandbox API", layout="sandbox_api", is_default=False, **api)
            PracticePayer.objects.update(payer_id="KEYM1")
            PayerEnrollment.objects.create(payer=line.post.made["payer"], transaction="270", since=made.KEPT)
            Client.objects.create(
                number=7, first_name="Nora", last_name="Whitcomb", date_of_birth=dt.date(1990, 4, 2), sex="F"
            )
        yield line


def test_a_biller_verifies_a_new_clients_insurance(site: Site, line: Line) -> None:
    with line.inside():
        number = Client.objects.get(number=7).pk
    with site.visit(line.post.people.bob) as page:
        page.goto(f"/p/fernhollow/clients/{number}/coverage/")
        page.get_by_role("link", name="Add coverage").first.click()
        page.get_by_label("Payer", exact=True).select_option(label="Keystone Mutual")
        page.get_by_label("Member ID").fill("KM1234567")
        page.get_by_role("button", name=re.compile("^Save")).click()
        said = page.get_by_text(re.compile(r"active; copay \$25\.00.*in network"))
        expect(said).to_be_visible(timeout=20_000)
        expect(page.get_by_text("Figures for mental health (MH).")).to_be_visible()
        expect(page.get_by_text("The copay is $25.00; the coverage on record has none.")).to_be_visible()
        page.get_by_role("link", name="Look and decide").click()
        assert violations(page) == []
        page.get_by_role("button", name="Use $25.00").click()
        page.get_by_text("Show all").click()
        expect(page.get_by_text(re.compile(r"^Copay; a fixed amount per visit: \$25\.00")).first).to_be_visible()
        page.get_by_role("button", name="It is looked at").click()
        expect(page.locator("#toasts").get_by_text("It is looked at and leaves Today.")).to_be_visible()
    with line.inside():
        row = EligibilityCheck.objects.get(is_current=True)
        assert (row.reason, row.outcome, str(row.coverage.copay)) == ("added", "active", "25.00")


def test_a_scheduler_verifies_the_week(site: Site, line: Line) -> None:
    with line.inside():
        for number in (21, 22):
            book(line.post.made, made.client(number, line.post.made["payer"]), TOMORROW)
    with site.visit(line.post.people.frank) as page:
        page.goto("/p/fernhollow/eligibility/")
        page.get_by_label("All clients on this page").check()
        page.get_by_role("button", name="Verify 2 clients").click()
        expect(page.get_by_text("2 verified: 2 active")).to_be_visible(timeout=20_000)
        assert violations(page) == []
