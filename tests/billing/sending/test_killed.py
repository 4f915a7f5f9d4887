"""Workers are killed again and again, and the broker is wiped, while many files leave: each arrives exactly once."""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.db.models import Count

from billing.claims import batching, sending
from billing.models import Batch, Claim, Connection, Request
from config.celery import app
from config.local import places, valkey
from edi.reading import read
from practice import clock, tasks
from tests import processes
from tests.billing.sending.hands import NOW, Line, lay
from tests.processes import wait_until
from tests.sandbox.running import Sandbox

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
BATCHES, CLAIMS = 40, 5
ROUND = sending.LEASE + dt.timedelta(minutes=1)
WAITING = "batch"
DONE = {Request.Status.SENT, Request.Status.ACKNOWLEDGED}


@pytest.fixture
def broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A Valkey of this test's own, so that it may be emptied."""
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("CASELOAD_PROFILE", str(tmp_path / "broker"))
        valkey.ensure()
        address = f"redis+socket://{places.redis_socket()}"
    monkeypatch.setenv("REDIS_URL", address)
    monkeypatch.setattr(app.conf, "broker_url", address)
    app._after_fork()  # drops the open lines to the other one
    yield address
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("CASELOAD_PROFILE", str(tmp_path / "broker"))
        valkey.stop()
    monkeypatch.undo()
    app._after_fork()


@pytest.fixture
def line(transactional_db: None, kept: None, broker: str, sandbox: Sandbox) -> Line:
    with clock.at(NOW):
        return lay(sandbox)


def let_go(line: Line) -> None:
    """As many batches leave as there are files to send."""
    with clock.at(NOW):
        line.bill(BATCHES * CLAIMS)
        with line.inside():
            batching.hold_back(actor=line.post.bob, batch_id=Batch.objects.get().pk)
            claims = list(Claim.objects.order_by("pk").values_list("pk", flat=True))
            for at in range(0, len(claims), CLAIMS):
                batch = batching.batch_ready(actor=line.post.bob, claim_ids=claims[at : at + CLAIMS])
                batching.send_now(actor=line.post.bob, batch_id=batch.pk)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def standing(line: Line) -> Counter[str]:
    """How many requests are in each state, and how many batches have none yet."""
    with line.inside():
        found = Counter(dict(Request.objects.values_list("status").annotate(Count("pk")).order_by()))
        found[WAITING] = Batch.objects.filter(status=Batch.Status.WAITING).count()
    return found


def is_settled(line: Line) -> bool:
    """Whether nothing moves any more by itself."""
    now = standing(line)
    return not now[WAITING] and not now[Request.Status.READY] and not now[Request.Status.SENDING]


def received(line: Line) -> Counter[str]:
    """How often each control number arrived under a finished name."""
    files = [path for path in line.folder.iterdir() if not path.name.endswith(".tmp")]
    return Counter(one.control for path in files for one in read(path.read_bytes()))


def ask_the_payer(line: Line, moment: dt.datetime) -> None:
    """A person looks for each file of which nobody knows: what arrived is marked, what did not is sent again."""
    there = received(line)
    with clock.at(moment), line.inside():
        for request in Request.objects.filter(status=Request.Status.UNKNOWN):
            act = sending.say_arrived if there[request.control_number] else sending.send_again
            act(actor=line.post.bob, request_id=request.pk)


def work_until_settled(line: Line, moment: dt.datetime) -> None:
    """Lets a worker that nobody kills finish."""
    with processes.worker() as last, clock.at(moment):
        tasks.sweep()
        wait_until(lambda: is_settled(line) or not last.lives, "the end of the work", seconds=90)
        assert last.lives, last.said


def assert_each_arrived_once(line: Line) -> None:
    with line.inside():
        numbers = list(Request.objects.values_list("control_number", flat=True))
        assert set(Request.objects.values_list("status", flat=True)) <= DONE
        assert Claim.objects.filter(status=Claim.Status.BATCHED).count() == 0
        assert Connection.objects.get().trouble == ""
    assert len(set(numbers)) == BATCHES
    assert received(line) == Counter(numbers)


def steps_done(line: Line) -> int:
    """How many batches became files, and of how many files it is known what became of them."""
    now = standing(line)
    return BATCHES - now[WAITING] + sum(now.values()) - now[WAITING] - now[Request.Status.READY] - now["sending"]


def let_work(line: Line, worker: processes.Running, steps: int, pause: float) -> None:
    """Leaves the worker alone for so many steps and a moment more, so that it is killed anywhere."""
    goal = steps_done(line) + steps
    wait_until(lambda: steps_done(line) >= goal or is_settled(line) or not worker.lives, "its next steps", seconds=90)
    assert worker.lives, worker.said
    threading.Event().wait(pause)


def test_each_file_arrives_once_however_often_the_worker_is_killed(line: Line) -> None:
    let_go(line)
    chance, moment, kills = random.Random(20261117), NOW, 0  # noqa: S311 - when to kill, the same each time
    while not is_settled(line):
        assert kills < 100, standing(line)
        moment += ROUND
        with clock.at(moment):
            tasks.sweep()
        with processes.worker() as doomed:
            let_work(line, doomed, chance.randint(1, 8), chance.uniform(0, 0.2))
            doomed.kill()
        kills += 1
        processes.empty_queue()
    assert kills >= 10
    ask_the_payer(line, moment + ROUND)
    work_until_settled(line, moment + ROUND)
    assert_each_arrived_once(line)


def test_a_wiped_broker_loses_nothing(line: Line, broker: str) -> None:
    let_go(line)
    with processes.worker() as worker:
        with clock.at(NOW):
            tasks.sweep()
        wait_until(lambda: standing(line)[WAITING] < BATCHES - 10 or not worker.lives, "some files on their way")
        with app.connection_for_write() as wire:
            wire.default_channel.client.flushall()
        assert worker.lives, worker.said
    assert not is_settled(line)
    work_until_settled(line, NOW + ROUND)
    ask_the_payer(line, NOW + 2 * ROUND)
    work_until_settled(line, NOW + 2 * ROUND)
    assert_each_arrived_once(line)
