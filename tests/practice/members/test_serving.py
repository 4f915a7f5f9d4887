"""The practices that an MSO serves: its people see whom, what each grants, and a way in where they have one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from practice.models import Affiliation, Membership, Practice, User
from practice.permissions import Role
from tests.people import Cast, member, signed_in


@pytest.fixture
def olga(people: Cast) -> User:
    """The owner of Northlight, who is no organization staff."""
    return member("Olga Lind", people.northlight, Role.OWNER)


def _page(user: User, name: str = "served_practices") -> Any:
    answer = signed_in(user).get(reverse(name, args=["northlight"]))
    assert answer.status_code == 200
    return answer


def _slugs(page: Any) -> dict[str, str]:
    return {row.name: row.slug for row in page.context["serving"].rows}


def test_the_owner_sees_whom_they_serve_and_how_to_get_in(people: Cast, olga: User) -> None:
    page = _page(olga)
    assert _slugs(page) == {"Fernhollow Therapy": "", "Rivermark Partners": ""}
    own = Membership.objects.get(user=olga)
    words = page.content.decode()
    assert "You do not hold it." in words
    assert f'href="{reverse("member", args=["northlight", own.pk])}"' in words
    assert "See every client" in words
    assert 'href="/p/fernhollow/"' not in words
    assert signed_in(olga).get("/p/fernhollow/").status_code == 404


def test_with_the_role_they_may_go_in_as_far_as_the_practice_grants(people: Cast, olga: User) -> None:
    Membership.objects.filter(user=olga).update(roles=[Role.OWNER, Role.ORGANIZATION_STAFF])
    page = _page(olga)
    assert _slugs(page)["Fernhollow Therapy"] == "fernhollow"
    assert "You do not hold it." not in page.content.decode()
    browser = signed_in(olga)
    assert browser.get("/p/fernhollow/clients/").status_code == 200
    assert browser.get("/p/fernhollow/clients/add/").status_code == 403


def test_staff_see_the_same_list_with_the_way_in(people: Cast) -> None:
    page = _page(people.ivan)
    assert _slugs(page) == {"Fernhollow Therapy": "fernhollow", "Rivermark Partners": "rivermark"}
    assert {row.summary for row in page.context["serving"].rows} == {"To look, not to change"}


def test_who_may_not_change_roles_is_told_whom_to_ask(people: Cast) -> None:
    page = _page(member("Uma Reed", people.northlight, Role.ACCOUNTANT)).content.decode()
    assert "An owner of Northlight Services can give it to you." in page


def test_one_that_ended_is_gone_and_one_to_come_is_closed(people: Cast, olga: User) -> None:
    Membership.objects.filter(user=olga).update(roles=[Role.OWNER, Role.ORGANIZATION_STAFF])
    Affiliation.objects.filter(practice=people.rivermark).update(ends_on=dt.date(2026, 11, 16))
    Affiliation.objects.filter(practice=people.fernhollow).update(starts_on=dt.date(2026, 12, 1))
    page = _page(olga)
    assert _slugs(page) == {"Fernhollow Therapy": ""}
    assert "Not yet" in page.content.decode()


def test_a_grant_to_change_is_told_as_one(people: Cast) -> None:
    Affiliation.objects.filter(practice=people.fernhollow).update(permissions=["claims:view", "claims:edit"])
    rows = {row.name: row.summary for row in _page(people.ivan).context["serving"].rows}
    assert rows["Fernhollow Therapy"] == "To look, and to change in 1 of 2"


def test_nobody_serves_from_a_practice(people: Cast) -> None:
    browser = signed_in(people.alice)
    assert browser.get("/p/fernhollow/practices/")["Location"] == "/p/fernhollow/"
    assert "/p/fernhollow/practices/" not in browser.get("/p/fernhollow/").content.decode()


def test_today_of_an_organization_names_its_set_up_and_its_practices(people: Cast, olga: User) -> None:
    page = _page(olga, "practice_start")
    assert [need.title for need in page.context["needs"]] == ["Set up Northlight Services: 3 steps to go"]
    assert "Practices you serve" in page.content.decode()
    assert _page(people.ivan, "practice_start").context["needs"] == []


def test_an_organization_that_serves_nobody_yet_is_told_so(people: Cast, olga: User) -> None:
    Affiliation.objects.filter(organization=Practice.objects.get(slug="northlight")).delete()
    assert "No practice yet" in _page(olga).content.decode()
