"""The card “Export” of a run: which files, what is missing with the act that clears it, and that they add up."""

from __future__ import annotations

from decimal import Decimal

from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from payroll.exports import adp_run, generic, gusto
from payroll.models import PayeeMapping, PayRun
from payroll.providers.selectors import exports_of, rows_of
from payroll.providers.shapes import Exports, FileOfRun
from practice.actors import Actor
from tests.payroll.exports.test_writers import ANA, batch, pay, payee
from tests.payroll.pages.providers.room import Room

QUERIES = 6


def shown(room: Room, files: str = "", rows: str = "", actor: Actor | None = None) -> Exports:
    with room.open():
        return exports_of(actor or room.desk.owner, room.run, files, rows)


def test_the_files_of_a_provider_add_up_to_the_run(room: Room) -> None:
    found = shown(room, "gusto")
    assert [(one.target, one.people, str(one.amount)) for one in found.files] == [
        ("gusto", 2, "140.00"),
        ("gusto_contractors", 2, "90.00"),
    ]
    assert found.adds_up
    assert str(found.added) == str(room.run.gross) == "230.00"


def test_who_is_in_no_file_of_a_provider_is_said(room: Room) -> None:
    found = shown(room, "adp_run")
    assert (str(found.added), str(found.apart)) == ("140.00", "90.00")
    assert found.adds_up
    page = room.get(room.people.alice, "pay_run", room.run.pk, files="adp_run")
    assert "1099, in no file" in page
    room.run.gross += Decimal("0.01")
    assert not shown(room, "adp_run").adds_up


def test_contractors_may_be_paid_by_another_provider(room: Room) -> None:
    room.enter()
    room.make("gusto_contractors")
    found = shown(room, "adp_run")
    assert [str(one.amount) for one in found.beside] == ["90.00"]
    assert (str(found.in_no_file), found.others, found.adds_up) == ("0.00", [], True)


def test_each_missing_thing_has_the_act_that_clears_it(room: Room) -> None:
    page = room.get(room.people.alice, "pay_run", room.run.pk, files="adp_run")
    assert "The company code (IID) at ADP RUN is not entered." in page
    assert "/p/fernhollow/payroll/providers/adp_run/#set-up" in page
    assert f"/p/fernhollow/payroll/providers/adp_run/?show=missing#adp_run-{room.who['Ben'].pk}" in page


def test_the_accountant_reads_what_is_missing_and_is_told_who_enters_it(room: Room) -> None:
    page = room.get(room.people.erin, "pay_run", room.run.pk, files="gusto")
    assert "Ben Okafor is not entered for Gusto." in page
    assert "Whoever runs payroll enters this." in page
    assert "Enter it" not in page


def test_the_practices_provider_is_remembered_by_its_last_file(room: Room) -> None:
    assert shown(room).provider.key == "gusto"
    room.enter()
    room.make("generic")
    assert shown(room).provider.key == "generic"
    assert shown(room, "gusto").others, "the general file pays the same people"


def test_the_rows_are_those_of_the_file_without_its_empty_columns(room: Room) -> None:
    room.enter()
    rows = shown(room, "gusto").rows
    assert rows is not None
    assert [one.name for one in rows.columns] == [
        "last_name", "first_name", "gusto_employee_id", "regular_hours", "commission",
    ]  # fmt: skip
    assert [cell for cell, _ in rows.rows[0]] == ["Okafor", "Ben", "a1b2c3", "4.00", ""]
    assert (str(rows.amounts), str(rows.hours), str(rows.salaries)) == ("60.00", "80.00", "0.00")
    assert rows.agrees
    other = shown(room, "gusto", "gusto_contractors").rows
    assert other is not None
    assert other.file.target == "gusto_contractors"


def test_once_a_file_is_kept_its_own_rows_are_shown(room: Room) -> None:
    room.enter()
    room.make("gusto")
    with room.open():
        PayeeMapping.objects.filter(clinician=room.who["Ana"], target="gusto").update(external_id="zzzzzz")
    rows = shown(room, "gusto").rows
    assert rows is not None
    assert "5g9934" in [cell for cell, _ in rows.rows[1]]


def test_the_first_import_is_warned_of_until_a_run_with_a_file_is_locked(room: Room) -> None:
    room.enter()
    assert shown(room).is_first_import
    room.make("gusto")
    room.make("gusto_contractors")
    assert shown(room).is_first_import
    with room.open():
        PayRun.objects.filter(pk=room.run.pk).update(status="locked")
    assert not shown(room).is_first_import


def test_the_card_reads_in_a_fixed_number_of_queries(room: Room) -> None:
    shown(room)
    with room.open(), CaptureQueriesContext(connection) as before:
        exports_of(room.desk.owner, room.run)
    room.enter()
    with room.open(), CaptureQueriesContext(connection) as after:
        exports_of(room.desk.owner, room.run)
    assert len(after) == len(before) == QUERIES


def test_somebody_with_nothing_but_a_salary_has_no_row_at_adp() -> None:
    alice = payee("Alice", "Moreau", pay("salary", "2708.33"), external_id="alice1")
    made = batch(ANA, alice, salaries="provider")
    rows = rows_of(FileOfRun("adp_run", "name.csv", 2, made.amount, [], None, made, adp_run.FORMAT))
    assert rows.without_row == ["Alice Moreau"]
    assert rows.agrees
    paid = batch(ANA, alice, salaries="file", codes={"salary": "SAL"})
    assert rows_of(FileOfRun("adp_run", "name.csv", 2, paid.amount, [], None, paid, adp_run.FORMAT)).without_row == []


def test_cents_by_which_a_provider_figures_hours_otherwise_are_said() -> None:
    ben = payee("Ben", "Okafor", pay("hours", "52.51", "2.50", "21.01"), external_id="a1b2c3")
    made = batch(ANA, ben)
    rows = rows_of(FileOfRun("gusto", "name.csv", 2, made.amount, [], None, made, gusto.FORMAT))
    assert [(one.name, one.words) for one in rows.apart] == [("Ben Okafor", "$0.02 more")]
    assert rows.agrees
    page = render_to_string("payroll/providers/_table.html", {"rows": rows})
    assert "Gusto rounds the hours of Ben Okafor once, the run rounds each day: there they come to $0.02 more." in page


def test_a_file_in_dollars_alone_differs_by_no_cent() -> None:
    ben = payee("Ben", "Okafor", pay("hours", "52.51", "2.50", "21.01"), external_id="a1b2c3")
    made = batch(ben)
    assert rows_of(FileOfRun("generic", "name.csv", 1, made.amount, [], None, made, generic.FORMAT)).apart == []
