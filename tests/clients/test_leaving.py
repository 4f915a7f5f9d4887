"""What the leaving page says about the caseload."""

from __future__ import annotations

import datetime as dt

from clients import services
from clients.leaving import clients_kept
from clients.models import Caseload
from clinicians.leaving import Leaver
from clinicians.models import Clinician
from practice.actors import Actor
from tests.clients.conftest import File
from tests.people import Cast

TODAY = dt.date(2026, 11, 17)


def test_clients_on_the_caseload_are_counted_once(file: File, charlie: Clinician, alice: Actor, people: Cast) -> None:
    leaver = Leaver(charlie.pk, TODAY, people.fernhollow, alice)
    assert clients_kept(leaver) == []
    file(clinician=charlie)
    (one,) = clients_kept(leaver)
    assert one.sentence == "One client stays on their caseload after Nov 17."
    assert one.url == f"/p/fernhollow/clients/?clinician={charlie.pk}&status=all"
    file("Ana Brook", clinician=charlie)
    assert clients_kept(leaver)[0].sentence == "2 clients stay on their caseload after Nov 17."
    for row in Caseload.objects.all():
        services.end_caseload(actor=alice, caseload_id=row.pk, ends_on=TODAY)
    assert clients_kept(leaver) == []


def test_a_clinician_is_told_nothing(file: File, charlie: Clinician, people: Cast) -> None:
    file(clinician=charlie)
    assert clients_kept(Leaver(charlie.pk, TODAY, people.fernhollow, people.actor(people.charlie))) == []
