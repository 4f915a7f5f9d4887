"""Which licenses and terms billed sessions stand on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clinicians.models import Engagement, License
from scheduling.foundations import sessions_billed_on
from scheduling.models import Session
from tests.people import Cast
from tests.scheduling.readiness import made

UNTIL = dt.date(2027, 6, 30)


@pytest.fixture
def billed(people: Cast, inside: Any) -> Any:
    with inside(people.fernhollow):
        facts = made.practice()
        who = made.client(1, facts["payer"])
        made.confirmed(facts, who, 1)
        made.attendance(facts, who, 0)
        yield facts


def test_billed_sessions_stand_on_the_license_of_their_state(billed: dict[str, Any], people: Cast) -> None:
    here = billed["clinician"].licenses.get()
    away = License.objects.create(clinician=here.clinician, state="NJ", kind="LMFT", number="2", expires_on=UNTIL)
    assert sessions_billed_on(here, people.fernhollow) == "One session was billed on this license."
    assert sessions_billed_on(away, people.fernhollow) == ""


def test_telehealth_counts_where_the_client_was(billed: dict[str, Any], people: Cast) -> None:
    Session.objects.update(telehealth=True)
    here = billed["clinician"].licenses.get()
    assert sessions_billed_on(here, people.fernhollow) == ""
    here.clinician.session_parts.get(session__attendances__status="confirmed").session.attendances.update(
        client_state="PA"
    )
    assert sessions_billed_on(here, people.fernhollow) == "One session was billed on this license."


def test_a_license_beside_another_good_one_carries_nothing(billed: dict[str, Any], people: Cast) -> None:
    here = billed["clinician"].licenses.get()
    License.objects.create(clinician=here.clinician, state="PA", kind="LMFT", number="typo", expires_on=UNTIL)
    assert sessions_billed_on(here, people.fernhollow) == ""


def test_terms_carry_the_sessions_of_their_days(billed: dict[str, Any], people: Cast) -> None:
    who = billed["clinician"]
    now = Engagement.objects.create(clinician=who, kind="w2_exempt", starts_on=dt.date(2026, 11, 15))
    before = Engagement.objects.create(
        clinician=who, kind="contractor", starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 11, 14)
    )
    assert sessions_billed_on(now, people.fernhollow) == "One session was billed under these terms."
    assert sessions_billed_on(before, people.fernhollow) == ""
