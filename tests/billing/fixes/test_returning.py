"""From a worklist to the field that corrects it, and back to the same worklist once it is saved."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client as Browser
from django.test import RequestFactory
from django.urls import reverse

from billing.models import Claim
from clients.models import Client
from practice import returning
from practice.models import Practice
from tests.billing.claim_factories import Bench, answer, make_bench, remittance
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


def refused(bench: Bench, reason: str) -> Claim:
    claim = bench.claim("150.00")
    arrive_and_post(bench, remittance(answer(claim, "0.00", f"{reason} 150.00")))
    return claim


def test_the_fix_leads_back_to_the_worklist_as_it_was(bench: Bench, bob: Browser, inside: Any) -> None:
    with inside(bench.practice):
        claim = refused(bench, "CO-31")
    page = bob.get(url("denials") + "?sort=-payer&page=1").content.decode()
    address = page.split("data-edit>Correct the member ID")[0].split('href="')[-1].rstrip('" ').replace("&amp;", "&")
    assert address.startswith(f"{url('edit_coverage', claim.coverage_id)}?back=")
    assert address.endswith("#id_member_id")
    form = address.partition("#")[0]
    wrong = bob.post(form, {"payer": "", "rank": "primary"})
    assert wrong.status_code == 422
    assert 'href="/p/fernhollow/denials/?sort=-payer&amp;page=1"' in wrong.content.decode()
    body = {
        "payer": claim.payer_id,
        "rank": "primary",
        "member_id": "K9",
        "starts_on": "2026-01-01",
        "relationship": "18",
    }
    saved = bob.post(form, body)
    assert saved["Location"] == "/p/fernhollow/denials/?sort=-payer&page=1"


def test_without_a_way_back_it_goes_where_it_always_went(bench: Bench, bob: Browser, inside: Any) -> None:
    with inside(bench.practice):
        claim = refused(bench, "CO-31")
    body = {
        "payer": claim.payer_id,
        "rank": "primary",
        "member_id": "K9",
        "starts_on": "2026-01-01",
        "relationship": "18",
    }
    saved = bob.post(url("edit_coverage", claim.coverage_id), body)
    assert saved["Location"] == url("client_coverage", claim.client_id)


@pytest.mark.parametrize(
    ("name", "back"),
    [("edit_client", "/p/fernhollow/denials/"), ("payer", "/p/fernhollow/claims/rejected/?reason=stc-33")],
)
def test_clients_and_payers_lead_back_too(bench: Bench, people: Cast, inside: Any, name: str, back: str) -> None:
    with inside(bench.practice):
        claim = refused(bench, "CO-6")
        Client.objects.filter(pk=claim.client_id).update(sex="F")
    alice = signed_in(people.alice)
    pk = claim.client_id if name == "edit_client" else claim.payer_id
    page = alice.get(url(name, pk)).context["form"]
    body = {one: page[one].value() or "" for one in page.fields if page[one].value() is not None}
    saved = alice.post(f"{url(name, pk)}?{urlencode({'back': back})}", body)
    assert saved.status_code == 302, saved.context["form"].errors
    assert saved["Location"] == back


@pytest.mark.parametrize(
    "text",
    [
        "https://elsewhere.example/p/fernhollow/denials/",
        "//elsewhere.example/p/fernhollow/denials/",
        "/\\elsewhere.example/",
        "/p/another/denials/",
        "/p/fernhollow/settings/",
        "/p/fernhollow/denials/work/",
        "/account/logout/",
        "javascript:alert(1)",
        "/p/fernhollow/nowhere/",
        "denials/",
        "/p/fernhollow/denials/?" + "x" * 700,
        "",
    ],
)
def test_only_a_page_of_this_practice_that_is_listed_is_gone_back_to(text: str) -> None:
    request: Any = RequestFactory().get("/", {"back": text})
    request.practice = Practice(slug=SLUG)
    assert returning.wanted(request) == ""
    assert returning.onward(request, "/p/fernhollow/clients/") == "/p/fernhollow/clients/"


def test_the_way_back_is_built_anew_and_does_not_pile_up() -> None:
    request: Any = RequestFactory().get("/p/fernhollow/denials/?sort=-payer&back=/p/fernhollow/claims/")
    request.practice = Practice(slug=SLUG)
    led = returning.carrying(request, "/p/fernhollow/coverages/1/edit/#id_member_id")
    assert led == "/p/fernhollow/coverages/1/edit/?back=%2Fp%2Ffernhollow%2Fdenials%2F%3Fsort%3D-payer#id_member_id"
    asked: Any = RequestFactory().get(led.partition("#")[0])
    asked.practice = request.practice
    assert returning.wanted(asked) == "/p/fernhollow/denials/?sort=-payer"
