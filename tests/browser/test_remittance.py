"""A biller posts a remittance that arrived as an 835 file, records its deposit, and works the denial in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from billing.inbound.services import receive
from billing.models import Claim, Denial, InboundFile, Remittance
from practice.tenancy.context import practice_context
from tests.billing.claim_factories import Bench, answer, books, file_of, make_bench, remittance
from tests.browser.site import Site
from tests.people import Cast, make_cast
from tests.processes import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
LIST = "/p/fernhollow/remittances/"


@dataclass
class Post:
    """Fernhollow with three claims at the payer; everything commits."""

    people: Cast
    bench: Bench
    claims: list[Claim]

    @contextmanager
    def inside(self) -> Iterator[None]:
        with transaction.atomic(), practice_context(self.people.fernhollow.pk, phi=True, rates=True):
            yield

    def arrive(self, content: bytes) -> None:
        """Takes a file in; the worker reads it."""
        with self.inside():
            row = receive(
                content,
                name="keystone.835",
                source=InboundFile.Source.CONNECTION,
                connection=self.bench.connection,
                actor=self.bench.biller,
                practice=self.people.fernhollow,
            )
        wait_until(lambda: self.status_of(row) != InboundFile.Status.STORED, "the file to be read")
        assert self.status_of(row) == InboundFile.Status.READ

    def status_of(self, row: InboundFile) -> str:
        with self.inside():
            return str(InboundFile.objects.get(pk=row.pk).status)


@pytest.fixture
def post(site: Site, standing_clock: None) -> Post:
    """The payer pays the first claim, leaves a copay of the second, and refuses the third as filed too late."""
    people = make_cast()
    with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True, rates=True):
        bench = make_bench(people.fernhollow, people.actor(people.bob))
        claims = [bench.claim("142.10", copay=copay) for copay in ("0.00", "25.00", "0.00")]
        content = file_of(
            remittance(
                answer(claims[0], "104.25", "CO-45 37.85"),
                answer(claims[1], "79.25", "CO-45 37.85, PR-3 25.00"),
                answer(claims[2], "0.00", "CO-29 142.10", status="4"),
            )
        )
    made = Post(people, bench, claims)
    made.arrive(content)
    return made


def post_it(page: Page) -> None:
    page.goto(LIST)
    expect(page.get_by_text("Ready to post").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Keystone Mutual")).click()
    expect(page.get_by_role("heading", name="Keystone Mutual, $183.50")).to_be_visible()
    page.get_by_role("button", name="Post 3 claims · $183.50").click()
    expect(page.get_by_text("$183.50 is posted. Record the deposit when it is in the bank.").first).to_be_visible()


def deposit_it(page: Page, amount: str) -> None:
    page.get_by_label("Amount on the bank statement").fill(amount)
    page.get_by_label("Day of the deposit").fill("2026-11-17")
    page.get_by_role("button", name="Record the deposit").click()


def work_the_denial(page: Page) -> None:
    page.goto("/p/fernhollow/denials/")
    expect(page.get_by_role("rowheader", name="1 denial")).to_be_visible()
    page.get_by_role("link", name="Theo Lindgren3").click()
    expect(page.get_by_role("heading", name="$142.10 refused")).to_be_visible()
    expect(page.get_by_text("The claim arrived after the payer's filing deadline").first).to_be_visible()
    page.get_by_label("Look again on").fill("2026-12-01")
    page.get_by_role("button", name="Wait until then").click()
    expect(page.get_by_text("Dec 1").first).to_be_visible()


def test_a_biller_posts_a_remittance_and_works_a_denial(site: Site, post: Post) -> None:
    with site.visit(post.people.bob) as page:
        post_it(page)
        with post.inside():
            assert books() == {
                "client_receivable": "25.00",
                "contractual": "75.70",
                "insurer_receivable": "142.10",
                "payer_clearing": "183.50",
                "revenue": "-426.30",
            }
        deposit_it(page, "183.05")
        expect(page.get_by_text("This remittance has $183.50 to deposit, not $183.05.").first).to_be_visible()
        deposit_it(page, "183.50")
        expect(page.get_by_text("The deposit of $183.50 is recorded.").first).to_be_visible()
        work_the_denial(page)
        with post.inside():
            assert Denial.objects.get().status == "waiting"
        page.locator("summary", has_text="Write off").click()
        note = page.locator("form", has=page.get_by_role("button", name="Write it off")).get_by_label("Note")
        note.fill("Filed late by us")
        page.get_by_role("button", name="Write it off").click()
        expect(page.get_by_text("Written off").first).to_be_visible()
    with post.inside():
        assert (Remittance.objects.get().status, Denial.objects.get().resolution) == ("posted", "written_off")
        assert books() == {
            "bank": "183.50",
            "client_receivable": "25.00",
            "contractual": "75.70",
            "revenue": "-426.30",
            "write_off": "142.10",
        }


def test_the_contract_keeps_a_refused_amount_from_the_client(site: Site, post: Post) -> None:
    with site.visit(post.people.bob) as page:
        post_it(page)
        page.goto("/p/fernhollow/denials/")
        page.get_by_role("link", name="Theo Lindgren3").click()
        page.locator("summary", has_text="Move to the client").click()
        expect(page.get_by_text("so the client may not be asked for it")).to_be_visible()
        expect(page.get_by_role("button", name="Move to the client")).to_have_count(0)
