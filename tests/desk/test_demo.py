"""The demo: made by the calls the pages make; who is there and may do what before its first Monday."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from clinicians.models import Clinician, Engagement, Supervision
from desk.demo import accounts, agreements, caseload, haste, history, names, paydays, steps, worked
from desk.demo.cast import FERNHOLLOW, PASSWORD, PERSONAS, RIVERMARK
from desk.demo.script import FERNHOLLOW_SCRIPT, RIVERMARK_SCRIPT, WHOLE
from payroll.calculation.calendars import approve_by
from payroll.models import ProviderSetup, RuleSet
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


def test_ivan_looks_at_both_practices_and_sends_claims_for_rivermark_alone(founded: None) -> None:
    ivan = next(persona for persona in PERSONAS if persona.first_name == "Ivan")
    for business, more in ((FERNHOLLOW, set()), (RIVERMARK, {"claims:edit"})):
        allowed = accounts.enter(business, ivan).actor.permissions
        assert {name for name in allowed if name.endswith(":view")}
        assert {name for name in allowed if not name.endswith(":view")} == more


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


MONDAY = dt.date(2026, 10, 26)


def test_periods_are_opened_the_day_after_they_end() -> None:
    found = paydays.ended(MONDAY, dt.date(2026, 11, 15))
    assert [(str(one.starts_on), str(one.ends_on), str(one.pay_on)) for one in found] == [
        ("2026-10-16", "2026-10-31", "2026-11-13")
    ]
    assert [one.ends_on.day for one in paydays.ended(MONDAY, dt.date(2026, 11, 16))] == [31, 15]


def test_who_came_last_joined_with_the_period_that_ended_last() -> None:
    assert paydays.joins_on(MONDAY, dt.date(2026, 11, 17)) == dt.date(2026, 11, 1)
    assert paydays.joins_on(MONDAY, dt.date(2026, 10, 27)) == dt.date(2026, 10, 16)


def test_every_run_is_approved_before_its_money_must_leave_and_before_the_next_is_opened() -> None:
    for one in paydays.ended(dt.date(2026, 1, 5), dt.date(2027, 12, 31)):
        approved = one.ends_on + paydays.APPROVED_AFTER
        assert approved <= approve_by(one.pay_on)
        assert approved < one.pay_on


def test_one_evening_a_month_is_long_and_its_workweek_ends_in_the_first_half() -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(365)]
    evenings = [day for day in days if worked.is_evening(day)]
    assert [day.month for day in evenings] == list(range(1, 13))
    assert all(8 <= (day + dt.timedelta(days=3)).day <= 14 for day in evenings)


def test_commits_wait_for_the_disk_again_once_history_is_made(db: None) -> None:
    def now() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            return str(cursor.fetchone()[0])

    usual = now()
    with haste.not_waiting_for_the_disk():
        assert now() == "off"
    assert now() == usual


def test_everybody_but_partners_has_pay_rules() -> None:
    for script in WHOLE:
        for one in script.team:
            assert (one.name in agreements.RULES) == (one.engagement != "partner")


def test_pay_rules_are_of_every_kind() -> None:
    rules = [rule for several in agreements.RULES.values() for rule in several]
    assert {rule["method"] for rule in rules} == {"percent", "flat", "hourly", "salary", "bonus"}
    assert any(set(rule.get("applies_to", ())) == {"late_cancel", "no_show"} for rule in rules)
    assert any(rule.get("recognized") == "rendered" for rule in rules)


def test_the_clients_of_who_came_last_come_with_them() -> None:
    found = caseload.people(FERNHOLLOW_SCRIPT, 23)
    late = [person for person in found if person.clinician == FERNHOLLOW_SCRIPT.newcomer]
    assert {person.start_week for person in late} == {23, 24}


def test_papers_and_pay_are_set_up_before_the_first_monday(db: None, standing_clock: None, reference: None) -> None:
    history.found(WHOLE, NOW)
    owner = accounts.enter(FERNHOLLOW)
    with practice_context(owner.practice.pk, phi=True):
        for row in Clinician.objects.all():
            assert {paper.kind for paper in row.documents.all()} >= {"liability", "caqh"}
        assert RuleSet.objects.count() == len(FERNHOLLOW_SCRIPT.team)
        assert {one.target for one in ProviderSetup.objects.all()} == {"gusto", "adp_run"}
        unknown = Clinician.objects.filter(payee_mappings=None)
        assert [row.name for row in unknown] == ["Lena Brandt"]


def test_it_is_refused_where_people_work() -> None:
    with pytest.raises(CommandError, match="no demo"):
        call_command("seed_demo")
    assert clock.standing() is None
