"""A clinician attests their own sessions on a page of their own; whoever bills waits for that."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from billing.attesting import selectors
from billing.day import words
from practice.actors import Actor
from practice.models import AuditEvent, PracticeSettings
from scheduling import attending, attesting
from scheduling.confirming import save_facts
from scheduling.models import Attendance, Attestation
from tests.billing.day.hands import Desk, status
from tests.people import signed_in

PAGE = "/p/fernhollow/attest/"
MOST_QUERIES = 24


@pytest.fixture
def own(desk: Desk) -> Desk:
    """Each clinician attests for their own sessions; Priya signs in as Charlie."""
    PracticeSettings.objects.update(attester=PracticeSettings.Attester.CLINICIAN)
    desk.made["clinician"].user = desk.people.charlie
    desk.made["clinician"].save()
    return desk


@pytest.fixture
def browser(own: Desk) -> Any:
    return signed_in(own.people.charlie)


def charlie(desk: Desk) -> Actor:
    return desk.people.actor(desk.people.charlie)


def attest(desk: Desk, *rows: Attendance) -> Any:
    ids = [row.pk for row in rows]
    return attesting.attest(actor=charlie(desk), attendance_ids=ids, text_version=words.ATTESTATION_VERSION)


def attested(row: Attendance) -> bool:
    return Attendance.objects.filter(pk=row.pk, attestation__isnull=False).exists()


def nav(browser: Any, page: str = "/p/fernhollow/calendar/") -> list[tuple[str, Any]]:
    found = browser.get(page).context["nav"]
    return [(item["label"], item.get("count")) for section in found for item in section["items"]]


def test_one_button_attests_what_is_over_and_the_biller_bills_it(own: Desk, browser: Any) -> None:
    held, scheduled, absent = own.session(), own.session(status="scheduled", days=1), own.session(status="no_show")
    content = browser.get(PAGE).content.decode()
    assert "3 of 3 sessions can be attested" in content
    assert f"{words.ATTESTATION} <span" in content
    assert words.ATTESTATION_VERSION in content
    assert "$" not in content, "no money on a clinician's page"
    ids = [row.pk for row in (held, scheduled, absent)]
    answer = browser.post(PAGE, {"attendance": ids}, follow=True)
    assert "3 sessions are attested." in answer.content.decode()
    assert status(held, scheduled, absent) == ["held", "held", "no_show"]
    word = Attestation.objects.get()
    assert (word.by_name, word.text_version, word.clinician) == (
        "Charlie Nguyen",
        words.ATTESTATION_VERSION,
        own.made["clinician"],
    )
    assert sorted(own.bill(held, scheduled, absent).billed_ids) == ids
    assert Attestation.objects.count() == 1


def test_what_is_missing_is_said_with_its_action_and_keeps_from_attesting(own: Desk, browser: Any) -> None:
    row = own.session(actual_stop=None)
    own.undocumented()
    content = browser.get(PAGE).content.decode()
    assert "1 of 2 sessions can be attested" in content
    assert "1 needs something from you first." in content
    assert "Enter when the session ended." in content
    assert "Use 9:45 AM" in content
    assert "Write the note" in content
    answer = browser.post(PAGE, {"attendance": [row.pk]})
    assert answer.status_code == 422
    assert "choose at least one session of which nothing is missing" in answer.content.decode()
    assert not Attestation.objects.exists()


def test_what_is_missing_is_entered_there(own: Desk, browser: Any) -> None:
    row = own.session(actual_stop=None)
    url, htmx = f"{PAGE}{row.pk}/facts/", {"HX-Request": "true"}
    assert 'class="entry"' in browser.get(f"{PAGE}?edit={row.pk}-actual_times").content.decode()
    refused = browser.post(url, {"field": "actual_stop", "value": "late"}, headers=htmx)
    assert refused.status_code == 422
    assert "Enter a time, for example 10:55 AM." in refused.content.decode()
    assert 'value="late"' in refused.content.decode()
    assert browser.post(url, {"field": "actual_stop", "value": "9:45"}).headers["Location"] == f"{PAGE}#att-{row.pk}"
    assert [row.needs_stop for row in selectors.to_attest(charlie(own), own.practice).all_rows] == [False]
    fee = browser.post(url, {"field": "fee", "value": "1.00"})
    assert fee.status_code == 422
    assert "Whoever bills changes this." in fee.content.decode()


def test_a_word_is_taken_back_until_it_is_billed(own: Desk, browser: Any) -> None:
    held, scheduled = own.session(), own.session(status="scheduled", days=1)
    answer = browser.post(PAGE, {"attendance": [held.pk, scheduled.pk]}, follow=True)
    undo = str(next(iter(answer.context["messages"])).extra_tags).removeprefix("undo:")
    browser.post(undo)
    assert status(held, scheduled) == ["held", "scheduled"]
    assert held.attestation_id is None
    assert AuditEvent.objects.filter(action="attendance.unattested").count() == 2
    attest(own, held)
    own.bill(held)
    said = browser.post(f"{PAGE}{Attestation.objects.latest('pk').pk}/undo/", follow=True).content.decode()
    assert "Nothing is taken back" in said
    assert status(held) == ["confirmed"]


def test_a_word_lapses_when_the_record_changes_after_it(own: Desk) -> None:
    row = own.session()
    attest(own, row)
    save_facts(row, {"fee": Decimal(90), "self_pay": True}, own.bob)
    assert attested(row), "who pays is not what the clinician vouched for"
    save_facts(row, {"place_of_service": "12"}, own.bob)
    assert not attested(row)
    attest(own, row)
    attending.set_status(actor=own.bob, attendance_id=row.pk, status="no_show")
    assert not attested(row)
    assert AuditEvent.objects.filter(action="attendance.attestation_lapsed").count() == 2
    assert own.bill(row).left[0]["titles"] == ["It waits on Priya to attest."]


def test_nobody_attests_for_another(own: Desk) -> None:
    row = own.session()
    with pytest.raises(PermissionDenied):
        attesting.attest(actor=own.bob, attendance_ids=[row.pk], text_version="1")
    dana = signed_in(own.people.dana)
    assert dana.post(PAGE, {"attendance": [row.pk]}).status_code == 404
    assert dana.post(f"{PAGE}{row.pk}/facts/", {"field": "place_of_service", "value": "12"}).status_code == 404
    word = attest(own, row)
    with pytest.raises(Http404):
        attesting.take_back(actor=own.people.actor(own.people.alice), attestation_id=word.attestation_id)
    assert Attestation.objects.count() == 1


def test_the_navigation_counts_what_waits_for_this_clinician(own: Desk, browser: Any) -> None:
    rows = [own.session(), own.session(status="scheduled"), own.session(days=-2, status="scheduled")]
    assert ("Attest sessions", 2) in nav(browser)
    attest(own, *rows)
    assert ("Attest sessions", 0) in nav(browser)
    assert "Attest sessions" not in dict(nav(signed_in(own.people.alice))), "she has no sessions of her own"
    PracticeSettings.objects.update(attester=PracticeSettings.Attester.ANYONE)
    assert "Attest sessions" not in dict(nav(browser))
    assert "whoever bills attests" in browser.get(PAGE).content.decode()


def test_nothing_to_attest_says_so(own: Desk, browser: Any) -> None:
    assert "Everything is attested" in browser.get(PAGE).content.decode()
    attest(own, own.session())
    assert "1 of your sessions waits to be billed." in browser.get(PAGE).content.decode()


def test_the_page_takes_the_same_queries_for_few_and_many(own: Desk) -> None:
    def queries() -> int:
        actor = charlie(own)
        with CaptureQueriesContext(connection) as found:
            selectors.to_attest(actor, own.practice)
        return len(found)

    own.session()
    few = queries()
    for _ in range(20):
        own.session()
    assert queries() == few <= MOST_QUERIES
    with CaptureQueriesContext(connection) as counted:
        selectors.waiting(own.practice, charlie(own))
    assert len([one for one in counted if "attester" in one["sql"]]) == 1


def test_the_billing_day_says_whose_word_is_missing(own: Desk) -> None:
    own.session()
    content = signed_in(own.people.bob).get("/p/fernhollow/billing/2026-11-16/").content.decode()
    assert "It waits on Priya to attest." in content
    assert "You attest" not in content
