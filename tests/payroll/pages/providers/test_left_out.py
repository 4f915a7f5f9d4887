"""Whose pay no file takes is remembered on Today, after the run left and for a month."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from payroll.unfiled import left_out
from practice.actors import Actor
from practice.permissions import BUNDLES, Role
from practice.today import Asker
from tests.payroll.pages.providers.room import Room

PAY_DAY = dt.date(2026, 11, 30)


def needs(room: Room, today: dt.date = PAY_DAY, actor: Actor | None = None) -> list[tuple[str, str]]:
    with room.open():
        found = left_out(Asker(room.desk.practice, actor or room.desk.owner, today))
        return [(need.title, need.why) for need in found]


def test_who_is_in_no_file_of_an_exported_run_is_said(room: Room) -> None:
    room.enter()
    assert needs(room) == [], "the approved run waits for its files as a whole"
    room.make("gusto")
    assert room.status() == "exported"
    said = "Dana Whitfield and Cy Ito are in no file yet: $90.00 has reached no provider."
    assert needs(room) == [("Make the file for who is left of the run of Nov 1–15", said)]
    accountant = Actor(room.desk.practice.pk, 0, "Erin Castillo", BUNDLES[Role.ACCOUNTANT])
    assert needs(room, actor=accountant) == needs(room)


def test_it_ends_with_the_file_and_a_month_after_the_pay_date(room: Room) -> None:
    room.enter()
    room.make("gusto")
    assert needs(room, PAY_DAY + dt.timedelta(days=31))
    assert needs(room, PAY_DAY + dt.timedelta(days=32)) == []
    room.make("gusto_contractors")
    assert needs(room) == []


def test_a_file_for_everybody_leaves_nobody(room: Room) -> None:
    room.enter()
    room.make("generic")
    assert needs(room) == []


def test_it_is_read_in_two_queries(room: Room) -> None:
    room.enter()
    room.make("gusto")
    asker = Asker(room.desk.practice, room.desk.owner, PAY_DAY)
    with room.open(), CaptureQueriesContext(connection) as queries:
        assert len(list(left_out(asker))) == 1
    assert len(queries) == 2
