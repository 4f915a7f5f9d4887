"""A client of each of two clinicians, with coverage, an authorization, a contact and a diagnosis."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from clients import services
from clients.models import Authorization, Caseload, Client, ClientDiagnosis, Contact, Coverage
from clinicians.models import Clinician
from practice.actors import Actor
from practice.models import Practice, PracticeSettings
from tests.matrix.world import World, builds

SINCE = dt.date(2026, 1, 5)


@builds
def make_clients(world: World, practice: Practice) -> dict[str, Any]:
    """`client` is on the caseload of `clinician`, `other_client` on that of `other_clinician`."""
    PracticeSettings.objects.update(next_client_number=104)
    client = _client(101, "Maya", "Torres", world.one(practice, "clinician"))
    other = _client(102, "Owen", "Hale", world.one(practice, "other_clinician"))
    coverage = _coverage(world, practice, client, copay=Decimal("25.00"))
    return _past(world, practice) | {
        "client": client,
        "other_client": other,
        "caseload": client.caseloads.get(),
        "coverage": coverage,
        "authorization": Authorization.objects.create(
            coverage=coverage, number="A-1001", units=12, starts_on=SINCE, ends_on=dt.date(2026, 12, 31)
        ),
        "contact": Contact.objects.create(client=client, name="Rosa Torres", phone="215-555-0142"),
        "diagnosis": ClientDiagnosis.objects.create(
            client=client, code="F41.1", words="Generalized anxiety disorder", starts_on=SINCE
        ),
    }


def _past(world: World, practice: Practice) -> dict[str, Any]:
    """`past_client` of the same clinician has what ended and what was removed, so that both can be taken back."""
    past, actor = _client(103, "Ines", "Duarte", world.one(practice, "clinician")), Actor.system(practice.pk)
    coverage = _coverage(world, practice, past, ends_on=dt.date(2026, 6, 30))
    days = {"starts_on": SINCE, "ends_on": dt.date(2026, 6, 30)}
    gone = Authorization.objects.create(coverage=coverage, number="A-2002", units=6, **days)
    contact = Contact.objects.create(client=past, name="Paulo Duarte")
    removed = ClientDiagnosis.objects.create(client=past, code="F43.20", starts_on=SINCE)
    kept = [
        ClientDiagnosis.objects.create(client=past, code=code, rank=rank, starts_on=SINCE)
        for rank, code in enumerate(("F32.1", "F41.0"), start=1)
    ]
    owner = world.one(practice, "owner_clinician")
    objects = {
        "past_client": past,
        "ended_caseload": Caseload.objects.create(client=past, clinician=owner, **days),
        "ended_coverage": coverage,
        "ended_diagnosis": ClientDiagnosis.objects.create(client=past, code="F32.0", **days),
        "second_diagnosis": kept[1],
        "removed_contact": contact.pk,
        "removed_authorization": gone.pk,
        "removed_diagnosis": removed.pk,
    }
    services.remove_contact(actor=actor, contact_id=contact.pk)
    services.remove_authorization(actor=actor, authorization_id=gone.pk)
    services.remove_diagnosis(actor=actor, diagnosis_id=removed.pk)
    return objects


def _coverage(world: World, practice: Practice, client: Client, **facts: Any) -> Coverage:
    payer = world.one(practice, "payer")
    return Coverage.objects.create(client=client, payer=payer, member_id="W123456789", starts_on=SINCE, **facts)


def _client(number: int, first_name: str, last_name: str, clinician: Clinician) -> Client:
    client = Client.objects.create(
        number=number,
        first_name=first_name,
        last_name=last_name,
        date_of_birth=dt.date(1990, 4, 2),
        sex="F",
        since=SINCE,
    )
    Caseload.objects.create(client=client, clinician=clinician, starts_on=SINCE)
    return client
