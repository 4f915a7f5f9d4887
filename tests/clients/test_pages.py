"""The pages about clients as people use them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from clients.models import Client, ClientDiagnosis, Contact, Coverage
from clinicians.models import Clinician
from practice import clock
from practice.models import AuditEvent, PracticePayer
from tests.clients.conftest import File
from tests.people import Cast, signed_in

LIST = "/p/fernhollow/clients/"


@pytest.fixture
def browser(people: Cast) -> Browser:
    return signed_in(people.alice)


def names(answer: Any) -> list[str]:
    return [row.client.name for row in answer.context["found"].rows]


def search(browser: Browser, words: str) -> Any:
    return browser.post(f"{LIST}search/", {"q": words}, follow=True)


def undo(answer: Any) -> str:
    return str(list(answer.context["messages"])[-1].extra_tags).removeprefix("undo:")


def page(client: Client, tab: str = "") -> str:
    return f"{LIST}{client.pk}/{tab}"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tor", ["Maya Torres"]),
        ("maya torres", ["Maya Torres"]),
        ("Bo", ["Bo Hale"]),
        ("owen", ["Bo Hale"]),
        ("2", ["Bo Hale"]),
        ("(215) 555-0142", ["Maya Torres"]),
        ("555-0142", ["Maya Torres"]),
        ("4/2/1990", ["Maya Torres"]),
        ("w1234", ["Maya Torres"]),
        ("nobody", []),
    ],
)
def test_a_search_finds_by_what_people_know(
    browser: Browser, file: File, payer: PracticePayer, words: str, found: list[str]
) -> None:
    file(phone="2155550142", payer=payer, member_id="W1234-9")
    file("Owen Hale", preferred_name="Bo", date_of_birth=dt.date(1985, 6, 1))
    assert names(search(browser, words)) == found


def test_a_search_never_shows_in_the_address(browser: Browser, file: File) -> None:
    file()
    address = browser.post(f"{LIST}search/", {"q": "Torres"}).headers["Location"]
    assert "Torres" not in address
    assert "s=" in address
    assert names(browser.get(address)) == ["Maya Torres"]
    assert names(browser.get(address)) == ["Maya Torres"]


def test_a_search_finds_the_inactive_too(browser: Browser, file: File) -> None:
    client = file()
    browser.post(page(client, "status/"), {"status": "inactive"})
    assert names(browser.get(LIST)) == []
    assert names(search(browser, "Torres")) == ["Maya Torres"]


def test_pills_count_and_filters_narrow(browser: Browser, file: File, payer: PracticePayer, charlie: Clinician) -> None:
    file(payer=payer, clinician=charlie)
    file("Owen Hale")
    answer = browser.get(LIST)
    assert [(pill["label"], pill["count"]) for pill in answer.context["pills"]] == [
        ("Active", 2), ("Prospective", 0), ("Inactive", 0), ("All", 2),
    ]  # fmt: skip
    assert names(browser.get(f"{LIST}?payer={payer.pk}")) == ["Maya Torres"]
    assert names(browser.get(f"{LIST}?clinician={charlie.pk}")) == ["Maya Torres"]
    assert names(browser.get(f"{LIST}?sort=-name")) == ["Maya Torres", "Owen Hale"]
    assert names(browser.get(f"{LIST}?sort=nonsense&page=x&payer=²&clinician=99999999999999999999")) != []


def test_the_list_takes_the_same_queries_for_one_and_for_many(
    browser: Browser, file: File, payer: PracticePayer, charlie: Clinician
) -> None:
    file(payer=payer, clinician=charlie)
    counts = []
    for more in range(2):
        browser.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            browser.get(LIST)
        counts.append(len(queries))
        for number in range(60 if more == 0 else 0):
            file(f"Person Number{number}", payer=payer, clinician=charlie)
    assert counts[0] == counts[1] <= 20


def test_an_empty_list_says_what_to_do(browser: Browser, people: Cast) -> None:
    assert b"No clients yet" in browser.get(LIST).content
    assert b"Nobody matches" in search(browser, "Torres").content
    assert b"somebody puts them on your caseload" in signed_in(people.charlie).get(LIST).content


def test_adding_warns_of_a_duplicate_and_lets_the_person_go_on(browser: Browser, file: File) -> None:
    known = file()
    body = {"first_name": "Maya", "last_name": "Torres", "date_of_birth": "1985-01-01"}
    answer = browser.post(f"{LIST}add/", body)
    assert answer.status_code == 422
    assert f"client {known.number}" in answer.content.decode()
    assert "Add Maya all the same" in answer.content.decode()
    again = browser.post(f"{LIST}add/", body | {"seen": answer.context["form"]["seen"].value()})
    assert again.status_code == 302
    assert Client.objects.count() == 2


def test_a_form_with_faults_keeps_what_was_typed(browser: Browser, file: File) -> None:
    client = file()
    answer = browser.post(page(client, "edit/"), {"first_name": "Maya", "last_name": "", "city": "Camden", "zip": "8"})
    assert answer.status_code == 422
    content = answer.content.decode()
    assert "Camden" in content
    assert "A ZIP code has 5 digits" in content


def test_every_opening_is_written_down_once(browser: Browser, file: File) -> None:
    client = file()
    for tab in ("", "coverage/", "diagnoses/", "contacts/", "edit/"):
        before = AuditEvent.objects.filter(action="client.viewed", client_id=client.pk).count()
        assert browser.get(page(client, tab)).status_code == 200
        assert AuditEvent.objects.filter(action="client.viewed", client_id=client.pk).count() == before + 1


def test_a_clinician_sees_the_copay_and_no_rate_and_may_not_edit(
    people: Cast, file: File, charlie: Clinician, payer: PracticePayer
) -> None:
    client = file(clinician=charlie, payer=payer)
    Coverage.objects.filter(client=client).update(copay=Decimal("25.00"))
    Client.objects.filter(pk=client.pk).update(own_rate=Decimal("81.50"))
    browser = signed_in(people.charlie)
    for tab in ("", "coverage/"):
        content = browser.get(page(client, tab)).content.decode()
        assert "$25.00" in content
        assert "81.50" not in content
        assert f"{LIST}{client.pk}/edit/" not in content
    assert browser.get(page(client, "edit/")).status_code == 403


def test_a_clinician_lists_their_own_and_not_another(people: Cast, file: File, charlie: Clinician) -> None:
    file(clinician=charlie)
    other = file("Owen Hale")
    browser = signed_in(people.charlie)
    assert names(browser.get(LIST)) == ["Maya Torres"]
    assert names(search(browser, "Hale")) == []
    assert browser.get(page(other)).status_code == 404


def test_a_gap_is_named_where_it_can_be_filled(browser: Browser, file: File, payer: PracticePayer) -> None:
    client = file(payer=payer, date_of_birth=None)
    content = browser.get(page(client)).content.decode()
    for sentence in ("Date of birth is missing.", "The member ID with Keystone Mutual is missing.", "no diagnosis yet"):
        assert sentence in content
    assert "Claims still need" not in browser.get(page(file("Owen Hale"))).content.decode()


def test_removing_a_contact_can_be_undone(browser: Browser, file: File) -> None:
    client = file()
    contact = Contact.objects.create(client=client, name="Luis Torres", phone="(215) 555-0142")
    answer = browser.post(f"/p/fernhollow/contacts/{contact.pk}/remove/", follow=True)
    assert not Contact.objects.exists()
    browser.post(undo(answer))
    assert Contact.objects.get().phone == "(215) 555-0142"


def test_a_status_can_be_undone(browser: Browser, file: File) -> None:
    client = file()
    answer = browser.post(page(client, "status/"), {"status": "inactive"}, follow=True)
    browser.post(undo(answer))
    client.refresh_from_db()
    assert client.status == "active"


@pytest.mark.usefixtures("icd10")
def test_a_heading_offers_what_is_below_it(icd10: None, browser: Browser, file: File) -> None:
    client = file()
    answer = browser.post(page(client, "diagnoses/add/"), {"code": "F41", "starts_on": "2026-03-02"})
    content = answer.content.decode()
    assert answer.status_code == 422
    assert "F41 is a heading; choose a code below it." in content
    assert 'value="F41.1"' in content
    assert not ClientDiagnosis.objects.exists()


@pytest.mark.usefixtures("icd10")
def test_codes_are_found_in_place(icd10: None, browser: Browser, file: File) -> None:
    client, body = file(), {"q": "generalized", "starts_on": "2026-03-02"}
    answer = browser.post(page(client, "diagnoses/search/"), body, headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b"F41.1" in answer.content
    whole = browser.post(page(client, "diagnoses/search/"), body)
    assert b"<html" in whole.content
    assert b"F41.1" in whole.content


@pytest.mark.usefixtures("icd10")
def test_settings_says_once_that_the_codes_ended(icd10: None, people: Cast) -> None:
    page = signed_in(people.alice).get("/p/fernhollow/settings/").content.decode()
    assert page.count("The diagnosis codes of FY2026 ended on Sep 30.") == 1
    with clock.at(dt.datetime(2026, 9, 1, 15, tzinfo=dt.UTC)):
        assert "diagnosis codes" not in signed_in(people.alice).get("/p/fernhollow/settings/").content.decode()
