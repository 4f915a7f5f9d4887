"""What a client's record shows of their sessions: what was, what comes, and what happened at each."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.test import Client

from scheduling import attending, confirming
from scheduling.selectors.client import lately, sessions_of_client
from tests.matrix.world import World
from tests.people import signed_in
from tests.scheduling.hands import Desk

MONDAY = dt.date(2026, 11, 16)


def test_what_is_to_come_is_apart_from_what_was(desk: Desk) -> None:
    past, coming = desk.attendance(date=MONDAY, time=dt.time(16)), desk.attendance(date=dt.date(2026, 11, 25))
    client = desk.one("client").pk
    was = sessions_of_client(desk.actor, desk.practice, client, "past")
    comes = sessions_of_client(desk.actor, desk.practice, client, "coming")
    assert past.session_id in {line.session_id for line in was.lines}
    assert coming.session_id in {line.session_id for line in comes.lines}
    assert not {line.session_id for line in was.lines} & {line.session_id for line in comes.lines}
    assert (was.past, was.coming) == (len(was.lines), len(comes.lines))
    assert [line.start for line in was.lines] == sorted((line.start for line in was.lines), reverse=True)
    assert [line.start for line in comes.lines] == sorted(line.start for line in comes.lines)


def test_a_confirmed_absence_is_not_called_a_session_that_was_held(desk: Desk) -> None:
    row = desk.attendance(date=MONDAY, time=dt.time(16))
    attending.set_status(actor=desk.actor, attendance_id=row.pk, status="no_show")
    confirming.confirm_many(
        [row.pk],
        actor=desk.acting("bob"),
        attestation_text_version="1",
        fees={row.pk: Decimal("90.00")},
        today=dt.date(2026, 11, 17),
    )
    found = {line.session_id: line.status for line in lately(desk.actor, desk.practice, desk.one("client").pk)}
    assert found[row.session_id] == "No-show, confirmed"


def test_the_tab_opens_for_each_choice_and_the_overview_shows_the_last_ones(world: World) -> None:
    frank, client = signed_in(world.people.frank), world.one(world.people.fernhollow, "client").pk
    for show in ("", "?show=coming", "?show=all", "?show=nonsense"):
        assert _page(frank, f"clients/{client}/sessions/{show}").count("Until now") == 1
    assert "All sessions" in _page(frank, f"clients/{client}/")


def test_a_session_leads_to_its_client_for_who_may_open_the_record(world: World) -> None:
    practice = world.people.fernhollow
    session, client = world.one(practice, "session").pk, world.one(practice, "client").pk
    page = _page(signed_in(world.people.frank), f"sessions/{session}/")
    assert f'href="/p/fernhollow/clients/{client}/"' in page


def _page(browser: Client, path: str) -> str:
    found = browser.get(f"/p/fernhollow/{path}")
    assert found.status_code == 200
    return found.content.decode()
