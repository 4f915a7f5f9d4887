"""Billed sessions use up what a payer authorized, on the client page and before the next one is billed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.authorized import billed_units
from billing.charges import charge_many, undo_many
from clients import authorizations
from clients.models import Authorization, Client, Coverage
from clients.selectors import record
from practice.models import Service
from scheduling.models import Attendance, AttendanceAddOn
from scheduling.readiness import findings_for
from tests.billing.day.conftest import desk
from tests.billing.day.hands import Desk
from tests.scheduling.readiness import made

__all__ = ["desk"]

TODAY = dt.date(2026, 11, 17)
Who = tuple[Client, Coverage]


@pytest.fixture
def who(desk: Desk) -> Who:
    return made.client(1, desk.made["payer"])


def billed(desk: Desk, who: Who, days: int, **facts: object) -> Attendance:
    row = made.confirmed(desk.made, who, days)
    if facts:
        Attendance.objects.filter(pk=row.pk).update(**facts)
    charge_many([row.pk], practice=desk.practice, actor=desk.bob)
    return row


def used(who: Who) -> list[int]:
    rows = Authorization.objects.filter(coverage=who[1]).order_by("starts_on", "pk")
    counted = authorizations.used_units([row.pk for row in rows])
    return [counted[row.pk] for row in rows]


def blocked(row: Attendance) -> bool:
    return "authorization_used" in [finding.code for finding in findings_for([row])[row.pk]]


def test_the_client_page_shows_what_was_billed(desk: Desk, who: Who) -> None:
    for days in range(1, 10):
        billed(desk, who, days)
    (line,) = record.coverages(who[0], TODAY)
    assert [(found.use.used, found.use.units) for found in line.authorizations] == [(9, 12)]


def test_an_undone_charge_gives_its_unit_back(desk: Desk, who: Who) -> None:
    row = billed(desk, who, 1)
    assert used(who) == [1]
    undo_many([row.pk], practice=desk.practice, actor=desk.bob, reason="Wrong client")
    assert used(who) == [0]


def test_sessions_the_client_pays_absences_and_add_ons_use_nothing(desk: Desk, who: Who) -> None:
    billed(desk, who, 1, self_pay=True)
    billed(desk, who, 2, outcome="no_show")
    assert used(who) == [0]
    row = made.confirmed(desk.made, who, 3)
    extra = Service.objects.get(code="90785")
    AttendanceAddOn.objects.create(attendance=row, service=extra, fee="10.00")
    charge_many([row.pk], practice=desk.practice, actor=desk.bob)
    assert used(who) == [1]


def test_the_page_and_the_readiness_check_count_the_same(desk: Desk, who: Who) -> None:
    for days in range(2, 13):
        billed(desk, who, days)
    twelfth = made.attendance(desk.made, who, 1)
    assert (used(who), blocked(twelfth)) == ([11], False)
    billed(desk, who, 14)
    assert (used(who), blocked(twelfth)) == ([12], True)


def test_a_new_authorization_takes_over_when_the_old_one_is_used_up(desk: Desk, who: Who) -> None:
    for days in range(1, 13):
        billed(desk, who, days)
    thirteenth = made.attendance(desk.made, who, 0)
    assert blocked(thirteenth)
    Authorization.objects.create(
        coverage=who[1], number="B1", units=4, starts_on=dt.date(2026, 11, 1), ends_on=dt.date(2027, 3, 31)
    )
    assert not blocked(thirteenth)
    assert used(who) == [12, 0]
    billed(desk, who, 0)
    assert used(who) == [12, 1]


def test_any_number_of_authorizations_takes_two_queries(desk: Desk) -> None:
    for number in range(1, 4):
        billed(desk, made.client(number, desk.made["payer"]), 1)
    ids = list(Authorization.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as asked:
        assert billed_units(ids) == dict.fromkeys(ids, 1)
    assert len(asked) == 2
    assert billed_units([]) == {}
