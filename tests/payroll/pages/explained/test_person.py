"""The page of one person, for who runs payroll; and how many queries a long one takes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practice.models import PracticePayer
from tests.payroll.desk import at
from tests.payroll.pages.explained.conftest import Office, claim
from tests.people import signed_in

MOST = 27
LINES = 300


def test_owners_read_what_the_clinician_reads_and_go_to_the_next_person(office: Office) -> None:
    page = office.text(office.people.alice, "pay_of_person", office.run.pk, office.charlie.pk)
    for words in (
        "Charlie Nguyen, November 1–15",
        "Every line as Charlie reads it.",
        "Computed",
        "You get 62%.",
        "Open the charge",
        office.url("pay_of_person", office.run.pk, office.dana.pk),
    ):
        assert words in page, words


def test_staff_of_an_mso_read_it_by_grant(office: Office) -> None:
    assert office.get(office.people.ivan, "pay_of_person", office.run.pk, office.dana.pk).status_code == 200


def test_a_run_or_a_person_who_is_not_there_is_not_found(office: Office) -> None:
    for ids in ((office.run.pk, 0), (0, office.charlie.pk)):
        assert office.get(office.people.alice, "pay_of_person", *ids).status_code == 404


def test_somebody_the_run_does_not_pay_has_an_empty_page(office: Office) -> None:
    with office.open() as desk:
        grace = desk.clinician("Grace Lindqvist")
    page = office.text(office.people.alice, "pay_of_person", office.run.pk, grace.pk)
    assert "No line of Grace in this run" in page


@pytest.fixture
def long_run(office: Office) -> Office:
    with office.open() as desk, at(14):
        other = PracticePayer.objects.create(name="Blue Harbor PPO")
        for number in range(LINES):
            desk.payer = desk.payer if number % 2 else other
            desk.insurer_pays(desk.session(office.charlie, 1 + number % 14, hour=8 + number % 9), "100.00")
        claim(desk.session(office.charlie, 13), "1")
        desk.compute(office.run)
    return office


def test_three_hundred_lines_take_no_more_queries_than_that(long_run: Office) -> None:
    office = long_run
    for user, name, ids in (
        (office.people.charlie, "my_pay_run", (office.run.pk,)),
        (office.people.alice, "pay_of_person", (office.run.pk, office.charlie.pk)),
    ):
        browser = signed_in(user)
        browser.get(office.url(name, *ids))
        with CaptureQueriesContext(connection) as found:
            page = browser.get(office.url(name, *ids)).content.decode()
        assert "1–50 of 301 lines" in page
        asked = [
            query["sql"]
            for query in found
            if query["sql"].startswith(("SELECT", "INSERT")) and "set_config" not in query["sql"]
        ]
        assert len(asked) <= MOST, "\n".join(sql[:200] for sql in asked)
