"""Pay in the rehearsal: worked out by hand, read back from the files' bytes, and a cent off anywhere is found."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest

from desk.rehearsal import pay, pay_files, pay_plan
from desk.rehearsal.pay import ByName, Pay
from desk.rehearsal.stages import Figure, Report, disagreements
from practice.money import total

CENT = Decimal("0.01")
EMPLOYEES, CONTRACTORS = ("Cora Finch", "Elin Garza"), ("Dev Marlow",)


def rows(*names: str) -> dict[str, Figure]:
    """One row of a file for each of them, with the pay worked out by hand."""
    return {name: Figure(1, pay_plan.BY_HAND[name].dollars) for name in names}


def whole() -> Pay:
    """Every station says what was planned."""
    collected, everybody = pay_plan.collected(), pay_plan.everybody()
    return Pay(
        blocked=Figure(1),
        lines=pay_plan.BY_HAND,
        totals={name: Figure(None, one.dollars) for name, one in pay_plan.BY_HAND.items()},
        gross=Figure(len(pay_plan.BY_HAND), everybody.dollars),
        collected=collected,
        ledger=Figure(None, collected.dollars),
        apart=Figure(0),
        files={"gusto": rows(*EMPLOYEES), "gusto_contractors": rows(*CONTRACTORS), "adp_run": rows(*EMPLOYEES)},
    )


def wrong(said: Pay) -> list[str]:
    report = Report()
    pay.judge(said, report)
    return [one.name for one in disagreements(report.agreements)]


def off(figure: Figure) -> Figure:
    return replace(figure, dollars=figure.dollars + CENT)


def off_by_name(figures: ByName) -> ByName:
    name = next(iter(figures))
    return {**figures, name: off(figures[name])}


def test_pay_as_planned_agrees() -> None:
    assert wrong(whole()) == []


@pytest.mark.parametrize("name", [one.name for one in fields(Pay) if one.name != "files"])
def test_a_cent_off_at_any_station_is_found(name: str) -> None:
    value: Any = getattr(whole(), name)
    changes: dict[str, Any] = {name: off(value) if isinstance(value, Figure) else off_by_name(value)}
    assert wrong(replace(whole(), **changes))


@pytest.mark.parametrize("target", pay_files.TARGETS)
def test_a_cent_off_in_any_file_is_found(target: str) -> None:
    said = whole()
    assert wrong(replace(said, files={**said.files, target: off_by_name(said.files[target])}))


def test_somebody_who_is_left_out_of_a_file_is_found() -> None:
    said = whole()
    assert "The file of Gusto has a row for each of its people" in wrong(
        replace(said, files={**said.files, "gusto": rows("Elin Garza")})
    )


def test_what_was_worked_out_by_hand_sums_to_the_run() -> None:
    cora = [*["49.14"] * 3, *["65.05"] * 2, *["62.62"] * 3, "88.10", "35.90"]
    dev = [*["82.46"] * 2, *["55.23"] * 3, *["12.43"] * 3, *["22.41"] * 2, "42.04", "36.00"]
    elin = [*["55.00"] * 5, *["261.45"] * 5, "23.63"]
    for name, amounts in {"Cora Finch": cora, "Dev Marlow": dev, "Elin Garza": elin}.items():
        assert pay_plan.BY_HAND[name] == Figure(len(amounts), total(Decimal(one) for one in amounts))
    assert pay_plan.everybody() == Figure(33, Decimal("2686.02"))


GUSTO = (
    "last_name,first_name,title,gusto_employee_id,regular_hours,overtime_hours,double_overtime_hours,"
    "missed_break_hours,owners_draw,bonus,commission,paycheck_tips,cash_tips,correction_payment,reimbursement,"
    "personal_note\r\n"
    "Finch,Cora,,C0RA01,,,,,,,589.38,,,,,\r\n"
    "Garza,Elin,,EL1N03,40.00,1.50,,,,,275.00,,,,,\r\n"
)
OF_CONTRACTORS = "first_name,last_name,business_name,hours,wage,bonus,reimbursement\r\nDev,Marlow,,,454.76,,36.00\r\n"
ADP_RUN = (
    "##GENERIC## V1.0\r\n"
    "IID,Pay Frequency,Pay Period Start,Pay Period End,Employee ID,Earnings Code,Pay Hours,Dollars,Separate Check,"
    "Worked In Dept,Rate Code\r\n"
    "R1RHS,S,11/16/2026,11/30/2026,101,COM,,589.38,0,,\r\n"
    "R1RHS,S,11/16/2026,11/30/2026,103,REG,40.00,,0,,BASE\r\n"
    "R1RHS,S,11/16/2026,11/30/2026,103,OVT,1.50,,0,,BASE\r\n"
    "R1RHS,S,11/16/2026,11/30/2026,103,COM,,275.00,0,,\r\n"
)


@pytest.mark.parametrize(
    ("target", "content", "said"),
    [
        ("gusto", GUSTO, {"Cora Finch": (1, "589.38"), "Elin Garza": (1, "1605.88")}),
        ("gusto_contractors", OF_CONTRACTORS, {"Dev Marlow": (1, "490.76")}),
        ("adp_run", ADP_RUN, {"Cora Finch": (1, "589.38"), "Elin Garza": (3, "1605.88")}),
    ],
)
def test_files_are_read_from_their_bytes(target: str, content: str, said: dict[str, tuple[int, str]]) -> None:
    found = pay_files.dollars(target, content.encode())
    assert {name: (count, str(amount)) for name, (count, amount) in found.items()} == said
