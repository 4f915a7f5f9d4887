"""What was taken from an answer is taken back with one click, and the list of the week is searched and sorted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from billing.eligibility import asking
from billing.eligibility.facts import Party
from billing.models import Claim, ClaimSession, EligibilityCheck
from clients.models import Client, Coverage
from practice import clock
from practice.models import AuditEvent, PracticePayer
from tests.billing.eligibility.hands import book
from tests.billing.eligibility.test_pages import GOOD, TOMORROW, Desk
from tests.billing.money.making import make_charge
from tests.people import Cast, signed_in
from tests.scheduling.readiness import made

CARVED = replace(GOOD, carve_outs=(Party("CARELON", "CARE1"),))


@pytest.fixture
def desk(people: Cast, inside: Any, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(asking, "ring", lambda *args: None)
    return Desk(people, inside)


@pytest.fixture
def bob(people: Cast) -> Browser:
    return signed_in(people.bob)


def undone(desk: Desk, bob: Browser, name: str, check: EligibilityCheck, **body: Any) -> str:
    """Does it on the answer's page, and takes it back right after; what is said then."""
    said = bob.post(reverse(name, args=["fernhollow", check.pk]), body, follow=True).content.decode()
    undo = said.split('action="/p/fernhollow/eligibility/undo/')[1].split('"')[0]
    return bob.post(reverse("undo_use", args=["fernhollow"]) + undo, follow=True).content.decode()


def claimed(desk: Desk, coverage: Coverage) -> None:
    """A claim asks the coverage."""
    charge = make_charge(
        desk.people.fernhollow,
        desk.client,
        desk.facts["clinician"],
        day=dt.date(2026, 11, 2),
        payer=coverage.payer,
        service=desk.facts["service"],
        coverage=coverage,
    )
    Claim.objects.create(
        attendance=charge.attendance,
        client=desk.client,
        coverage=coverage,
        payer=coverage.payer,
        rendering=desk.facts["clinician"],
        number="QRSTUVWXYZABCDE01",
        total=charge.amount,
        service_on=charge.service_on,
        place_of_service="11",
        made_at=clock.now(),
    )


def test_the_copay_is_put_back(desk: Desk, bob: Browser) -> None:
    with desk.inside():
        Coverage.objects.filter(pk=desk.coverage.pk).update(copay="10.00")
    said = undone(desk, bob, "use_copay", desk.said(GOOD))
    assert "is as it was before." in said
    with desk.inside():
        assert str(Coverage.objects.get().copay) == "10.00"


def test_a_copay_that_was_changed_since_stays(desk: Desk, bob: Browser) -> None:
    check = desk.said(GOOD)
    said = bob.post(reverse("use_copay", args=["fernhollow", check.pk]), follow=True).content.decode()
    undo = said.split('action="/p/fernhollow/eligibility/undo/')[1].split('"')[0]
    with desk.inside():
        Coverage.objects.update(copay="30.00")
    back = bob.post(reverse("undo_use", args=["fernhollow"]) + undo, follow=True).content.decode()
    assert "The coverage was changed since." in back
    with desk.inside():
        assert str(Coverage.objects.get().copay) == "30.00"


def test_a_payer_put_in_place_is_put_back(desk: Desk, bob: Browser) -> None:
    with desk.inside():
        former = desk.coverage.payer_id
        PracticePayer.objects.create(name="Carelon", payer_id="CARE1")
    said = undone(desk, bob, "use_payer", desk.said(CARVED), position="0")
    assert "is as it was before." in said
    with desk.inside():
        assert Coverage.objects.get().payer_id == former


def test_a_payer_as_a_coverage_of_its_own_goes_and_the_former_runs_on(desk: Desk, bob: Browser) -> None:
    with desk.inside():
        PracticePayer.objects.create(name="Carelon", payer_id="CARE1")
        claimed(desk, desk.coverage)
    undone(desk, bob, "use_payer", desk.said(CARVED), position="0")
    with desk.inside():
        row = Coverage.objects.get()
        assert (row.pk, row.ends_on) == (desk.coverage.pk, None)
        assert AuditEvent.objects.filter(action="coverage.removed").exists()


def test_a_coverage_in_use_is_not_taken_away(desk: Desk, bob: Browser) -> None:
    with desk.inside():
        PracticePayer.objects.create(name="Carelon", payer_id="CARE1")
        claimed(desk, desk.coverage)
    check = desk.said(CARVED)
    said = bob.post(reverse("use_payer", args=["fernhollow", check.pk]), {"position": "0"}, follow=True)
    undo = said.content.decode().split('action="/p/fernhollow/eligibility/undo/')[1].split('"')[0]
    with desk.inside():
        claim = Claim.objects.get()
        carelon = Coverage.objects.get(payer__name="Carelon")
        Claim.objects.filter(pk=claim.pk).update(coverage=carelon)
        ClaimSession.objects.filter(claim=claim.pk).update(coverage=carelon)
    back = bob.post(reverse("undo_use", args=["fernhollow"]) + undo, follow=True).content.decode()
    assert "Carelon is in use" in back
    with desk.inside():
        assert Coverage.objects.count() == 2


def test_the_week_is_searched_by_name_without_a_name_in_the_address(desk: Desk, bob: Browser) -> None:
    with desk.inside():
        other, plan = made.client(2, desk.facts["payer"])
        Client.objects.filter(pk=other.pk).update(first_name="Zora", last_name="Quill")
        Client.objects.filter(pk=desk.client.pk).update(first_name="Theo", last_name="Lindgren")
        book(desk.facts, (other, plan), TOMORROW)
    answer = bob.post(reverse("search_eligibility", args=["fernhollow"]) + "?sort=-client", {"q": "quill"})
    assert "quill" not in answer["Location"].casefold()
    assert "sort=-client" in answer["Location"]
    page = bob.get(answer["Location"]).content.decode()
    assert "Zora Quill" in page
    assert "Theo Lindgren" not in page.split("<tbody>")[1]
    nobody = bob.post(reverse("search_eligibility", args=["fernhollow"]), {"q": "nobody here"}, follow=True)
    assert "Nobody matches" in nobody.content.decode()


def test_the_week_is_sorted_by_state(desk: Desk, bob: Browser) -> None:
    desk.said(GOOD)
    with desk.inside():
        Client.objects.filter(pk=desk.client.pk).update(first_name="Theo", last_name="Lindgren")
        other = made.client(2, desk.facts["payer"])
        Client.objects.filter(pk=other[0].pk).update(first_name="Zora", last_name="Quill")
        book(desk.facts, other, TOMORROW)
    for sort, first, second in (("state", "Zora", "Theo"), ("-state", "Theo", "Zora")):
        rows = desk.page(bob, "eligibility", sort=sort).split("<tbody>")[1]
        assert rows.index(first) < rows.index(second)
