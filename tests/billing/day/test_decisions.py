"""Warnings are gone past with a reason, which stays in view and can be taken back; what blocks stays."""

from __future__ import annotations

from typing import Any

import pytest

from billing.day import selectors
from billing.day.shapes import Line
from practice.models import AuditEvent
from scheduling.models import Attendance, FindingOverride
from scheduling.readiness import findings_for
from scheduling.readiness.services import OverrideRefusedError, override, withdraw
from tests.billing.day.hands import MONDAY, Desk
from tests.people import signed_in

PAGE = "/p/fernhollow/billing/2026-11-16/"
CODE = "times_too_short"


@pytest.fixture
def bob(desk: Desk) -> Any:
    return signed_in(desk.people.bob)


@pytest.fixture
def warned(desk: Desk) -> Attendance:
    """A client who pays had less time than the code is for."""
    return desk.session(self_pay=True, service=desk.made["long"])


def line(desk: Desk) -> Line:
    return selectors.day(desk.bob, desk.practice, MONDAY).all_rows[0].lines[0]


def act(browser: Any, row: Attendance, what: str, **body: str) -> Any:
    url = f"/p/fernhollow/billing/sessions/{row.pk}/override/{what}"
    return browser.post(url, {"at": "2026-11-16", **body}, headers={"HX-Request": "true"})


def undo_of(answer: Any) -> str:
    return str(list(answer.context["messages"])[-1].extra_tags).removeprefix("undo:")


def test_a_warning_is_gone_past_in_its_row_and_says_who_and_why(desk: Desk, bob: Any, warned: Attendance) -> None:
    assert line(desk).may_pass
    opened = bob.get(f"{PAGE}?edit={warned.pk}-override.{CODE}").content.decode()
    assert "Why it is fine" in opened
    answer = act(bob, warned, "", code=CODE, reason="Agreed with  the client.")
    assert answer.status_code == 200
    assert "Decided by Bob Keller: Agreed with the client." in answer.content.decode()
    assert "Take it back" in answer.content.decode()
    assert (line(desk).may_pass, line(desk).acts) == (False, ())
    assert AuditEvent.objects.get(action="finding.overridden").client_id == warned.client_id


def test_a_decision_is_taken_back_and_made_again(desk: Desk, bob: Any, warned: Attendance) -> None:
    act(bob, warned, "", code=CODE, reason="Agreed.")
    answer = act(bob, warned, "reopen/", code=CODE)
    assert "Go past it" in answer.content.decode()
    assert line(desk).decided == ""
    bob.post(undo_of(answer))
    assert line(desk).decided == "Bob Keller: Agreed"
    assert FindingOverride.objects.count() == 3, "every step is kept"
    assert AuditEvent.objects.filter(action="finding.reopened").count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
def test_without_a_reason_nothing_is_decided(desk: Desk, bob: Any, warned: Attendance, reason: str) -> None:
    answer = act(bob, warned, "", code=CODE, reason=reason)
    assert answer.status_code == 422
    assert "Say why, in at most 200 characters." in answer.content.decode()
    assert f'name="code" value="{CODE}"' in answer.content.decode()
    assert not FindingOverride.objects.exists()


def test_what_blocks_stays(desk: Desk, bob: Any) -> None:
    row = desk.session(service=desk.made["long"])
    assert not line(desk).may_pass
    answer = act(bob, row, "", code=CODE, reason="Never mind.")
    assert answer.status_code == 422
    assert "This has to be fixed first: 45 minutes is too short for 90837" in answer.content.decode()


def test_what_is_billed_or_gone_is_not_decided(desk: Desk, warned: Attendance) -> None:
    with pytest.raises(OverrideRefusedError, match="no longer stands in the way"):
        override(actor=desk.bob, attendance_id=warned.pk, code="deadline_near", reason="Sent.")
    with pytest.raises(OverrideRefusedError, match="open already"):
        withdraw(actor=desk.bob, attendance_id=warned.pk, code=CODE)
    desk.bill(warned)
    with pytest.raises(OverrideRefusedError, match="Undo the billing first"):
        override(actor=desk.bob, attendance_id=warned.pk, code=CODE, reason="Late.")


def test_the_latest_word_on_a_warning_counts(desk: Desk, warned: Attendance) -> None:
    override(actor=desk.bob, attendance_id=warned.pk, code=CODE, reason="First.")
    withdraw(actor=desk.bob, attendance_id=warned.pk, code=CODE)
    override(actor=desk.bob, attendance_id=warned.pk, code=CODE, reason="Second.")
    found = next(one for one in findings_for([warned])[warned.pk] if one.code == CODE)
    assert found.overridden == "Bob Keller: Second."
