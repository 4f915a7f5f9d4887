"""The rehearsal's judgment: what must agree and is a cent apart is named, and the program fails."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields, replace
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from desk.management.commands import rehearse
from desk.rehearsal import loop, payer, plan
from desk.rehearsal.documents import Answered
from desk.rehearsal.loop import Loop
from desk.rehearsal.money_back import Posted
from desk.rehearsal.stages import Agreement, Figure, Report, disagreements, table, times
from desk.rehearsal.waiting import RehearsalError
from practice.money import ZERO

DOLLAR, CENT = Decimal("1.00"), Decimal("0.01")
CLEAN = Path(__file__).parents[2] / "sandbox" / "scenarios" / "clean.toml"


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """What a sandbox payer writes down once it answers."""
    file = tmp_path / "ready.json"
    file.write_text(json.dumps({"sftp_port": 1, "http_port": 2, "host_key": "ssh-ed25519 key"}), encoding="utf-8")
    return file


def reporting(a: Figure, b: Figure) -> Report:
    report = Report()
    report.stage("Charges", a)
    report.stage("Ledger revenue", b)
    report.agree(a, b, "Every charge is revenue")
    return report


def run(monkeypatch: pytest.MonkeyPatch, ready: Path, report: Report) -> str:
    out = StringIO()
    monkeypatch.setattr(rehearse, "rehearse", lambda _: report)
    call_command("rehearse", ready=ready, stdout=out)
    return out.getvalue()


def test_a_cent_apart_fails_and_says_which(monkeypatch: pytest.MonkeyPatch, ready: Path) -> None:
    with pytest.raises(CommandError) as refused:
        run(monkeypatch, ready, reporting(Figure(3, DOLLAR), Figure(3, DOLLAR + CENT)))
    assert refused.value.returncode != 0
    assert "Every charge is revenue: 3 at $1.00 against 3 at $1.01, -0.01 apart." in str(refused.value)


def test_agreeing_to_the_cent_ends_well(monkeypatch: pytest.MonkeyPatch, ready: Path) -> None:
    said = run(monkeypatch, ready, reporting(Figure(3, DOLLAR), Figure(3, DOLLAR)))
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


def test_a_worker_that_does_not_come_is_told(monkeypatch: pytest.MonkeyPatch, ready: Path) -> None:
    def nobody(_: payer.Doorway) -> Report:
        raise RehearsalError("No worker finished the billing.")

    monkeypatch.setattr(rehearse, "rehearse", nobody)
    with pytest.raises(CommandError, match="No worker"):
        call_command("rehearse", ready=ready)


def test_a_payer_that_does_not_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="does not run"):
        call_command("rehearse", ready=tmp_path / "ready.json")


def test_it_is_refused_where_people_work() -> None:
    with override_settings(CLOCK_MAY_STAND=False), pytest.raises(CommandError, match="refused"):
        call_command("rehearse", ready=Path("ready.json"))


def test_the_plan_has_everything_it_is_to_prove() -> None:
    assert {"w2_exempt", "w2_nonexempt", "contractor"} == {one.engagement for one in plan.CLINICIANS}
    assert {"individual", "couple", "group"} == {slot.kind for slot in plan.SLOTS}
    held = {plan.HELD, plan.LATE, plan.NO_SHOW, plan.CANCELED, plan.UNDOCUMENTED}
    assert held == {one.outcome for one in plan.PLANNED}
    assert {None, 0, 1} == {person.payer for person in plan.CLIENTS}


def test_a_table_has_a_line_for_each_stage() -> None:
    lines = table(reporting(Figure(3, DOLLAR), Figure(None, -CENT)).stages).splitlines()
    assert [line.split()[-1] for line in lines[2:]] == ["1.00", "-0.01"]


def test_the_time_of_each_part_is_told() -> None:
    report = Report()
    with report.part("Claims sent"):
        pass
    assert times(report.parts).split() == ["Claims", "sent", "0.0", "s"]


def test_the_plan_knows_what_the_payers_allow() -> None:
    said = tomllib.loads(CLEAN.read_text(encoding="utf-8"), parse_float=Decimal)
    assert [one["id"] for one in said["payers"]] == [one["payer_id"] for one in plan.PAYERS]
    assert tuple(one["fees"] for one in said["payers"]) == plan.ALLOWED
    assert said["plans"] == [
        {"payer": "KEYM1", "copay": plan.COPAY},
        {"payer": "BLHB2", "coinsurance": plan.COINSURANCE * 100},
    ]
    logins = [(one["user"], one["password"]) for one in said["logins"]]
    assert (payer.LOGIN["username"], payer.LOGIN["password"]) in logins
    above = {one.share > plan.COPAY for one in plan.CLAIMED if one.payer == 1}
    assert above == {True, False}, "what clients owe must move both ways"


NOTHING = Figure(None)


def whole() -> Loop:
    """Every station says what was planned."""
    claims, paid = plan.to_claim(), plan.paid()
    by_payer = {one["payer_id"]: plan.paid(place) for place, one in enumerate(plan.PAYERS)}
    answered = Answered(claims, claims, paid, by_payer)
    bank = replace(paid, count=None)
    posted = Posted(bank, plan.contractual(), plan.shares(), NOTHING, bank, NOTHING, Figure(0))
    clients = plan.of_clients()
    return Loop(claims, claims, claims, answered, claims, claims, posted, NOTHING, clients, clients)


def wrong(said: Loop) -> list[str]:
    report = Report()
    loop.judge(said, report)
    return [one.name for one in disagreements(report.agreements)]


def test_a_loop_as_planned_agrees() -> None:
    assert wrong(whole()) == []


STATIONS = [
    *((None, one.name) for one in fields(Loop) if one.name not in {"answered", "posted"}),
    *(("answered", one.name) for one in fields(Answered) if one.name != "by_payer"),
    *(("posted", one.name) for one in fields(Posted)),
]


@pytest.mark.parametrize(("part", "name"), STATIONS, ids=lambda value: value or "")
def test_a_cent_off_at_any_station_is_found(part: str | None, name: str) -> None:
    loop_, inside = whole(), getattr(whole(), part) if part else whole()
    figure: Figure = getattr(inside, name)
    changes: dict[str, Any] = {name: replace(figure, dollars=figure.dollars + CENT)}
    assert wrong(replace(loop_, **({part: replace(inside, **changes)} if part else changes)))


def test_a_claim_that_got_lost_is_found() -> None:
    lost = plan.to_claim()
    assert wrong(replace(whole(), in_file=Figure((lost.count or 0) - 1, lost.dollars))) == [
        "Every claim stands in the file that was sent",
        "Every claim of the file is accepted",
        "Every claim of the file is named by a remittance",
    ]


def test_a_payer_that_pays_a_cent_less_is_named() -> None:
    said = whole()
    paid = replace(plan.paid(1), dollars=plan.paid(1).dollars - CENT)
    answered = replace(said.answered, by_payer={**said.answered.by_payer, "BLHB2": paid})
    assert wrong(replace(said, answered=answered)) == ["Blue Harbor PPO pays what was planned"]
    assert plan.paid(0).plus(plan.paid(1)).dollars == plan.paid().dollars != ZERO
