"""Workers are killed and the receiver misbehaves while files leave over HTTP: each is taken once, nobody is asked."""

from __future__ import annotations

import datetime as dt
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from billing.claims.batching import LEAVE
from billing.claims.leaving import SEND
from billing.models import Claim, Request
from config.celery import app
from edi.reading import read
from practice import clock, tasks
from practice.models import DueWork
from tests import processes
from tests.billing.sending import many
from tests.billing.sending import stub as receiver
from tests.billing.sending.hands import NOW, Line, lay
from tests.billing.sending.stub import DROP, HANG, KEY, Taken
from tests.billing.sending.test_api import LAYOUT
from tests.faults.servers import Broker
from tests.processes import wait_until
from tests.sandbox.running import Sandbox

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
TROUBLES: list[Any] = [None, None, None, DROP, DROP, HANG, 500, 503, 409, 429]
PATIENCE = 120


@pytest.fixture
def stub() -> Iterator[Taken]:
    with receiver.running() as found:
        yield found


@pytest.fixture
def line(transactional_db: None, kept: None, broker: Broker, sandbox: Sandbox, stub: Taken) -> Line:
    with clock.at(NOW):
        return lay(sandbox, **LAYOUT, password=KEY, port=stub.port)


def left(line: Line) -> int:
    """How many files are not known to be there."""
    now = many.standing(line)
    return many.BATCHES - now[Request.Status.SENT] - now[Request.Status.ACKNOWLEDGED]


def let_call(worker: processes.Running, stub: Taken, moment: dt.datetime, calls: int, pause: float) -> None:
    """Leaves the worker alone for so many calls, or until nothing is due any more, and a moment more."""
    goal = len(stub.calls) + calls
    due = DueWork.objects.filter(kind__in=[LEAVE, SEND], due_at__lte=moment)
    wait_until(
        lambda: len(stub.calls) >= goal or not due.exists() or not worker.lives, "its next calls", seconds=PATIENCE
    )
    assert worker.lives, worker.said
    threading.Event().wait(pause)


def work_until_all_are_known(line: Line, moment: dt.datetime) -> None:
    """A worker that nobody kills, and a clock that goes on, so that what is not known is asked again."""
    until = time.monotonic() + PATIENCE
    with processes.worker() as last:
        while left(line):
            assert last.lives, last.said
            assert time.monotonic() < until, many.standing(line)
            moment += many.ROUND
            with clock.at(moment):
                tasks.sweep()
            threading.Event().wait(1)


def assert_each_was_taken_once(line: Line, stub: Taken) -> None:
    taken = Counter(one.control for body in stub.taken.values() for one in read(json.loads(body)["x12"].encode()))
    with line.inside():
        assert taken == Counter(Request.objects.values_list("control_number", flat=True))
        assert set(stub.taken) == {str(key) for key in Request.objects.values_list("key", flat=True)}
        assert Claim.objects.filter(status=Claim.Status.BATCHED).count() == 0
    assert set(taken.values()) == {1}
    assert len(taken) == many.BATCHES


def test_each_file_is_taken_once_however_often_the_worker_is_killed_and_the_receiver_fails(
    line: Line, stub: Taken
) -> None:
    many.let_go(line)
    chance, moment, kills = random.Random(20261124), NOW, 0  # noqa: S311 - when and how, the same each time
    while left(line) > many.BATCHES // 4:
        assert kills < 60, many.standing(line)
        moment += many.ROUND
        stub.troubles = [(trouble, {}) for trouble in chance.choices(TROUBLES, k=20)]
        stub.after = chance.random() < 0.5
        with clock.at(moment):
            tasks.sweep()
        with processes.worker() as doomed:
            let_call(doomed, stub, moment, chance.randint(3, 9), chance.uniform(0, 0.2))
            doomed.kill()
        kills += 1
        processes.empty_queue()
    assert kills >= 5
    stub.troubles = []
    work_until_all_are_known(line, moment)
    assert_each_was_taken_once(line, stub)


def test_a_wiped_broker_loses_nothing(line: Line, stub: Taken) -> None:
    many.let_go(line)
    with processes.worker() as worker:
        with clock.at(NOW):
            tasks.sweep()
        wait_until(
            lambda: left(line) < many.BATCHES - 5 or not worker.lives, "some files on their way", seconds=PATIENCE
        )
        with app.connection_for_write() as wire:
            wire.default_channel.client.flushall()
        assert worker.lives, worker.said
    work_until_all_are_known(line, NOW + many.ROUND)
    assert_each_was_taken_once(line, stub)
