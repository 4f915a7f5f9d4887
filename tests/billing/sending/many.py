"""Many files that leave while something is killed: letting them go, watching, and what must hold in the end."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter

from django.db import connections
from django.db.models import Count

from billing.claims import batching, sending, settling
from billing.models import Batch, Claim, Connection, Request
from edi.claims.reading import read_file
from edi.interchanges import Interchange
from edi.reading import read
from practice import clock, tasks
from tests import processes
from tests.billing.sending.hands import NOW, Line
from tests.processes import wait_until

BATCHES, CLAIMS = 40, 5
ROUND = sending.LEASE + dt.timedelta(minutes=1)
WAITING = "batch"
DONE = {Request.Status.SENT, Request.Status.ACKNOWLEDGED}


def let_go(line: Line, each: int = CLAIMS) -> None:
    """As many batches leave as there are files to send, with so many claims in each."""
    with clock.at(NOW):
        line.bill(BATCHES * each)
        with line.inside():
            batching.hold_back(actor=line.post.bob, batch_id=Batch.objects.get().pk)
            claims = list(Claim.objects.order_by("pk").values_list("pk", flat=True))
            for at in range(0, len(claims), each):
                batch = batching.batch_ready(actor=line.post.bob, claim_ids=claims[at : at + each])
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


def _arrived(line: Line) -> list[Interchange]:
    """What stands under a finished name."""
    files = [path for path in line.folder.iterdir() if not path.name.endswith(".tmp")]
    return [one for path in files for one in read(path.read_bytes())]


def received(line: Line) -> Counter[str]:
    """How often each control number arrived."""
    return Counter(one.control for one in _arrived(line))


def claims_received(line: Line) -> Counter[str]:
    """How often each claim arrived, by its patient control number."""
    sets = [one for interchange in _arrived(line) for file in read_file(interchange) for one in file.transactions]
    return Counter(claim.patient_control_number for one in sets for claim in one.claims)


def ask_the_payer(line: Line, moment: dt.datetime) -> None:
    """A person looks for each file of which nobody knows: what arrived is marked, what did not is sent again."""
    there = received(line)
    with clock.at(moment), line.inside():
        for request in Request.objects.filter(status=Request.Status.UNKNOWN):
            act = settling.say_arrived if there[request.control_number] else settling.send_again
            act(actor=line.post.bob, request_id=request.pk)


def work_until_settled(line: Line, moment: dt.datetime) -> None:
    """Lets a worker that nobody kills finish."""
    with processes.worker() as last, clock.at(moment):
        tasks.sweep()
        wait_until(lambda: is_settled(line) or not last.lives, "the end of the work", seconds=90)
        assert last.lives, last.said


def assert_each_arrived_once(line: Line, each: int = CLAIMS) -> None:
    with line.inside():
        numbers = list(Request.objects.values_list("control_number", flat=True))
        assert set(Request.objects.values_list("status", flat=True)) <= DONE
        assert Claim.objects.filter(status=Claim.Status.BATCHED).count() == 0
        assert Connection.objects.get().trouble == ""
        claims = Counter(Claim.objects.values_list("number", flat=True))
    assert len(set(numbers)) == BATCHES
    assert received(line) == Counter(numbers)
    assert claims.total() == BATCHES * each
    assert claims_received(line) == claims


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
