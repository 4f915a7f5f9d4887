"""The broker and the database are killed while many files leave: nothing is lost, and each file arrives once."""

from __future__ import annotations

import random
import threading
import time

import pytest
from django.db.models import Count, Sum

from billing.models import LedgerLine, Request
from practice import clock, tasks
from tests import processes
from tests.billing.sending import many
from tests.billing.sending.hands import NOW, Line, lay
from tests.faults.servers import Broker, Database, close_all
from tests.processes import wait_until
from tests.sandbox.running import Sandbox

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
OUTAGE, SWEEP, PATIENCE = 60, 5, 120
KILLS = 6


def test_claims_billed_while_the_broker_is_down_leave_when_it_is_back(
    transactional_db: None, kept: None, broker: Broker, sandbox: Sandbox
) -> None:
    with clock.at(NOW):
        line = lay(sandbox)
    with processes.worker() as worker:
        broker.kill()
        began = time.monotonic()
        many.let_go(line)
        threading.Event().wait(max(0.0, OUTAGE - (time.monotonic() - began)))
        assert many.standing(line)[many.WAITING] == many.BATCHES
        broker.start()
        back = time.monotonic()
        while not many.is_settled(line):
            assert worker.lives, worker.said
            assert time.monotonic() < back + PATIENCE, many.standing(line)
            with clock.at(NOW):
                tasks.sweep()
            threading.Event().wait(SWEEP)
    many.assert_each_arrived_once(line)


def test_a_killed_database_loses_nothing_that_was_said_to_be_sent(
    database: Database, kept: None, broker: Broker, sandbox: Sandbox
) -> None:
    with clock.at(NOW):
        line = lay(sandbox)
    many.let_go(line)
    chance, moment = random.Random(20261123), NOW  # noqa: S311 - when to kill, the same each time
    for _ in range(KILLS):
        moment += many.ROUND
        with clock.at(moment):
            tasks.sweep()
        with processes.worker() as worker:
            many.let_work(line, worker, chance.randint(2, 6), chance.uniform(0, 0.2))
            said = told_to_be_sent(line)
            close_all()
            database.kill()
            database.start()
            close_all()
            assert said <= told_to_be_sent(line)
            assert_books_balance(line)
            threading.Event().wait(1)
            worker.kill()
        processes.empty_queue()
    many.work_until_settled(line, moment + many.ROUND)
    many.ask_the_payer(line, moment + 2 * many.ROUND)
    many.work_until_settled(line, moment + 2 * many.ROUND)
    many.assert_each_arrived_once(line)


def test_the_worker_goes_on_by_itself_when_the_database_is_back(
    database: Database, kept: None, broker: Broker, sandbox: Sandbox
) -> None:
    with clock.at(NOW):
        line = lay(sandbox)
    many.let_go(line)
    with processes.worker() as worker:
        with clock.at(NOW):
            tasks.sweep()
        wait_until(lambda: many.steps_done(line) >= 4 or not worker.lives, "its first steps")
        close_all()
        database.kill()
        threading.Event().wait(SWEEP)
        database.start()
        close_all()
        with clock.at(NOW + many.ROUND):
            tasks.sweep()
        wait_until(lambda: many.is_settled(line) or not worker.lives, "the end of the work", seconds=PATIENCE)
        assert worker.lives, worker.said
    many.ask_the_payer(line, NOW + 2 * many.ROUND)
    many.work_until_settled(line, NOW + 2 * many.ROUND)
    many.assert_each_arrived_once(line)


def told_to_be_sent(line: Line) -> set[str]:
    """The control numbers of the files that stand as sent, each of which lies at the payer's."""
    with line.inside():
        numbers = set(Request.objects.filter(status__in=many.DONE).values_list("control_number", flat=True))
    assert numbers <= set(many.received(line))
    return numbers


def assert_books_balance(line: Line) -> None:
    """Every entry of the ledger has lines that sum to zero."""
    with line.inside():
        sums = LedgerLine.objects.values("entry").annotate(total=Sum("amount"), lines=Count("pk"))
        assert all(row["total"] == 0 and row["lines"] >= 2 for row in sums)
