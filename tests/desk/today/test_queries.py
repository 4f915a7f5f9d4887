"""Today asks as much for sixty rows of everything as for five."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clients.models import Authorization, Coverage
from clinicians.models import Clinician
from practice.models import PracticePayer
from tests.billing.money.making import make_charge, make_client
from tests.desk.today.test_needs import _session, make_scene
from tests.people import Cast, signed_in

MOST = {"alice": 58, "bob": 47, "frank": 20, "charlie": 30, "erin": 14}
PAGES = ("today_authorizations", "today_coverage")


def test_today_asks_a_fixed_number_of_questions(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        make_scene(people)
    _asked(people, "alice", "practice_start")
    counts = []
    for first, number in ((10, 5), (100, 60)):
        with inside(people.fernhollow):
            for place in range(number):
                _one_more(people, first + place)
        counts.append({who: _asked(people, who, "practice_start") for who in MOST})
        counts[-1] |= {name: _asked(people, "frank", name) for name in PAGES}
    assert counts[0] == counts[1]
    assert all(counts[1][who] <= most for who, most in MOST.items()), counts[1]


def _one_more(people: Cast, place: int) -> None:
    practice, client = people.fernhollow, make_client(place, f"Torres{place}")
    clinician = Clinician.objects.create(first_name=f"Ana{place}", last_name="Reyes", level="independent")
    payer = PracticePayer.objects.create(name=f"Payer {place}")
    plan = Coverage.objects.create(client=client, payer=payer, member_id="K", starts_on=dt.date(2026, 1, 1))
    days = {"starts_on": dt.date(2026, 9, 1), "ends_on": dt.date(2026, 11, 30)}
    Authorization.objects.create(coverage=plan, number=f"A{place}", units=10, **days)
    make_charge(practice, client, clinician, "167.00", day=dt.date(2026, 11, 3), payer=payer, coverage=plan)
    bare = make_client(place + 1000, f"Bare{place}")
    for day in (16, 17, 18):
        _session(practice, clinician, bare, dt.date(2026, 11, day))


def _asked(people: Cast, who: str, name: str) -> int:
    browser = signed_in(getattr(people, who))
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(reverse(name, args=["fernhollow"])).status_code == 200
    return len(queries)
