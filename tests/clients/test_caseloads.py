"""Which clinicians see a client."""

from __future__ import annotations

import datetime as dt

import pytest

from clients import services
from clients.errors import ClientRefusedError
from clients.models import Caseload
from clinicians.models import Clinician
from practice.actors import Actor
from tests.clients.conftest import File

START = dt.date(2026, 3, 2)


def test_several_clinicians_see_one_client(file: File, charlie: Clinician, alice: Actor) -> None:
    dana = Clinician.objects.create(first_name="Dana", last_name="Whitfield")
    client = file(clinician=charlie)
    services.assign_clinician(actor=alice, client_id=client.pk, clinician=dana, starts_on=START)
    assert Caseload.objects.filter(client=client, ends_on=None).count() == 2


def test_the_same_clinician_twice_is_refused_by_name(file: File, charlie: Clinician, alice: Actor) -> None:
    client = file(clinician=charlie)
    with pytest.raises(ClientRefusedError, match="Charlie Nguyen sees this client already, from Jan 5"):
        services.assign_clinician(actor=alice, client_id=client.pk, clinician=charlie, starts_on=START)


def test_ending_is_today_and_can_be_taken_back(file: File, charlie: Clinician, alice: Actor) -> None:
    row = Caseload.objects.get(client=file(clinician=charlie))
    assert services.end_caseload(actor=alice, caseload_id=row.pk).ends_on == dt.date(2026, 11, 17)
    assert services.reopen_caseload(actor=alice, caseload_id=row.pk).ends_on is None


def test_reopening_is_refused_when_they_see_the_client_again(file: File, charlie: Clinician, alice: Actor) -> None:
    client = file(clinician=charlie)
    row = Caseload.objects.get(client=client)
    services.end_caseload(actor=alice, caseload_id=row.pk, ends_on=START)
    later = START + dt.timedelta(days=30)
    services.assign_clinician(actor=alice, client_id=client.pk, clinician=charlie, starts_on=later)
    with pytest.raises(ClientRefusedError, match="from Apr 1"):
        services.reopen_caseload(actor=alice, caseload_id=row.pk)


def test_it_cannot_end_before_it_began(file: File, charlie: Clinician, alice: Actor) -> None:
    row = Caseload.objects.get(client=file(clinician=charlie))
    with pytest.raises(ClientRefusedError, match="before the first day"):
        services.end_caseload(actor=alice, caseload_id=row.pk, ends_on=dt.date(2025, 1, 1))
