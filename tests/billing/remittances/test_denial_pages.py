"""The pages about denials in a browser."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.models import Claim, Denial
from practice import states
from practice.models import AuditEvent
from tests.billing.claim_factories import Bench, answer, books, make_bench, remittance
from tests.billing.remittances.hands import arrive_and_post
from tests.people import Cast, signed_in

SLUG = "fernhollow"


@pytest.fixture
def bench(people: Cast, inside: Any) -> Bench:
    with inside(people.fernhollow):
        return make_bench(people.fernhollow, people.actor(people.bob))


@pytest.fixture
def bob(people: Cast) -> Browser:
    return signed_in(people.bob)


def url(name: str, *ids: int) -> str:
    return reverse(name, args=[SLUG, *ids])


def deny(bench: Bench, taken: str, *, file_by: dt.date | None = None, trace: str = "EFT1", control: int = 1) -> Denial:
    """A claim of $150.00 that the payer refused, in a posted remittance."""
    claim = bench.claim("150.00", copay="25.00")
    Claim.objects.filter(pk=claim.pk).update(file_by=file_by)
    arrive_and_post(bench, remittance(answer(claim, "0.00", taken), trace=trace), control=control)
    return Denial.objects.get(claim=claim)


def test_the_worst_clock_comes_first(bench: Bench, bob: Browser, inside: Any) -> None:
    with inside(bench.practice):
        later = deny(bench, "CO-197 150.00", file_by=dt.date(2027, 2, 1))
        sooner = deny(bench, "CO-16 150.00", file_by=dt.date(2026, 11, 25), trace="EFT2", control=2)
    page = bob.get(url("denials")).content.decode()
    assert page.index(url("denial", sooner.pk)) < page.index(url("denial", later.pk))
    for words in (
        "No authorization",
        "There was no authorization for this day",
        "Look for an authorization",
        "CO-197",
        "$250.00",
    ):
        assert words in page


def test_one_that_waits_comes_back_on_its_day(bench: Bench, bob: Browser, inside: Any) -> None:
    with inside(bench.practice):
        row = deny(bench, "CO-197 150.00")
        states.transition(row, Denial.Status.WAITING, actor=bench.biller)
        Denial.objects.filter(pk=row.pk).update(follow_up_on=dt.date(2026, 11, 17))
    assert "Follow up now" in bob.get(url("denials")).content.decode()
    with inside(bench.practice):
        Denial.objects.filter(pk=row.pk).update(follow_up_on=dt.date(2026, 11, 18))
    assert url("denial", row.pk) not in bob.get(url("denials")).content.decode()
    assert url("denial", row.pk) in bob.get(url("denials"), {"group": "waiting"}).content.decode()


def test_a_search_stays_out_of_the_address(bench: Bench, bob: Browser, inside: Any) -> None:
    with inside(bench.practice):
        row = deny(bench, "CO-197 150.00")
    found = bob.post(url("search_denials"), {"q": "lindgren1"}, follow=True)
    assert url("denial", row.pk) in found.content.decode()
    assert "lindgren" not in found.redirect_chain[0][0]


def test_the_page_says_why_and_leads_to_the_corrected_claim(bench: Bench, bob: Browser, inside: Any) -> None:
    with inside(bench.practice):
        row = deny(bench, "CO-197 150.00")
    page = bob.get(url("denial", row.pk)).content.decode()
    for words in ("$125.00 refused", "No authorization", "under the contract (CO)", "Theo Lindgren1"):
        assert words in page
    assert url("replace_claim", row.claim_id) in page
    with inside(bench.practice):
        assert AuditEvent.objects.filter(action="denial.viewed", client_id=row.claim.client_id).count() == 1


def test_it_waits_until_a_day_and_undo_brings_it_back(bench: Bench, bob: Browser, inside: Any) -> None:
    with inside(bench.practice):
        row = deny(bench, "CO-197 150.00")
    body = {"on": "2026-12-01", "note": "Called Keystone"}
    page = bob.post(url("follow_up_denial", row.pk), body, follow=True).content.decode()
    assert "It comes back on Tue, Dec 1." in page
    assert url("reopen_denial", row.pk) in page
    assert "back to work" in bob.post(url("reopen_denial", row.pk), follow=True).content.decode()


def test_a_day_that_has_passed_keeps_what_was_typed(bench: Bench, bob: Browser, inside: Any) -> None:
    with inside(bench.practice):
        row = deny(bench, "CO-197 150.00")
    response = bob.post(url("follow_up_denial", row.pk), {"on": "2026-11-01", "note": "Called Keystone"})
    assert response.status_code == 422
    assert "has passed" in response.content.decode()
    assert "Called Keystone" in response.content.decode()


def test_a_write_off_needs_a_reason_and_is_posted(bench: Bench, bob: Browser, inside: Any) -> None:
    with inside(bench.practice):
        row = deny(bench, "CO-29 150.00")
    refused = bob.post(url("resolve_denial", row.pk), {"resolution": "written_off", "note": ""})
    assert refused.status_code == 422
    assert "Say why this is written off." in refused.content.decode()
    body = {"resolution": "written_off", "note": "Too late"}
    page = bob.post(url("resolve_denial", row.pk), body, follow=True).content.decode()
    assert "What was open is written off." in page
    with inside(bench.practice):
        assert books()["write_off"] == "125.00"


def test_what_is_the_clients_share_moves_to_the_client(bench: Bench, bob: Browser, inside: Any) -> None:
    with inside(bench.practice):
        row = deny(bench, "PR-27 150.00")
    body = {"resolution": "to_client", "note": ""}
    page = bob.post(url("resolve_denial", row.pk), body, follow=True).content.decode()
    assert "What was open is asked of the client." in page
    with inside(bench.practice):
        assert books()["client_receivable"] == "150.00"


def test_under_the_contract_it_is_refused_in_words(bench: Bench, bob: Browser, inside: Any) -> None:
    with inside(bench.practice):
        row = deny(bench, "CO-197 150.00")
    response = bob.post(url("resolve_denial", row.pk), {"resolution": "to_client", "note": ""})
    assert response.status_code == 422
    assert "may not be asked for it" in response.content.decode()


@pytest.mark.parametrize("resolution", ["resent", "appealed"])
def test_resent_and_appealed_are_undone(bench: Bench, bob: Browser, inside: Any, resolution: str) -> None:
    with inside(bench.practice):
        row = deny(bench, "CO-197 150.00")
    body = {"resolution": resolution, "note": "By fax"}
    page = bob.post(url("resolve_denial", row.pk), body, follow=True).content.decode()
    assert url("reopen_denial", row.pk) in page
    bob.post(url("reopen_denial", row.pk))
    with inside(bench.practice):
        row.refresh_from_db()
        assert (row.status, row.resolution) == ("open", "")


@pytest.mark.parametrize("count", [5, 60])
def test_the_list_asks_a_fixed_number_of_queries(bench: Bench, bob: Browser, inside: Any, count: int) -> None:
    with inside(bench.practice):
        claims = [bench.claim("150.00") for _ in range(count)]
        arrive_and_post(bench, remittance(*(answer(one, "0.00", "CO-197 150.00") for one in claims)))
    with CaptureQueriesContext(connection) as counted:
        page = bob.get(url("denials")).content.decode()
    assert f"{count} denials" in page
    assert len(counted) <= 22
