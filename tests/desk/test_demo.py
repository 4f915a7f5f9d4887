"""The demo: made by the calls the pages make, once, and good enough to work with."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from clients.models import Client
from clinicians.models import Clinician
from desk.demo.cast import PASSWORD, PERSONAS
from practice import access
from practice.accounts import people
from practice.tenancy.context import practice_context
from scheduling.models import Session

MADE_BY_SERVICES = ("demo", "rehearsal")
FILES = sorted(file for part in MADE_BY_SERVICES for file in (Path(settings.BASE_DIR) / "desk" / part).rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_is_made_by_services_imports_no_model(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert "models" not in (node.module or "").split(".")
            assert all(name.name != "models" for name in node.names)
        if isinstance(node, ast.Import):
            assert all("models" not in name.name.split(".") for name in node.names)


@override_settings(DEMO=True)
def test_everybody_can_sign_in_and_enter_once_it_is_made(db: None, standing_clock: None, reference: None) -> None:
    call_command("seed_demo")
    call_command("seed_demo")
    for persona in PERSONAS:
        user = people.account_of(persona.email)
        assert user is not None
        assert user.check_password(PASSWORD)
        assert access.doors(user)


@override_settings(DEMO=True)
def test_fernhollow_has_people_and_sessions(db: None, standing_clock: None, reference: None) -> None:
    call_command("seed_demo")
    alice = people.account_of("alice@fernhollow.example")
    assert alice is not None
    door = access.doors(alice)[0]
    with practice_context(door.practice.pk, phi=True):
        linked = {clinician.name for clinician in Clinician.objects.all() if clinician.user_id}
        assert linked == {"Alice Moreau", "Charlie Nguyen", "Dana Whitfield", "Grace Lindqvist"}
        assert Client.objects.count() == 12
        assert Session.objects.count() > 200


def test_it_is_refused_where_people_work() -> None:
    with pytest.raises(CommandError, match="no demo"):
        call_command("seed_demo")
