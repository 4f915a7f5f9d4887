"""The demo's practices are connected to the sandbox payer at every start, and follow it where it goes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import override_settings

from billing.clearinghouses.choosing import connection_for
from billing.clearinghouses.polling import POLL
from billing.clearinghouses.protocol import Capability
from billing.connections import sharing
from billing.models import Connection, SharedConnection
from config.local import places
from desk.demo import accounts
from desk.demo.cast import NORTHLIGHT, PERSONAS, RIVERMARK
from practice import access, clock
from practice.accounts import founding, invitations
from practice.models import AuditEvent, DueWork, Practice
from practice.tenancy.context import practice_context
from tests.sandbox.running import Sandbox, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
DEMO = places.ROOT / "sandbox" / "scenarios" / "demo"


class Postman:
    """Keeps the token of an invitation."""

    token = ""

    def __call__(self, token: str) -> str:
        self.token = token
        return token


@pytest.fixture
def practices(transactional_db: None, standing_clock: None) -> list[Practice]:
    """Alice's and Heidi's, founded as the demo founds them."""
    return [found(first_name) for first_name in ("Alice", "Heidi")]


@pytest.fixture
def three(practices: list[Practice]) -> list[Practice]:
    """With Olga's organization, which Rivermark lets send its claims."""
    organization = found("Olga", "mso")
    owner = accounts.enter(RIVERMARK)
    with transaction.atomic():
        accounts.affiliate(owner, accounts.enter(NORTHLIGHT), clock.today(owner.practice))
    return [*practices, organization]


def found(first_name: str, kind: str = "practice") -> Practice:
    persona, postman = next(one for one in PERSONAS if one.first_name == first_name), Postman()
    names = {"first_name": persona.first_name, "last_name": persona.last_name}
    with transaction.atomic():
        founding.invite_owner(email=persona.email, link=postman, **names)
        user = invitations.accept_as_new(token=postman.token, password="x" * 14, ip=None, **names)
        return founding.found_practice(user=user, name=persona.business.name, kind=kind, time_zone="UTC")


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with running(tmp_path, str(DEMO)) as payer:
        yield payer


def connect(ready: Path) -> None:
    with override_settings(DEMO=True):
        call_command("connect_sandbox", "--ready", str(ready))


def connection(practice: Practice, layout: str = "sandbox", **changes: Any) -> Connection:
    with transaction.atomic(), practice_context(practice.pk):
        rows = Connection.objects.filter(layout=layout)
        if changes:
            rows.update(**changes)
        return rows.get()


def test_each_practice_has_a_login_of_its_own_and_trusts_the_key(practices: list[Practice], sandbox: Sandbox) -> None:
    connect(sandbox.folder / "ready.json")
    rows = [connection(practice) for practice in practices]
    assert [row.username for row in rows] == ["fernhollow", "rivermark"]
    for row in rows:
        assert row.host_key.split()[:2] == sandbox.facts["host_key"].split()[:2]
        assert (row.port, row.is_default, row.trouble) == (sandbox.facts["sftp_port"], True, "")
    assert DueWork.objects.filter(kind=POLL).count() == 4


def test_each_practice_can_ask_the_payer_at_once(practices: list[Practice], sandbox: Sandbox) -> None:
    connect(sandbox.folder / "ready.json")
    for practice in practices:
        row = connection(practice, layout="sandbox_api")
        assert (row.port, row.is_default, row.trouble) == (sandbox.facts["http_port"], False, "")
        with transaction.atomic(), practice_context(practice.pk):
            assert connection_for(Capability.ELIGIBILITY) == row
            claims = connection_for(Capability.CLAIMS)
            assert claims is not None
            assert claims.layout == "sandbox"


def test_rivermark_sends_and_asks_through_northlight(three: list[Practice], sandbox: Sandbox) -> None:
    connect(sandbox.folder / "ready.json")
    fernhollow, rivermark, northlight = three
    theirs = connection(northlight, layout="sandbox_api")
    assert (theirs.port, theirs.trouble, theirs.submitter_id) == (sandbox.facts["http_port"], "", "NORTHLIGHT-API")
    for capability in Capability:
        with transaction.atomic(), practice_context(rivermark.pk):
            row = connection_for(capability)
            assert row is not None
            assert (row.through_id, row.through_connection_id, row.password) == (northlight.pk, theirs.pk, "")
    with transaction.atomic(), practice_context(fernhollow.pk):
        assert not Connection.objects.filter(through_id__isnull=False).exists()
    with transaction.atomic(), practice_context(northlight.pk, phi=True):
        assert access.lets(rivermark, northlight, "claims:edit")
        (share,) = SharedConnection.objects.all()
        assert (share.practice_name, share.chosen_by_name) == ("Rivermark Partners", "Heidi Sommer")


def test_what_its_owner_ended_is_not_chosen_again(three: list[Practice], sandbox: Sandbox) -> None:
    connect(sandbox.folder / "ready.json")
    owner = accounts.enter(RIVERMARK)
    with transaction.atomic(), practice_context(owner.practice.pk, phi=True):
        sharing.end(actor=owner.actor, connection_id=Connection.objects.get(through_id__isnull=False).pk)
    connect(sandbox.folder / "ready.json")
    with transaction.atomic(), practice_context(owner.practice.pk):
        assert not Connection.objects.get(through_id__isnull=False).is_active


def test_a_second_start_changes_nothing(practices: list[Practice], sandbox: Sandbox) -> None:
    connect(sandbox.folder / "ready.json")
    before = told(practices[0])
    DueWork.objects.filter(kind=POLL).update(attempts=7)
    connect(sandbox.folder / "ready.json")
    assert told(practices[0]) == before
    assert set(DueWork.objects.filter(kind=POLL).values_list("attempts", flat=True)) == {7}


def told(practice: Practice) -> list[str]:
    with transaction.atomic(), practice_context(practice.pk, phi=True):
        return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_it_follows_to_another_port_and_key(practices: list[Practice], sandbox: Sandbox) -> None:
    connect(sandbox.folder / "ready.json")
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    connection(practices[0], port=1)
    connection(practices[0], layout="sandbox_api", port=1)
    connection(practices[1], host_key=other)
    connect(sandbox.folder / "ready.json")
    for practice in practices:
        row = connection(practice)
        assert row.port == sandbox.facts["sftp_port"]
        assert connection(practice, layout="sandbox_api").port == sandbox.facts["http_port"]
        assert row.host_key.split()[:2] == sandbox.facts["host_key"].split()[:2]


def test_a_server_that_is_not_the_sandbox_payer_is_not_trusted(
    practices: list[Practice], sandbox: Sandbox, tmp_path: Path
) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    false = tmp_path / "false.json"
    false.write_text(json.dumps(sandbox.facts | {"host_key": other}))
    with pytest.raises(CommandError, match="is not this installation’s sandbox payer"):
        connect(false)
    assert connection(practices[0]).host_key == ""


def test_without_a_sandbox_payer_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="does not run"):
        connect(tmp_path / "ready.json")


def test_it_is_refused_where_people_work(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no demo installation"):
        call_command("connect_sandbox", "--ready", str(tmp_path))
