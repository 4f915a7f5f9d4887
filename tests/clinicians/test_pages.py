"""The list, the grid and the pages of one clinician."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinicians import selectors, services
from clinicians.models import Clinician, Engagement
from clinicians.selectors import grid, team
from practice.actors import Actor
from practice.models import PracticePayer
from tests.clinicians.conftest import Hire, npi
from tests.people import Cast, signed_in

TODAY = dt.date(2026, 11, 17)
TABS = ("", "papers/", "terms/", "supervision/", "enrollment/", "hours/")


def staff(hire: Hire, alice: Actor, payer: PracticePayer, count: int, start: int = 0) -> list[Clinician]:
    made = []
    for number in range(start, start + count):
        person = hire("Lena Brandt", npi=npi(number), credentials="LCSW")
        services.add_license(
            actor=alice,
            clinician_id=person.pk,
            state="PA",
            kind="LCSW",
            number=str(number),
            expires_on=dt.date(2028, 1, 1),
        )
        services.set_enrollment(
            actor=alice, clinician_id=person.pk, payer_id=payer.pk, status="effective", effective_on=dt.date(2025, 1, 1)
        )
        made.append(person)
    return made


@pytest.mark.parametrize("url", ["team/", "team/enrollment/"])
def test_pages_ask_the_same_for_one_and_for_many(
    people: Cast, hire: Hire, alice: Actor, payer: PracticePayer, url: str
) -> None:
    staff(hire, alice, payer, 1)
    client = signed_in(people.alice)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(f"/p/fernhollow/{url}")
    staff(hire, alice, payer, 8, start=1)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/p/fernhollow/{url}")
    assert len(one) == len(many) <= 20


def test_facts_for_other_rooms_take_one_query_each(
    hire: Hire, alice: Actor, payer: PracticePayer, django_assert_num_queries: Any
) -> None:
    ids = [row.pk for row in staff(hire, alice, payer, 5)]
    asks = (selectors.licenses_on, selectors.enrollments_on, selectors.supervisors_on, selectors.engagement_on)
    for ask in asks:
        with django_assert_num_queries(1):
            ask(TODAY, ids)


def test_the_list_filters_searches_and_sorts(hire: Hire, alice: Actor) -> None:
    dana, lena = hire("Dana Whitfield", credentials="LCSW"), hire("Lena Brandt", credentials="LMFT")
    gone = hire("Noor Haddad")
    services.end_work(actor=alice, clinician_id=gone.pk, ends_on=dt.date(2026, 10, 31))

    def names(**options: str) -> list[int]:
        return [row.id for row in team.team(alice, TODAY, **options).rows]

    assert names() == [lena.pk, dana.pk]
    assert names(sort="-name") == [dana.pk, lena.pk]
    assert names(words="lmft") == [lena.pk]
    assert names(show="left") == [gone.pk]
    assert team.team(alice, TODAY).counts == {"active": 2, "expiring": 2, "left": 1}


def test_a_search_stays_out_of_the_address(people: Cast, hire: Hire) -> None:
    hire("Dana Whitfield")
    client = signed_in(people.alice)
    answer = client.post("/p/fernhollow/team/search/", {"q": "Dana"})
    assert "Dana" not in answer["Location"]
    assert "Dana Whitfield" in client.get(answer["Location"]).content.decode()


def test_a_clinician_is_led_to_their_own_file_and_sees_no_terms(people: Cast, hire: Hire) -> None:
    charlie = hire("Charlie Nguyen")
    charlie.user = people.charlie
    charlie.save(update_fields=["user"])
    client = signed_in(people.charlie)
    assert client.get("/p/fernhollow/team/")["Location"] == f"/p/fernhollow/team/{charlie.pk}/"
    allowed = [client.get(f"/p/fernhollow/team/{charlie.pk}/{tab}").status_code for tab in TABS]
    assert allowed == [200, 200, 403, 403, 403, 200]
    text = client.get(f"/p/fernhollow/team/{charlie.pk}/").content.decode()
    assert "/edit/" not in text
    assert "/terms/" not in text


def test_a_clinician_without_a_file_is_told_so(people: Cast, at_fernhollow: None) -> None:
    assert "No file is linked to you yet" in signed_in(people.dana).get("/p/fernhollow/team/").content.decode()


def test_the_number_is_shown_by_its_last_four_to_who_may_change_it(people: Cast, hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield", engagement="contractor")
    row = Engagement.objects.get(clinician=dana)
    row.tin = "123-45-6789"
    row.save()
    url = f"/p/fernhollow/team/{dana.pk}/terms/"
    seen = signed_in(people.alice).get(url).content.decode()
    assert "SSN ending in 6789" in seen
    assert "123-45" not in seen
    assert "6789" not in signed_in(people.bob).get(url).content.decode()


def test_a_refused_form_never_echoes_the_number(people: Cast, hire: Hire) -> None:
    dana = hire("Dana Whitfield")
    posted = {"kind": "contractor", "starts_on": "2026-06-01", "tin_type": "ssn", "tin": "123-45-678"}
    answer = signed_in(people.alice).post(f"/p/fernhollow/team/{dana.pk}/terms/add/", posted)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "123-45-678" not in text
    assert 'value="2026-06-01"' in text


def test_a_wrong_check_digit_is_said_and_the_rest_is_kept(people: Cast, at_fernhollow: None) -> None:
    posted = {
        "first_name": "Lena", "last_name": "Brandt", "npi": "1234567890", "starts_on": "2026-11-17",
        "engagement": "partner",
    }  # fmt: skip
    answer = signed_in(people.alice).post("/p/fernhollow/team/add/", posted)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "The check digit of this NPI is wrong" in text
    assert 'value="Brandt"' in text


def test_the_grid_shows_who_needs_somebody(hire: Hire, alice: Actor, payer: PracticePayer) -> None:
    fine = staff(hire, alice, payer, 1)[0]
    denied = staff(hire, alice, payer, 1, start=1)[0]
    services.set_enrollment(actor=alice, clinician_id=denied.pk, payer_id=payer.pk, status="denied")
    found = grid.grid(alice, TODAY)
    assert {row.id for row in found.rows} == {fine.pk, denied.pk}
    assert found.needing == 1
    assert [row.id for row in grid.grid(alice, TODAY, only_needing=True).rows] == [denied.pk]


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_for_a_file_with_nothing_in_it(people: Cast, hire: Hire, tab: str) -> None:
    dana = hire("Dana Whitfield")
    assert signed_in(people.bob).get(f"/p/fernhollow/team/{dana.pk}/{tab}").status_code == 200
