"""A client with charges, made the way the billing day makes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from billing.charges import facts_of
from billing.ledger import postings
from billing.ledger import services as ledger
from billing.ledger.services import Draft
from billing.models import Charge, Entry
from clients.models import Client
from clinicians.models import Clinician
from practice import clock
from practice.actors import Actor
from practice.models import Practice, PracticePayer, Service
from scheduling.models import Attendance, Session

DAY = dt.date(2026, 11, 2)


def make_client(number: int = 1, last_name: str = "Torres", **facts: Any) -> Client:
    return Client.objects.create(number=number, first_name="Maya", last_name=last_name, **facts)


def make_clinician(**facts: Any) -> Clinician:
    return Clinician.objects.create(**({"first_name": "Charlie", "last_name": "Nguyen", "credentials": "LPC"} | facts))


def make_service() -> Service:
    facts = {"code": "90834", "name": "Psychotherapy"}
    return Service.objects.get_or_create(**facts, defaults={"kind": Service.Kind.INDIVIDUAL})[0]


def make_charge(
    practice: Practice,
    client: Client,
    clinician: Clinician,
    amount: str = "150.00",
    *,
    day: dt.date = DAY,
    payer: PracticePayer | None = None,
    copay: str = "0.00",
    **facts: Any,
) -> Charge:
    """A confirmed session and its charge with its entry; who owes follows from the payer."""
    service = facts.pop("service", None) or make_service()
    start = clock.instant(practice, day, dt.time(9))
    session = Session.objects.create(
        service=service, starts_at=start, ends_at=start + dt.timedelta(minutes=50), made_at=clock.now()
    )
    attendance = Attendance.objects.create(
        session=session,
        client=client,
        service=service,
        rendering=clinician,
        fee=Decimal(amount),
        status=Attendance.Status.CONFIRMED,
        outcome=Attendance.Status.HELD,
        confirmed_at=clock.now(),
        **facts,
    )
    charge = Charge.objects.create(
        attendance=attendance,
        client=client,
        clinician=clinician,
        payer=payer,
        kind=Charge.Kind.SESSION,
        code="90834",
        amount=Decimal(amount),
        service_on=day,
        made_at=clock.now(),
    )
    draft = Draft(Entry.Kind.CHARGE, postings.charge(facts_of(charge, Decimal(copay))), day)
    ledger.post(draft, practice=practice, actor=Actor.system(practice.pk))
    return charge
