"""Adding somebody, and what changes about them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from clients import services
from clients.errors import ClientRefusedError, PossibleDuplicateError
from clients.models import Caseload, Client, Coverage
from clients.policies import visible_clients
from clinicians.models import Clinician
from practice import clock
from practice.actors import Actor
from practice.models import AuditEvent, PracticePayer, StateChange
from tests.clients.conftest import File
from tests.people import Cast


def test_numbers_are_allotted_one_after_the_other(file: File) -> None:
    assert [file("Maya Torres").number, file("Owen Hale").number, file("Ines Duarte").number] == [1, 2, 3]


def test_clinician_and_insurance_come_along(file: File, charlie: Clinician, payer: PracticePayer) -> None:
    client = file(clinician=charlie, payer=payer, member_id=" w12 3", phone="2155550142")
    assert client.phone == "(215) 555-0142"
    assert Caseload.objects.get().clinician == charlie
    coverage = Coverage.objects.get()
    assert (coverage.member_id, coverage.starts_on) == ("W123", dt.date(2026, 1, 5))
    events = AuditEvent.objects.filter(client_id=client.pk).values_list("action", flat=True)
    assert set(events) == {"client.added", "caseload.added", "coverage.added"}
    assert StateChange.objects.get(kind="clients.client").after == "active"


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "Mia Torres"},
        {"name": "maya torres", "date_of_birth": dt.date(1985, 1, 1)},
        {"name": "MAYA TORRES", "date_of_birth": None},
    ],
)
def test_who_may_be_the_same_person_is_shown_first(file: File, facts: dict[str, Any]) -> None:
    known = file("Maya Torres")
    with pytest.raises(PossibleDuplicateError) as error:
        file(**facts)
    assert error.value.matches == [known]
    assert Client.objects.count() == 1
    assert file(**facts, seen=[known.pk]).number == 2


@pytest.mark.parametrize(
    "facts", [{"name": "Maya Hale"}, {"name": "June Torres", "date_of_birth": dt.date(1991, 4, 2)}]
)
def test_somebody_else_is_added_without_a_question(file: File, facts: dict[str, Any]) -> None:
    file("Maya Torres")
    assert file(**facts).number == 2


def test_a_match_that_was_not_shown_is_asked_about(file: File) -> None:
    first = file("Maya Torres")
    second = file("Maya Torres", seen=[first.pk])
    with pytest.raises(PossibleDuplicateError) as error:
        file("Maya Torres", seen=[first.pk])
    assert second in error.value.matches


@pytest.mark.parametrize("born", [dt.date(1899, 12, 31), dt.date(2026, 11, 18)])
def test_a_date_of_birth_lies_in_the_past(file: File, born: dt.date) -> None:
    with pytest.raises(ClientRefusedError, match="between 1900 and today"):
        file(date_of_birth=born)


def test_a_change_is_written_down(file: File, alice: Actor) -> None:
    client = file()
    services.change_client(actor=alice, client_id=client.pk, own_rate=Decimal("80.00"), last_name="Torres")
    event = AuditEvent.objects.get(action="client.changed")
    assert (event.client_id, event.before, event.after) == (client.pk, {"own_rate": None}, {"own_rate": "80.00"})


def test_a_status_changes_by_transition(file: File, alice: Actor) -> None:
    client = file()
    services.change_status(actor=alice, client_id=client.pk, status="inactive")
    client.refresh_from_db()
    assert client.status == "inactive"
    assert StateChange.objects.filter(object_id=client.pk, after="inactive").count() == 1
    services.change_status(actor=alice, client_id=client.pk, status="inactive")
    assert StateChange.objects.filter(object_id=client.pk, after="inactive").count() == 1
    with pytest.raises(ClientRefusedError):
        services.change_status(actor=alice, client_id=client.pk, status="gone")


def test_a_clinician_opens_only_their_own(people: Cast, file: File, charlie: Clinician) -> None:
    actor = people.actor(people.charlie)
    own, other = file("Maya Torres", clinician=charlie), file("Owen Hale")
    assert services.open_record(actor=actor, client_id=own.pk) == own
    with pytest.raises(Http404):
        services.open_record(actor=actor, client_id=other.pk)
    with pytest.raises(PermissionDenied):
        services.change_client(actor=actor, client_id=own.pk, own_rate=Decimal("1.00"))


def test_a_record_closes_after_the_last_day_of_the_caseload(people: Cast, file: File, charlie: Clinician) -> None:
    actor, client = people.actor(people.charlie), file("Maya Torres", clinician=charlie)
    Caseload.objects.filter(client=client).update(ends_on=dt.date(2026, 11, 17))
    with clock.at(dt.datetime(2026, 11, 18, 4, 59, tzinfo=dt.UTC)):
        assert list(visible_clients(actor)) == [client], "11:59 PM in New York is still the last day"
    with clock.at(dt.datetime(2026, 11, 18, 5, tzinfo=dt.UTC)):
        assert list(visible_clients(actor)) == []
        with pytest.raises(Http404):
            services.open_record(actor=actor, client_id=client.pk)


def test_a_caseload_to_come_opens_the_record_and_somebody_without_one_opens_none(
    people: Cast, file: File, charlie: Clinician
) -> None:
    client = file("Maya Torres", clinician=charlie)
    Caseload.objects.filter(client=client).update(starts_on=dt.date(2026, 12, 1))
    assert list(visible_clients(people.actor(people.charlie))) == [client]
    assert list(visible_clients(people.actor(people.dana))) == []
