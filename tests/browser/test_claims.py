"""An owner bills a day, sees its claims wait, sends them now, and the sandbox payer has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.billing.sending.hands import Line, lay
from tests.browser.site import Site
from tests.sandbox.running import running

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


@pytest.fixture
def line(site: Site, standing_clock: None, tmp_path: Path) -> Iterator[Line]:
    """Monday with two sessions that are ready, and a connection to a sandbox payer that runs."""
    with running(tmp_path / "sandbox") as payer:
        line = lay(payer)
        with line.inside():
            line.post.session()
            line.post.session()
        yield line


def test_an_owner_sees_the_batch_wait_and_sends_it_now(site: Site, line: Line) -> None:
    with site.visit(line.post.people.alice) as page:
        page.goto("/p/fernhollow/billing/2026-11-16/")
        page.get_by_role("button", name=re.compile(r"^Bill 2 ready sessions")).click()
        expect(page.get_by_role("heading", name=re.compile(r"2 sessions billed"))).to_be_visible()
        page.goto("/p/fernhollow/claims/")
        expect(page.get_by_text(re.compile(r"^Batch \d+ leaves at 10:32 AM"))).to_be_visible()
        expect(page.get_by_text("2 claims for $284.20 through Sandbox payer.")).to_be_visible()
        assert line.claims() == {"batched"}
        page.get_by_role("button", name="Send now").click()
        page.get_by_role("link", name="Batches", exact=True).first.click()
        page.get_by_role("link", name=re.compile(r"^Batch \d+")).click()
        expect(page.get_by_role("definition").first).to_have_text("Sent", timeout=15_000)
        expect(page.get_by_role("button", name="Hold back")).to_have_count(0)
    assert line.claims() == {"sent"}
    assert len(line.received()) == 1


def test_an_owner_holds_a_batch_back(site: Site, line: Line) -> None:
    with site.visit(line.post.people.alice) as page:
        page.goto("/p/fernhollow/billing/2026-11-16/")
        page.get_by_role("button", name=re.compile(r"^Bill 2 ready sessions")).click()
        expect(page.get_by_role("heading", name=re.compile(r"2 sessions billed"))).to_be_visible()
        page.goto("/p/fernhollow/claims/")
        page.get_by_role("button", name="Hold back").click()
        expect(page.get_by_text(re.compile(r"leaves at 10:32 AM"))).to_have_count(0)
    assert line.claims() == {"ready"}
    assert line.received() == []
