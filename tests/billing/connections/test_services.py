"""Setting up a connection: what is checked, trusted, switched, and when answers are fetched."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection as database

from billing.clearinghouses.polling import POLL
from billing.connections import services
from billing.models import Connection
from practice.actors import Actor
from practice.models import AuditEvent, DueWork
from practice.setup.errors import SetupRefusedError
from tests.billing.connections.conftest import KEY
from tests.people import Cast

pytestmark = pytest.mark.django_db
FACTS: dict[str, Any] = {
    "name": "Office Ally",
    "layout": "office_ally",
    "host": "ftp.example",
    "port": 22,
    "username": "fern",
    "submitter_id": "FERN01",
    "receiver_id": "330897513",
    "receiver_name": "OFFICE ALLY",
    "usage": "T",
}


@pytest.fixture
def alice(people: Cast, there: Connection, at_fernhollow: None) -> Actor:
    return people.actor(people.alice)


def planned(kind: str) -> list[str]:
    return list(DueWork.objects.filter(kind=kind).values_list("object_id", flat=True))


def test_a_new_connection_is_looked_at_before_anything_is_fetched(alice: Actor) -> None:
    row = services.add_connection(actor=alice, password="secret", **FACTS)
    assert planned(services.CHECK) == [str(row.pk)]
    assert planned(POLL) == []
    assert (row.is_default, row.host_key) == (False, "")


def test_the_password_is_kept_encrypted_and_never_in_the_trail(alice: Actor) -> None:
    row = services.add_connection(actor=alice, password="hunter2-hunter2", **FACTS)
    services.change_connection(actor=alice, connection_id=row.pk, password="hunter3-hunter3")
    assert Connection.objects.get(pk=row.pk).password == "hunter3-hunter3"
    with database.cursor() as cursor:
        cursor.execute("SELECT password FROM billing_connection WHERE id = %s", [row.pk])
        assert "hunter" not in cursor.fetchone()[0]
    told = str(list(AuditEvent.objects.values_list("before", "after")))
    assert "hunter" not in told


def test_an_empty_password_keeps_the_one_there_is(alice: Actor, there: Connection) -> None:
    services.change_connection(actor=alice, connection_id=there.pk, username="other")
    assert Connection.objects.get(pk=there.pk).password == "secret"


@pytest.mark.parametrize("moved", [{"host": "elsewhere.example"}, {"port": 2222}, {"layout": "claim_md"}])
def test_another_server_must_be_trusted_anew(alice: Actor, there: Connection, moved: dict[str, Any]) -> None:
    row = services.change_connection(actor=alice, connection_id=there.pk, **moved)
    assert row.host_key == ""


def test_the_same_server_stays_trusted(alice: Actor, there: Connection) -> None:
    assert services.change_connection(actor=alice, connection_id=there.pk, submitter_id="NEW01").host_key == KEY


def test_only_a_key_that_was_shown_can_be_trusted(alice: Actor, there: Connection) -> None:
    with pytest.raises(SetupRefusedError, match="has not shown its key yet"):
        services.trust_key(actor=alice, connection_id=there.pk)


def test_trusting_the_key_begins_the_fetching(alice: Actor, there: Connection) -> None:
    Connection.objects.update(host_key="", offered_host_key=KEY)
    row = services.trust_key(actor=alice, connection_id=there.pk)
    assert (row.host_key, row.offered_host_key) == (KEY, "")
    assert planned(POLL) == [str(there.pk)]


def test_a_forgotten_key_ends_the_fetching_until_another_is_trusted(alice: Actor, there: Connection) -> None:
    Connection.objects.update(host_key="", offered_host_key=KEY)
    services.trust_key(actor=alice, connection_id=there.pk)
    row = services.forget_key(actor=alice, connection_id=there.pk)
    assert (row.host_key, planned(POLL), planned(services.CHECK)) == ("", [], [str(there.pk)])
    with pytest.raises(SetupRefusedError, match="No key is trusted yet"):
        services.forget_key(actor=alice, connection_id=there.pk)


def test_claims_leave_through_one_connection(alice: Actor, there: Connection) -> None:
    row = services.add_connection(actor=alice, **FACTS)
    services.send_through(actor=alice, connection_id=row.pk)
    assert list(Connection.objects.filter(is_default=True)) == [row]


def test_claims_do_not_leave_through_one_that_is_switched_off(alice: Actor, there: Connection) -> None:
    row = services.add_connection(actor=alice, **FACTS)
    services.switch_connection(actor=alice, connection_id=row.pk, is_active=False)
    with pytest.raises(SetupRefusedError, match="switched off"):
        services.send_through(actor=alice, connection_id=row.pk)


def test_used_again_it_is_looked_at_first(alice: Actor, there: Connection) -> None:
    services.switch_connection(actor=alice, connection_id=there.pk, is_active=False)
    assert not Connection.objects.get().is_default
    services.switch_connection(actor=alice, connection_id=there.pk, is_active=True)
    assert Connection.objects.get().is_default
    assert planned(services.CHECK) == [str(there.pk)]


def test_a_name_is_used_once(alice: Actor, there: Connection) -> None:
    with pytest.raises(SetupRefusedError, match="There is a connection called sandbox PAYER already"):
        services.add_connection(actor=alice, **(FACTS | {"name": "sandbox PAYER"}))


def test_a_biller_sees_and_does_not_change(people: Cast, there: Connection, at_fernhollow: None) -> None:
    with pytest.raises(PermissionDenied):
        services.forget_key(actor=people.actor(people.bob), connection_id=there.pk)
