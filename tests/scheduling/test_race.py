"""Two people book the same time at the same moment: one wins, the other reads a sentence."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from practice import clock
from practice.tenancy.context import practice_context
from scheduling import booking as bookings
from scheduling import locks
from scheduling.errors import DoubleBookedError
from scheduling.models import Session, SessionClinician
from tests.matrix.world import make_world
from tests.people import make_cast
from tests.scheduling.hands import ROOMS, WEDNESDAY, Desk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
AT_ONCE = 6
NOW = dt.datetime(2026, 11, 17, 15, 22, tzinfo=dt.UTC)


@pytest.fixture
def desk() -> Desk:
    with clock.at(NOW):
        people = make_cast()
        world = make_world(people, *ROOMS)
        return Desk(world, people.fernhollow, people.actor(people.frank))


def _all_at_once(desk: Desk, act: Callable[[], object]) -> list[str]:
    """What each of several people, who press the button together, is told: nothing, or the refusal."""
    gate = threading.Barrier(AT_ONCE)

    def press(_: int) -> str:
        try:
            gate.wait(timeout=20)
            with clock.at(NOW), transaction.atomic(), practice_context(desk.practice.pk, phi=True):
                act()
        except DoubleBookedError as error:
            return str(error)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(press, range(AT_ONCE)))


def _rows(desk: Desk) -> int:
    with transaction.atomic(), practice_context(desk.practice.pk, phi=True):
        start = clock.instant(desk.practice, WEDNESDAY, dt.time(9))
        assert (
            SessionClinician.objects.filter(starts_at=start).count() == Session.objects.filter(starts_at=start).count()
        )
        return Session.objects.filter(starts_at=start).count()


def test_one_wins_and_the_others_read_why(desk: Desk) -> None:
    booking = desk.booking()
    told = _all_at_once(desk, lambda: bookings.book(actor=desk.actor, booking=booking))
    assert sorted(told) == ["", *["Charlie has Maya Torres from 9:00 to 9:50 AM that day."] * (AT_ONCE - 1)]
    assert _rows(desk) == 1


def test_the_constraint_alone_gives_the_same_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the locks and without asking beforehand, PostgreSQL still refuses, and in the same words."""
    monkeypatch.setattr(locks, "people_and_room", lambda *_: [])
    monkeypatch.setattr(bookings, "refuse_taken", lambda *_: None)
    booking = desk.booking()
    with clock.at(NOW), transaction.atomic(), practice_context(desk.practice.pk, phi=True):
        bookings.book(actor=desk.actor, booking=booking)
        with pytest.raises(DoubleBookedError, match=r"Charlie has Maya Torres from 9:00 to 9:50 AM that day."):
            bookings.book(actor=desk.actor, booking=booking)
    assert _rows(desk) == 1
