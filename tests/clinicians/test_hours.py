"""The usual week."""

from __future__ import annotations

import datetime as dt

import pytest

from clinicians import services
from clinicians.errors import TeamRefusedError
from clinicians.models import WorkingHours
from clinicians.services import Stretch
from practice.actors import Actor
from tests.clinicians.conftest import Hire
from tests.people import Cast, signed_in


def at(hour: int, minute: int = 0) -> dt.time:
    return dt.time(hour, minute)


def test_several_stretches_a_day(hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield")
    week = [Stretch(0, at(13), at(17)), Stretch(0, at(9), at(12)), Stretch(4, at(9), at(12))]
    services.set_hours(actor=alice, clinician_id=dana.pk, stretches=week)
    found = WorkingHours.objects.filter(clinician=dana).values_list("weekday", "starts")
    assert list(found) == [(0, at(9)), (0, at(13)), (4, at(9))]


def test_stretches_that_overlap_are_named(hire: Hire, alice: Actor) -> None:
    week = [Stretch(0, at(9), at(12)), Stretch(0, at(11, 30), at(14))]
    with pytest.raises(TeamRefusedError, match="Monday 9:00 AM to 12:00 PM and Monday 11:30 AM to 2:00 PM overlap"):
        services.set_hours(actor=alice, clinician_id=hire("Dana Whitfield").pk, stretches=week)


def test_stretches_that_touch_are_fine(hire: Hire, alice: Actor) -> None:
    week = [Stretch(0, at(9), at(12)), Stretch(0, at(12), at(14))]
    rows = services.set_hours(actor=alice, clinician_id=hire("Dana Whitfield").pk, stretches=week)
    assert len(rows) == 2


def test_a_refused_week_is_kept_in_the_form(people: Cast, hire: Hire) -> None:
    dana = hire("Dana Whitfield")
    url = f"/p/fernhollow/team/{dana.pk}/hours/edit/"
    posted = {"d0_0_from": "09:00", "d0_0_to": "12:00", "d0_1_from": "11:00", "d0_1_to": "13:00", "d2_2_from": "08:15"}
    answer = signed_in(people.alice).post(url, posted)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "One of the two times is missing." in text
    assert 'value="11:00"' in text
    assert 'value="08:15"' in text


def test_a_saved_week_is_read_back(people: Cast, hire: Hire) -> None:
    dana = hire("Dana Whitfield")
    client = signed_in(people.alice)
    client.post(f"/p/fernhollow/team/{dana.pk}/hours/edit/", {"d0_0_from": "09:00", "d0_0_to": "12:00"})
    text = client.get(f"/p/fernhollow/team/{dana.pk}/hours/").content.decode()
    assert "9:00 AM – 12:00 PM" in text


def test_a_stretch_that_ends_before_it_starts_is_said_beside_it(people: Cast, hire: Hire) -> None:
    url = f"/p/fernhollow/team/{hire('Dana Whitfield').pk}/hours/edit/"
    answer = signed_in(people.alice).post(url, {"d0_0_from": "17:00", "d0_0_to": "09:00"})
    assert answer.status_code == 422
    assert "This ends before it starts." in answer.content.decode()
    assert 'value="17:00"' in answer.content.decode()
