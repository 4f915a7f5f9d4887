"""A practice with committed claims and a line to a real sandbox payer on loopback, for tests of sending."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections, transaction

from billing.claims import batching, leaving, sending
from billing.clearinghouses import polling
from billing.connections import checking
from billing.inbound import reading
from billing.inbound.services import KIND
from billing.models import Batch, Claim, Connection, InboundFile, Request
from practice import clock, due
from practice.models import DueWork, PracticeSettings
from practice.tenancy.context import practice_context
from scheduling.models import Attendance
from tests.billing.claims.hands import Post, connect
from tests.people import NOW, make_cast
from tests.sandbox.running import PASSWORD, Sandbox
from tests.scheduling.readiness import made

WINDOW = dt.timedelta(minutes=11)


@dataclass
class Line:
    """The practice, its connection and the payer at the other end; every step commits."""

    post: Post
    sandbox: Sandbox
    number: int

    @property
    def practice_id(self) -> int:
        return self.post.practice.pk

    @contextmanager
    def inside(self) -> Iterator[None]:
        with transaction.atomic(), practice_context(self.practice_id, phi=True, rates=True):
            yield

    def bill(self, count: int = 1, **facts: Any) -> list[Attendance]:
        """So many sessions are billed; their claims wait in one batch."""
        with self.inside():
            rows = [self.post.session(**facts) for _ in range(count)]
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does wherever rows have stood for a minute
        with self.inside():
            self.post.claims(*rows)
        return rows

    def ready(self, count: int = 1) -> Request:
        """Claims in a file that waits to be sent."""
        self.bill(count)
        with self.inside():
            batch = Batch.objects.get(status=Batch.Status.WAITING)
            batching.send_now(actor=self.post.bob, batch_id=batch.pk)
        leaving.leave(self.practice_id, str(batch.pk))
        with self.inside():
            return Request.objects.get(batch=batch)

    def send(self, request: Request) -> Request:
        """One try of the worker."""
        sending.send(self.practice_id, str(request.pk))
        return self.again(request)

    def again(self, request: Request) -> Request:
        """The request as it stands now."""
        with self.inside():
            return Request.objects.get(pk=request.pk)

    def poll(self) -> list[InboundFile]:
        """One look for answers, and their reading; all that arrived so far."""
        polling.poll(self.practice_id, str(self.number))
        for key in self.planned(KIND):
            reading.perform(self.practice_id, key)
        with self.inside():
            return list(InboundFile.objects.order_by("pk"))

    def connection(self, **changes: Any) -> Connection:
        """The connection as it stands, or as it is with something changed behind everybody's back."""
        with self.inside():
            if changes:
                Connection.objects.filter(pk=self.number).update(**changes)
            return Connection.objects.get(pk=self.number)

    def claims(self) -> set[str]:
        """The states of all claims."""
        with self.inside():
            return set(Claim.objects.values_list("status", flat=True))

    def planned(self, kind: str) -> list[str]:
        """What is due of a kind, at any time."""
        rows = DueWork.objects.filter(kind=kind, practice_id=self.practice_id)
        return list(rows.order_by("pk").values_list("object_id", flat=True))

    def received(self) -> list[str]:
        """What lies at the payer's under the name it was given, and nothing else."""
        return sorted(path.name for path in self.folder.iterdir())

    @property
    def folder(self) -> Path:
        return self.sandbox.folder / "sftp" / "caseload" / "inbound"


def lay(sandbox: Sandbox, **facts: Any) -> Line:
    """Commits a practice and its connection, with the key looked at and trusted."""
    people = make_cast()
    with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True, rates=True):
        given = made.practice()
        PracticeSettings.objects.update(
            npi="1245319599", phone="215-555-0142", contact_name="Bob Castellano", taxonomy="261QM0801X"
        )
        own = {"username": "caseload", "password": PASSWORD, "port": sandbox.facts["sftp_port"]}
        row = connect(**(own | {"host_key": sandbox.facts["host_key"]} | facts))
        due.plan(polling.POLL, practice_id=people.fernhollow.pk, object_id=row.pk, due_at=clock.now())
        return Line(Post(people, given, connection=row), sandbox, row.pk)


def check(line: Line) -> Connection:
    """The worker looks whether the connection works."""
    checking.check(line.practice_id, str(line.number))
    return line.connection()


__all__ = ["NOW", "WINDOW", "Line", "check", "lay"]
