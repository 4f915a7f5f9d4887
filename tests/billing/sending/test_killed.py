"""Workers are killed again and again, and the broker is wiped, while many files leave: each arrives exactly once."""

from __future__ import annotations

import random

import pytest

from config.celery import app
from practice import clock, tasks
from tests import processes
from tests.billing.sending import many
from tests.billing.sending.hands import NOW, Line, lay
from tests.faults.servers import Broker
from tests.processes import wait_until
from tests.sandbox.running import Sandbox

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
THOUSANDS = 75  # claims in each of 40 files: 3,000


@pytest.fixture
def line(transactional_db: None, kept: None, broker: Broker, sandbox: Sandbox) -> Line:
    with clock.at(NOW):
        return lay(sandbox)


def test_each_file_arrives_once_however_often_the_worker_is_killed(line: Line) -> None:
    many.let_go(line, THOUSANDS)
    chance, moment, kills = random.Random(20261117), NOW, 0  # noqa: S311 - when to kill, the same each time
    while not many.is_settled(line):
        assert kills < 100, many.standing(line)
        moment += many.ROUND
        with clock.at(moment):
            tasks.sweep()
        with processes.worker() as doomed:
            many.let_work(line, doomed, chance.randint(1, 8), chance.uniform(0, 0.2))
            doomed.kill()
        kills += 1
        processes.empty_queue()
    assert kills >= 10
    many.ask_the_payer(line, moment + many.ROUND)
    many.work_until_settled(line, moment + many.ROUND)
    many.assert_each_arrived_once(line, THOUSANDS)


def test_a_wiped_broker_loses_nothing(line: Line, broker: Broker) -> None:
    many.let_go(line)
    with processes.worker() as worker:
        with clock.at(NOW):
            tasks.sweep()
        wait_until(
            lambda: many.standing(line)[many.WAITING] < many.BATCHES - 10 or not worker.lives, "some files on their way"
        )
        with app.connection_for_write() as wire:
            wire.default_channel.client.flushall()
        assert worker.lives, worker.said
    assert not many.is_settled(line)
    many.work_until_settled(line, NOW + many.ROUND)
    many.ask_the_payer(line, NOW + 2 * many.ROUND)
    many.work_until_settled(line, NOW + 2 * many.ROUND)
    many.assert_each_arrived_once(line)
