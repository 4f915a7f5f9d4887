"""The demo: made by the calls the pages make; who is there and may do what before its first Monday."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from clinicians.models import Clinician, Engagement, Supervision
from desk.demo import accounts, caseload, history, names, paydays, steps
from desk.demo.cast import FERNHOLLOW, PASSWORD, PERSONAS, RIVERMARK
from desk.demo.script import FERNHOLLOW_SCRIPT, RIVERMARK_SCRIPT, WHOLE
from practice import access, clock, due
from practice.accounts import people
from practice.npi import validate_npi
from practice.tenancy.context import practice_context
from tests.people import NOW

MADE_BY_SERVICES = ("demo", "rehearsal")
FILES = sorted(file for part in MADE_BY_SERVICES for file in (Path(settings.BASE_DIR) / "desk" / part).rglob("*.py"))
KINDS = {"w2_exempt", "w2_nonexempt", "contractor"}


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_is_made_by_services_imports_no_model(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert "models" not in (node.module or "").split(".")
            assert all(name.name != "models" for name in node.names)
        if isinstance(node, ast.Import):
            assert all("models" not in name.name.split(".") for name in node.names)


SMALL = (FERNHOLLOW_SCRIPT.cut(weeks=2, clients=4, team=2), RIVERMARK_SCRIPT.cut(weeks=1, clients=2, team=1))


@pytest.fixture
def founded(db: None, standing_clock: None, reference: None) -> None:
    """Everybody is there and set up; no day has been lived yet."""
    history.found(SMALL, NOW)


def test_everybody_can_sign_in_and_enter(founded: None) -> None:
    for persona in PERSONAS:
        user = people.account_of(persona.email)
        assert user is not None
        assert user.check_password(PASSWORD)
        assert access.doors(user)


def test_fernhollow_has_clinicians_of_every_kind_each_with_an_account(
    db: None, standing_clock: None, reference: None
) -> None:
    history.found(WHOLE, NOW)
    owner = accounts.enter(FERNHOLLOW)
    with practice_context(owner.practice.pk, phi=True):
        assert {row.name for row in Clinician.objects.all() if row.user_id} == {
            one.name for one in names.FERNHOLLOW_TEAM
        }
        terms = Engagement.objects.select_related("clinician")
        assert {row.kind for row in terms} == KINDS
        assert {row.tin_type for row in terms if row.business_name} == {"ein"}
        assert all(row.tin for row in terms)
        assert terms.get(clinician__user=owner.actor.user_id).kind == "w2_exempt"
        assert Supervision.objects.count() == 2


def test_ivan_looks_at_both_practices_and_changes_nothing(founded: None) -> None:
    ivan = next(persona for persona in PERSONAS if persona.first_name == "Ivan")
    for business in (FERNHOLLOW, RIVERMARK):
        allowed = accounts.enter(business, ivan).actor.permissions
        assert allowed
        assert {name.split(":")[1] for name in allowed} == {"view"}


def test_each_step_is_due_until_it_is_done(founded: None) -> None:
    assert not history.is_finished(SMALL)
    planned = due.planned(steps.KIND, practice_id=accounts.enter(RIVERMARK).practice.pk)
    assert len(planned) > steps.WORKDAYS * 2


def test_the_demo_has_who_it_is_to_have() -> None:
    found = caseload.people(FERNHOLLOW_SCRIPT)
    assert len({person.key for person in found}) == FERNHOLLOW_SCRIPT.clients == 180
    assert len({(person.first_name, person.last_name) for person in found}) == 180
    assert {person.kind for person in found} == {"individual", "couple", "family", "group"}
    assert {person.payer for person in found} == {*names.PAYERS, ""}
    assert any(person.is_dependent for person in found)
    assert any(person.authorized for person in found)
    assert any(person.own_rate for person in found)
    assert {person.every_weeks for person in found} == {1, 2}
    assert {person.telehealth for person in found} == {True, False}
    assert found == caseload.people(FERNHOLLOW_SCRIPT)


def test_nobody_has_two_clients_at_once() -> None:
    for script in WHOLE:
        slots = [
            (person.clinician, person.weekday, person.time)
            for person in caseload.people(script)
            if person.kind != caseload.GROUP
        ]
        assert len(slots) == len(set(slots))


def test_the_numbers_of_clinicians_carry_a_right_check_digit() -> None:
    numbers = [one.npi for script in WHOLE for one in script.team] + [script.npi for script in WHOLE]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        validate_npi(number)


def test_pay_dates_follow_the_middle_and_the_end_of_a_month() -> None:
    found = paydays.dates(NOW.date().replace(month=2, day=1), NOW.date().replace(month=3, day=31))
    assert [(day.month, day.day) for day in found] == [(2, 5), (2, 20), (3, 5), (3, 20)]


def test_it_is_refused_where_people_work() -> None:
    with pytest.raises(CommandError, match="no demo"):
        call_command("seed_demo")
    assert clock.standing() is None
