"""A practice that can ask a payer, whose every step commits, for tests of the three steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from billing.eligibility import checking
from billing.eligibility.asking import ASK
from billing.models import EligibilityCheck
from clients.models import Client, Coverage
from practice import clock
from practice.actors import Actor
from practice.models import DueWork, PayerEnrollment, Practice
from practice.tenancy.context import practice_context
from scheduling.models import Attendance, Session, SessionClinician
from tests.billing.claims.hands import connect
from tests.billing.eligibility.payers import Line
from tests.people import Cast, make_cast
from tests.scheduling.readiness import made


def can_ask(payer: Any) -> None:
    """The payer answers our 270, through a connection that can ask it."""
    PayerEnrollment.objects.create(payer=payer, transaction="270", since=made.KEPT)
    connect(name="Sandbox API", layout="sandbox_api", is_default=False)


def book(facts: dict[str, Any], who: tuple[Client, Coverage], at: dt.datetime, **values: Any) -> Attendance:
    """A session that is to come."""
    stop = at + dt.timedelta(minutes=50)
    session = Session.objects.create(
        service=facts["service"], location=facts["place"], starts_at=at, ends_at=stop, made_at=clock.now()
    )
    SessionClinician.objects.create(
        session=session, clinician=facts["clinician"], starts_at=at, ends_at=stop, occupies=False
    )
    return Attendance.objects.create(session=session, client=who[0], **values)


@dataclass
class Office:
    """The practice, its payer at the other end of a line, and one client with insurance."""

    people: Cast
    line: Line
    facts: dict[str, Any]
    client: Client
    coverage: Coverage

    @property
    def practice(self) -> Practice:
        return self.people.fernhollow

    @property
    def bob(self) -> Actor:
        return self.people.actor(self.people.bob)

    @contextmanager
    def inside(self) -> Iterator[None]:
        with transaction.atomic(), practice_context(self.practice.pk, phi=True, rates=True):
            yield

    def run(self) -> None:
        """Asks everything that is due now, also what an answer makes due."""
        for _ in range(20):
            rows = DueWork.objects.filter(kind=ASK, due_at__lte=clock.now(), lease_until=None)
            found = rows.values_list("object_id", flat=True).first()
            if found is None:
                return
            checking.check(self.practice.pk, found)

    def checks(self) -> list[EligibilityCheck]:
        """All questions, the oldest first."""
        with self.inside():
            return list(EligibilityCheck.objects.order_by("pk"))


def lay(line: Line) -> Office:
    """Everything committed."""
    people = make_cast()
    with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True, rates=True):
        facts = made.practice()
        can_ask(facts["payer"])
        client, coverage = made.client(1, facts["payer"])
    return Office(people, line, facts, client, coverage)
