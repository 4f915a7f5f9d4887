"""Due work that fails: tried again less and less often, told after too many times, and in nobody's way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from practice import clock, due
from practice.models import DueWork
from tests.people import NOW

pytestmark = pytest.mark.django_db
KIND = "tests.failing"
PRACTICE = 7


class Worker:
    """Does what is due, and fails for the objects that are named."""

    def __init__(self) -> None:
        self.failing: set[str] = set()
        self.seen: list[str] = []

    def __call__(self, practice_id: int, object_id: str) -> None:
        self.seen.append(object_id)
        if object_id in self.failing:
            raise ZeroDivisionError
        due.done(KIND, practice_id=practice_id, object_id=object_id)

    def sweep(self) -> None:
        """Everything that is due, as the worker does it."""
        for piece in due.lease():
            try:
                due.perform(piece)
            except ZeroDivisionError:
                continue


@pytest.fixture
def worker(standing_clock: None) -> Iterator[Worker]:
    worker = Worker()
    due.handles(KIND)(worker)
    yield worker
    due._handlers.pop(KIND)


def plan(*names: str) -> None:
    for name in names:
        due.plan(KIND, practice_id=PRACTICE, object_id=name, due_at=clock.now())


def test_it_waits_longer_after_each_failure_and_never_more_than_an_hour(worker: Worker) -> None:
    plan("bad")
    worker.failing = {"bad"}
    waits = []
    moment = NOW
    for _ in range(9):
        with clock.at(moment):
            worker.sweep()
            row = DueWork.objects.get(kind=KIND)
        waits.append(int((row.due_at - moment).total_seconds() / 60))
        moment = row.due_at
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert (row.failures, row.error, row.lease_until) == (9, "ZeroDivisionError", None)


def test_before_its_time_nobody_tries_it(worker: Worker) -> None:
    plan("bad")
    worker.failing = {"bad"}
    worker.sweep()
    worker.sweep()
    assert worker.seen == ["bad"]


def test_it_does_not_keep_others_from_their_turn(worker: Worker) -> None:
    plan("bad", "good")
    worker.failing = {"bad"}
    worker.sweep()
    assert sorted(worker.seen) == ["bad", "good"]
    assert list(DueWork.objects.filter(kind=KIND).values_list("object_id", flat=True)) == ["bad"]


def test_success_forgets_the_failures(worker: Worker) -> None:
    plan("bad")
    worker.failing = {"bad"}
    worker.sweep()
    due.handles("tests.again")(lambda practice_id, object_id: None)
    DueWork.objects.update(kind="tests.again")
    due.perform(due.Due("tests.again", PRACTICE, "bad"))
    due._handlers.pop("tests.again")
    row = DueWork.objects.get(object_id="bad")
    assert (row.failures, row.error, row.failed_at) == (0, "", None)


def test_what_failed_too_often_is_told_to_its_practice_alone(worker: Worker) -> None:
    plan("bad")
    worker.failing = {"bad"}
    moment = NOW
    for count in range(1, due.TOO_OFTEN + 1):
        assert due.troubles(PRACTICE) == []
        with clock.at(moment):
            worker.sweep()
        moment += dt.timedelta(hours=1)
        assert DueWork.objects.get(kind=KIND).failures == count
    assert [row.object_id for row in due.troubles(PRACTICE)] == ["bad"]
    assert due.troubles(PRACTICE + 1) == []


def test_what_a_handler_planned_for_later_stays_later(worker: Worker) -> None:
    later = NOW + dt.timedelta(days=1)

    def plans_and_fails(practice_id: int, object_id: str) -> None:
        due.plan("tests.later", practice_id=practice_id, object_id=object_id, due_at=later)
        raise ZeroDivisionError

    due.handles("tests.later")(plans_and_fails)
    with pytest.raises(ZeroDivisionError):
        due.perform(due.Due("tests.later", PRACTICE, "1"))
    due._handlers.pop("tests.later")
    assert DueWork.objects.get(kind="tests.later").due_at == later


def test_a_kind_nobody_handles_is_put_off_too(standing_clock: None) -> None:
    due.plan("tests.nobody", practice_id=PRACTICE, object_id="1", due_at=clock.now())
    (piece,) = [one for one in due.lease() if one.kind == "tests.nobody"]
    with pytest.raises(LookupError):
        due.perform(piece)
    assert DueWork.objects.get(kind="tests.nobody").failures == 1


def test_a_lease_that_ran_out_counts_as_a_failure(standing_clock: None) -> None:
    plan("lost")
    for turn in range(due.TOO_OFTEN + 1):
        with clock.at(NOW + turn * (due.LEASE + dt.timedelta(seconds=1))):
            assert len(due.lease()) == 1
    row = DueWork.objects.get()
    assert (row.failures, row.error, row.attempts) == (due.TOO_OFTEN, due.UNFINISHED, due.TOO_OFTEN + 1)
    assert due.troubles(PRACTICE) == [row]
