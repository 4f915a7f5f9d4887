"""Modifiers and the reason of a late claim, entered on the billing day."""

from __future__ import annotations

import datetime as dt

import pytest

from billing.day import entry
from billing.day.judging import judge_rows
from practice.models import PayerRules
from practice.models.payer_rules import ALWAYS
from scheduling.confirming import save_facts
from scheduling.errors import AttendanceRefusedError
from scheduling.models import Attendance
from tests.billing.day.hands import Desk

pytestmark = pytest.mark.django_db


def typed(desk: Desk, row: Attendance, name: str, value: str) -> Attendance:
    """What a button or the entry does."""
    return save_facts(row, entry.facts(name, {"value": value}, row, desk.practice), desk.bob)


def codes(desk: Desk, row: Attendance) -> list[str]:
    return [finding.code for finding in judge_rows([row], actor=desk.bob)[row.pk].findings]


def test_a_button_puts_the_payers_modifier_in(desk: Desk) -> None:
    PayerRules.objects.create(payer=desk.made["payer"], starts_on=ALWAYS, video_modifier="GT")
    row = desk.session(modifiers=["95", "HO"], place_of_service="10", client_state="PA")
    row.session.telehealth = True
    row.session.save(update_fields=["telehealth"])
    found = judge_rows([row], actor=desk.bob)[row.pk].findings
    (finding,) = [one for one in found if one.code == "modifier_mismatch"]
    (action,) = finding.actions
    row = typed(desk, row, action.field, action.value)
    assert row.modifiers == ["GT", "HO"]
    assert "modifier_mismatch" not in codes(desk, row)


def test_the_last_modifier_is_taken_away(desk: Desk) -> None:
    row = desk.session(modifiers=["95"])
    assert "modifier_mismatch" in codes(desk, row)
    assert typed(desk, row, "modifiers", "none").modifiers == []
    assert codes(desk, row) == []


def test_what_is_proposed_fits_the_payer(desk: Desk) -> None:
    PayerRules.objects.create(payer=desk.made["payer"], starts_on=ALWAYS, video_modifier="GT")
    row = desk.session(client_state="PA")
    row.session.telehealth = True
    row.session.save(update_fields=["telehealth"])
    assert "modifier_mismatch" not in codes(desk, row)


def test_what_is_no_modifier_is_refused(desk: Desk) -> None:
    with pytest.raises(AttendanceRefusedError, match="no modifier"):
        typed(desk, desk.session(), "modifiers", "955")


def test_a_late_session_is_billed_with_its_reason(desk: Desk) -> None:
    PayerRules.objects.create(payer=desk.made["payer"], starts_on=dt.date(2026, 11, 1), filing_days=1)
    row = desk.session(days=3)
    assert "deadline_passed" in codes(desk, row)
    with pytest.raises(AttendanceRefusedError, match="Choose why"):
        typed(desk, row, "late_reason", "12")
    row = typed(desk, row, "late_reason", "8")
    assert "deadline_passed" not in codes(desk, row)
    assert desk.bill(row).status == "done"


def test_the_controls_name_the_choices(desk: Desk) -> None:
    row = desk.session(modifiers=["95"])
    (control,) = entry.controls("late_reason", row, desk.practice)
    assert ("8", "Eligibility was decided late") in control.choices
    (control,) = entry.controls("modifiers", row, desk.practice)
    assert control.value == "95"
