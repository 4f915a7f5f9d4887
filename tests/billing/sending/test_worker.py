"""A real worker does all of it: makes the file, sends it, fetches the answers, reads them, checks the connection."""

from __future__ import annotations

import datetime as dt

import pytest

from billing.claims import batching
from billing.connections import services
from billing.models import Batch, Connection, InboundFile, Request
from practice import clock, tasks
from tests import processes
from tests.billing.sending.hands import NOW, Line
from tests.processes import wait_until
from tests.sandbox.running import wait_for

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_claims_leave_and_answers_come_back_by_a_worker(kept: None, line: Line) -> None:
    line.bill(2)
    with processes.worker() as worker:
        with line.inside():
            batching.send_now(actor=line.post.bob, batch_id=Batch.objects.get().pk)
        wait_until(lambda: line.claims() == {"sent"} or not worker.lives, "claims that were sent")
        assert worker.lives, worker.said
        wait_for(lambda: [name for name in line.sandbox.names() if name.startswith("835")], "an 835")
        with clock.at(NOW + dt.timedelta(minutes=1)):
            tasks.sweep()
        wait_until(lambda: answers(line) >= {"read"} or not worker.lives, "answers that were read")
        wait_until(lambda: line.claims() != {"sent"} or not worker.lives, "claims that were answered")
        with line.inside():
            services.check_again(actor=line.post.people.actor(line.post.people.alice), connection_id=line.number)
        wait_until(lambda: line.connection().checked_at is not None or not worker.lives, "a check")
        assert worker.lives, worker.said
    with line.inside():
        assert Request.objects.get().status == Request.Status.ACKNOWLEDGED
        assert Connection.objects.get().trouble == ""


def answers(line: Line) -> set[str]:
    """The states of what came back, once nothing of it waits to be read."""
    with line.inside():
        found = set(InboundFile.objects.values_list("status", flat=True))
    return set() if "stored" in found else found
