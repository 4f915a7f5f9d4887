"""Short ways to send claims, for tests."""

from __future__ import annotations

from dataclasses import dataclass

from billing.claims import batching, leaving
from billing.models import Batch, Claim, Connection, Request
from edi.interchanges import Interchange
from edi.reading import read
from practice import clock, files
from practice.actors import Actor
from scheduling.models import Attendance
from tests.billing.day.hands import Desk


def connect(**facts: object) -> Connection:
    """A connection to the sandbox payer."""
    given = {
        "name": "Sandbox payer",
        "layout": "sandbox",
        "host": "127.0.0.1",
        "port": 1,
        "username": "fernhollow",
        "password": "secret",
        "submitter_id": "FERN01",
        "receiver_id": "SANDBOX",
        "receiver_name": "SANDBOX PAYER",
        "checked_at": clock.now(),
    }
    return Connection.objects.create(**(given | facts))


@dataclass
class Post(Desk):
    """The desk with its way out."""

    connection: Connection | None = None

    @property
    def system(self) -> Actor:
        return Actor.system(self.practice.pk)

    def claims(self, *rows: Attendance) -> list[Claim]:
        """Bills the sessions; their claims, which wait in a batch."""
        self.bill(*rows)
        return list(Claim.objects.filter(attendance__in=rows).order_by("pk"))

    def leave(self) -> list[Request]:
        """Sends the waiting batch on its way: the files are made."""
        batch = Batch.objects.get(status=Batch.Status.WAITING)
        batching.send_now(actor=self.bob, batch_id=batch.pk)
        leaving.leave(self.practice.pk, str(batch.pk))
        return list(Request.objects.filter(batch=batch).order_by("pk"))


def content(request: Request) -> Interchange:
    """The interchange of a file, as it was stored."""
    (found,) = read(files.read(request.file))
    return found
