"""Northlight, an MSO, has a connection to a real sandbox payer; Fernhollow and Rivermark may send through it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction

from billing.claims import batching, leaving, sending
from billing.claims.leaving import SEND
from billing.clearinghouses import polling
from billing.connections import sharing
from billing.inbound import reading
from billing.inbound.services import KIND
from billing.models import Batch, Connection, InboundFile, Request
from practice import access, clock, due
from practice.actors import Actor
from practice.models import DueWork, Practice, PracticeSettings, User
from practice.permissions import Role
from practice.tenancy.context import practice_context
from tests import processes
from tests.billing.claims.hands import Post, connect
from tests.people import Cast, make_cast, member
from tests.sandbox.running import PASSWORD, Sandbox, running
from tests.scheduling.readiness import made


@dataclass
class Elsewhere(Post):
    """The desk of any practice, whose owner acts."""

    at: Practice | None = None
    owner: Actor | None = None

    @property
    def practice(self) -> Practice:
        assert self.at is not None
        return self.at

    @property
    def bob(self) -> Actor:
        assert self.owner is not None
        return self.owner


@dataclass
class Shared:
    """The organization with its connection, and practices that chose it."""

    people: Cast
    olga: User
    sandbox: Sandbox
    number: int

    @contextmanager
    def inside(self, practice: Practice) -> Iterator[None]:
        with transaction.atomic(), practice_context(practice.pk, phi=True, rates=True):
            yield

    def actor(self, user: User, practice: Practice) -> Actor:
        entry = access.enter(user, practice.slug)
        assert entry is not None
        return entry.actor

    @property
    def mso(self) -> Actor:
        return self.actor(self.olga, self.people.northlight)

    def mso_row(self) -> Connection:
        """The organization's connection."""
        return Connection.objects.get(pk=self.number)

    def owner(self, practice: Practice) -> Actor:
        user = self.people.alice if practice == self.people.fernhollow else self.people.heidi
        return self.actor(user, practice)

    def offer(self, practice: Practice) -> None:
        with self.inside(self.people.northlight):
            sharing.offer(actor=self.mso, connection_id=self.number, practice_id=practice.pk)

    def choose(self, practice: Practice) -> Connection:
        with self.inside(practice):
            row = Connection.objects.get(through_id=self.people.northlight.pk)
            return sharing.choose(actor=self.owner(practice), connection_id=row.pk)

    def practice(self, practice: Practice, npi: str, ein: str) -> Post:
        """A practice with what claims need, that sends through the organization."""
        with self.inside(practice):
            given = made.practice()
            PracticeSettings.objects.update(
                npi=npi, ein=ein, phone="215-555-0142", contact_name="Bob Castellano", taxonomy="261QM0801X"
            )
        self.offer(practice)
        return Elsewhere(self.people, given, connection=self.choose(practice), at=practice, owner=self.owner(practice))

    def request(self, post: Post, practice: Practice, count: int = 1) -> Request:
        """Claims of a practice in a file that waits."""
        with self.inside(practice):
            rows = [post.session() for _ in range(count)]
            post.claims(*rows)
            batch = Batch.objects.get(status=Batch.Status.WAITING)
            batching.send_now(actor=post.bob, batch_id=batch.pk)
        leaving.leave(practice.pk, str(batch.pk))
        with self.inside(practice):
            return Request.objects.get(batch=batch)

    def work(self, practice: Practice, kind: str) -> None:
        """Does what is due of a kind in a tenant."""
        handler = {SEND: sending.send, KIND: reading.perform, polling.POLL: polling.poll}[kind]
        rows = DueWork.objects.filter(kind=kind, practice_id=practice.pk).order_by("pk")
        for key in list(rows.values_list("object_id", flat=True)):
            handler(practice.pk, key)

    def through(self, practice: Practice) -> None:
        """A practice's files go to the organization, and from there to the payer."""
        self.work(practice, SEND)
        self.work(self.people.northlight, SEND)

    def fetch(self, *practices: Practice) -> None:
        """The organization fetches and hands over; the practices read."""
        self.work(self.people.northlight, polling.POLL)
        self.work(self.people.northlight, KIND)
        for practice in practices:
            self.work(practice, KIND)

    def files(self, practice: Practice) -> list[InboundFile]:
        with self.inside(practice):
            return list(InboundFile.objects.order_by("pk"))


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with running(tmp_path / "sandbox") as found:
        yield found


@pytest.fixture
def shared(transactional_db: None, standing_clock: None, sandbox: Sandbox) -> Shared:
    processes.empty_queue()
    people = make_cast()
    olga = member("Olga Northlight", people.northlight, Role.OWNER)
    with transaction.atomic(), practice_context(people.northlight.pk, phi=True):
        PracticeSettings.objects.create(legal_name="Northlight Services LLC", phone="215-555-0199", contact_name="Olga")
        facts = {"username": "caseload", "password": PASSWORD, "port": sandbox.facts["sftp_port"]}
        row = connect(**facts, host_key=sandbox.facts["host_key"], submitter_id="NORTH01")
        due.plan(polling.POLL, practice_id=people.northlight.pk, object_id=row.pk, due_at=clock.now())
    return Shared(people, olga, sandbox, row.pk)
