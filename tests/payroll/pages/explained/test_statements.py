"""Statements: gross pay on paper, clients by number alone, each export in the trail."""

from __future__ import annotations

import pytest

from payroll.explained import statements
from payroll.explained.policies import Reach
from payroll.models import PayRun
from practice.models import AuditEvent
from practice.money import total
from tests.payroll.pages.explained.conftest import Office


def test_my_statement_is_a_pdf(office: Office) -> None:
    response = office.get(office.people.charlie, "my_pay_statement", office.run.pk)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="pay-2026-11-30.pdf"'
    assert response.content.startswith(b"%PDF")


def test_a_statement_to_print_has_sorts_and_lines_and_no_name_of_a_client(office: Office) -> None:
    page = office.text(office.people.charlie, "my_pay_statement", office.run.pk, query="?as=page")
    for words in (
        "Charlie Nguyen, LPC",
        "W-2",
        "Gross pay, before taxes",
        "$163.36",
        "Not approved yet; it can still change",
        "Late cancels and no-shows",
        "Keystone Mutual paid $106.22 on Nov 12. You get 62%.",
        "11/02/2026",
    ):
        assert words in page, words
    assert "Torres" not in page


def test_sorts_and_lines_of_everybody_are_the_run(office: Office) -> None:
    with office.open() as desk:
        run = PayRun.objects.get(pk=office.run.pk)
        found = statements.of_run(actor=desk.owner, run=run)["statements"]
        assert [one.who.name for one in found] == ["Charlie Nguyen", "Dana Whitfield"]
        assert total(one.gross for one in found) == run.gross
        assert all(total(row.amount for row in one.rows) == one.gross for one in found)
        assert total(one.held_amount for one in found) == run.held
    page = office.text(office.people.ivan, "pay_statements", office.run.pk, query="?as=page")
    assert page.count("<h1>Pay statement</h1>") == 2
    assert "Held back, not part of this pay" in page


def test_a_very_large_run_leaves_the_lines_to_each_persons_own(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "MOST_LINES", 2)
    page = office.text(office.people.alice, "pay_statements", office.run.pk, query="?as=page")
    assert "too many lines for one document" in page
    assert "You get 62%." not in page


def test_an_open_run_and_a_run_without_a_line_have_no_statement(office: Office) -> None:
    with office.open():
        PayRun.objects.filter(pk=office.run.pk).update(status="draft")
    response = office.get(office.people.alice, "pay_statement", office.run.pk, office.charlie.pk)
    assert response.headers["Location"] == office.url("pay_of_person", office.run.pk, office.charlie.pk)


def test_each_statement_is_in_the_trail(office: Office) -> None:
    with office.open() as desk:
        run = PayRun.objects.get(pk=office.run.pk)
        statements.of_person(actor=desk.owner, reach=Reach(office.dana, is_own=False), run=run)
        events = AuditEvent.objects.filter(action="pay_statement.exported")
        assert [event.after for event in events] == [{"people": [office.dana.pk]}] * 3
        assert events.filter(client_id=None).count() == 1
