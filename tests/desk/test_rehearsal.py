"""The rehearsal's judgment: what must agree and is a cent apart is named, and the program fails."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from desk.management.commands import rehearse
from desk.rehearsal import plan
from desk.rehearsal.one_click import RehearsalError
from desk.rehearsal.stages import Agreement, Figure, Report, disagreements, table

DOLLAR, CENT = Decimal("1.00"), Decimal("0.01")


def reporting(a: Figure, b: Figure) -> Report:
    report = Report()
    report.stage("Charges", a)
    report.stage("Ledger revenue", b)
    report.agree(a, b, "Every charge is revenue")
    return report


def run(monkeypatch: pytest.MonkeyPatch, report: Report) -> str:
    out = StringIO()
    monkeypatch.setattr(rehearse, "rehearse", lambda: report)
    call_command("rehearse", stdout=out)
    return out.getvalue()


def test_a_cent_apart_fails_and_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError) as refused:
        run(monkeypatch, reporting(Figure(3, DOLLAR), Figure(3, DOLLAR + CENT)))
    assert refused.value.returncode != 0
    assert "Every charge is revenue: 3 at $1.00 against 3 at $1.01, -0.01 apart." in str(refused.value)


def test_agreeing_to_the_cent_ends_well(monkeypatch: pytest.MonkeyPatch) -> None:
    said = run(monkeypatch, reporting(Figure(3, DOLLAR), Figure(3, DOLLAR)))
    assert "All 1 agreements hold to the cent." in said
    assert "Charges" in said


@pytest.mark.parametrize(
    ("a", "b", "holds"),
    [
        (Figure(3, DOLLAR), Figure(4, DOLLAR), False),
        (Figure(None, DOLLAR), Figure(4, DOLLAR), True),
        (Figure(1, DOLLAR).plus(Figure(2, CENT)), Figure(9, DOLLAR + CENT), True),
        (Figure(0), Figure(0), True),
    ],
)
def test_numbers_count_where_both_have_one(a: Figure, b: Figure, holds: bool) -> None:
    assert disagreements([Agreement(a, b, "")]) == ([] if holds else [Agreement(a, b, "")])


def test_a_worker_that_does_not_come_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> Report:
        raise RehearsalError("No worker finished the billing.")

    monkeypatch.setattr(rehearse, "rehearse", nobody)
    with pytest.raises(CommandError, match="No worker"):
        call_command("rehearse")


def test_it_is_refused_where_people_work() -> None:
    with override_settings(CLOCK_MAY_STAND=False), pytest.raises(CommandError, match="refused"):
        call_command("rehearse")


def test_the_plan_has_everything_it_is_to_prove() -> None:
    assert {"w2_exempt", "w2_nonexempt", "contractor"} == {one.engagement for one in plan.CLINICIANS}
    assert {"individual", "couple", "group"} == {slot.kind for slot in plan.SLOTS}
    held = {plan.HELD, plan.LATE, plan.NO_SHOW, plan.CANCELED, plan.UNDOCUMENTED}
    assert held == {one.outcome for one in plan.PLANNED}
    assert {None, 0, 1} == {person.payer for person in plan.CLIENTS}


def test_a_table_has_a_line_for_each_stage() -> None:
    lines = table(reporting(Figure(3, DOLLAR), Figure(None, -CENT)).stages).splitlines()
    assert [line.split()[-1] for line in lines[2:]] == ["1.00", "-0.01"]
