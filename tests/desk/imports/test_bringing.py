"""What the samples bring into a practice: exact counts, the values of some rows, and the questions they raise."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from billing.models import Account, Charge, Entry, LedgerLine
from billing.receivables import balance
from clients.models import Caseload, Client, ClientDiagnosis, Contact, Coverage
from clinicians.models import Clinician, Engagement, License
from desk.imports import services
from desk.models import ImportedRow, ImportRun
from practice import clock
from practice.actors import Actor
from practice.money import total
from scheduling.models import Attendance, Session
from tests.desk.imports.hands import (
    ATTENDANCE,
    BILLING,
    DETAILS,
    INTAKEQ,
    STATUS,
    answered,
    brought,
    mapped,
    sample,
    told,
    upload,
)
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("at_fernhollow")
ADD_ALL = {"everybody:clinician": "new", "everybody:who": "new"}


def test_a_preview_is_looked_at_again_once_another_file_was_brought_over(people: Cast, alice: Actor) -> None:
    waiting = upload(alice, people.fernhollow, sample(STATUS))
    assert "who:desmond oshaughnessy" in told(waiting)
    first = upload(alice, people.fernhollow, sample(DETAILS))
    first = answered(alice, people.fernhollow, first, ADD_ALL | {"client:4": "two", "client:7": "row:2"})
    brought(alice, people.fernhollow, first, only_good=False)
    waiting = services.look_again(actor=alice, practice=people.fernhollow, run_id=waiting.pk)
    assert "who:desmond oshaughnessy" not in told(waiting)


def test_a_question_counts_rows_and_not_what_they_bring(people: Cast, alice: Actor) -> None:
    run = upload(alice, people.fernhollow, sample(STATUS))
    asked = {one["key"]: one["rows"] for one in run.found["questions"]}
    assert max(asked.values()) <= run.found["lines"]
    assert sum(rows for key, rows in asked.items() if key.startswith("clinician:")) == 8


def test_client_details_of_simplepractice(people: Cast, alice: Actor) -> None:
    run = upload(alice, people.fernhollow, sample(DETAILS))
    assert run.layout == "simplepractice.client_details"
    asked = told(run)
    assert set(asked) == {
        "clinician:maren holloway", "clinician:tobias achterberg", "clinician:priya venkatesancole", "client:4",
        "client:7",
    }  # fmt: skip
    assert asked["client:4"] == ["one", "two", "skip"]
    assert asked["client:7"] == ["row:2", "new", "skip"]
    run = answered(alice, people.fernhollow, run, ADD_ALL | {"client:4": "two", "client:7": "row:2"})
    assert run.found["open"] == 0
    run = brought(alice, people.fernhollow, run, only_good=False)
    assert run.status == ImportRun.Status.DONE
    assert run.result == {"clients": 7, "clients_known": 1, "clinicians": 3, "coverage": 5, "left": 1}
    names = {row.name: row for row in Client.objects.all()}
    assert set(names) == {
        "Odalys Brennan", "Desmond O'Shaughnessy", "Luis Ferreira", "Wren Kowalczyk", "José Ángel Núñez",
        "Thaddeus Mbeki-Lund", "Ingrid Solvang",
    }  # fmt: skip
    desmond = names["Desmond O'Shaughnessy"]
    assert (desmond.phone, desmond.zip, desmond.email) == ("(617) 555-0122", "02188", "desmond.osh@example.org")
    assert (names["Wren Kowalczyk"].state, names["José Ángel Núñez"].status) == ("MA", "inactive")
    assert names["Thaddeus Mbeki-Lund"].phone == "(781) 555-0166 x12"
    assert names["Ingrid Solvang"].note == "Phone as written: 555-0177"
    assert names["Ingrid Solvang"].address1.startswith("=HYPERLINK")
    guardian = Contact.objects.get()
    assert (guardian.name, guardian.is_guardian, guardian.client) == ("Halina Kowalczyk", True, names["Wren Kowalczyk"])
    member_ids = {row.client.name: row.member_id for row in Coverage.objects.select_related("client")}
    assert member_ids["Wren Kowalczyk"] == "00987654321"
    assert member_ids["Desmond O'Shaughnessy"] == "W223344556"
    assert Caseload.objects.filter(clinician__last_name="Holloway").count() == 3
    assert sorted(Client.objects.values_list("number", flat=True)) == list(range(1, 8))


def test_appointment_status_of_simplepractice(people: Cast, alice: Actor) -> None:
    _bring(people, alice, DETAILS, ADD_ALL | {"client:4": "two", "client:7": "row:2"})
    run = upload(alice, people.fernhollow, sample(STATUS))
    assert told(run) == {}
    run = brought(alice, people.fernhollow, run, only_good=False)
    assert run.result == {"sessions": 8, "balances": 8}
    parts = list(Attendance.objects.select_related("session", "client", "service"))
    assert {part.status for part in parts} == {"confirmed"}
    assert all(part.brought_over and part.outcome == "held" for part in parts)
    assert not Charge.objects.exists()
    luis = next(part for part in parts if part.client.name == "Luis Ferreira")
    assert (luis.service.code, luis.fee, luis.session.kind) == ("90847", Decimal("210.00"), "family")
    local = clock.local(people.fernhollow, luis.session.starts_at)
    assert (local.date(), local.time()) == (dt.date(2026, 9, 18), dt.time(18))
    assert (luis.session.ends_at - luis.session.starts_at).total_seconds() == 50 * 60
    ingrid = next(part for part in parts if part.client.name == "Ingrid Solvang")
    assert (ingrid.session.kind, ingrid.fee) == ("group", Decimal("75.00"))
    assert run.found["skipped"] == {"rows that repeat another one": 1}
    _owes("Odalys Brennan", "25.00", "160.00", "0.00")
    _owes("Desmond O'Shaughnessy", "0.00", "150.00", "0.00")
    _owes("Wren Kowalczyk", "20.00", "90.00", "0.00")
    _owes("Ingrid Solvang", "15.00", "60.00", "0.00")
    assert _account(Account.PAYER_BALANCE) == Decimal("-5.00")
    assert _account(Account.REVENUE) == Decimal(0)
    assert _account(Account.OPENING_BALANCE) == Decimal("-515.00")
    assert set(Entry.objects.values_list("kind", flat=True)) == {"opening"}
    days = set(LedgerLine.objects.filter(client__last_name="Brennan").values_list("effective_on", flat=True))
    assert days == {dt.date(2026, 9, 22)}


def test_a_list_of_sessions_asks_for_people_who_are_not_on_file(people: Cast, alice: Actor) -> None:
    run = upload(alice, people.fernhollow, sample(STATUS))
    asked = told(run)
    assert len([key for key in asked if key.startswith("who:")]) == 6
    assert len([key for key in asked if key.startswith("clinician:")]) == 3
    run = answered(alice, people.fernhollow, run, {"everybody:clinician": "new", "who:odalys brennan": "new"})
    run = brought(alice, people.fernhollow, run)
    assert run.result["clients"] == 1
    assert run.result["sessions"] == 2
    assert Client.objects.get().name == "Odalys Brennan"
    assert Client.objects.get().since == dt.date(2026, 9, 8)
    assert run.result["left"] == 12


def test_attendance_of_simplepractice_has_no_times(people: Cast, alice: Actor) -> None:
    _bring(people, alice, DETAILS, ADD_ALL | {"client:4": "two", "client:7": "row:2"})
    _bring(people, alice, STATUS, {})
    run = _bring(people, alice, ATTENDANCE, {})
    assert run.result == {"sessions": 2, "sessions_known": 6}
    parts = Attendance.objects.exclude(outcome="held").select_related("session")
    missed = {part.outcome: part.session for part in parts}
    assert set(missed) == {"late_canceled", "no_show"}
    assert clock.local(people.fernhollow, missed["no_show"].starts_at).date() == dt.date(2026, 9, 4)
    assert not missed["no_show"].occupies
    assert missed["no_show"].note == "The former system’s file gives no time of day."


def test_billing_transactions_of_therapynotes(people: Cast, alice: Actor) -> None:
    run = upload(alice, people.fernhollow, sample(BILLING))
    assert run.source == "TherapyNotes"
    run = answered(alice, people.fernhollow, run, {"everybody:clinician": "new"})
    run = brought(alice, people.fernhollow, run, only_good=False)
    assert run.result == {"clinicians": 3, "clients": 3, "coverage": 3, "sessions": 5, "balances": 4}
    rosalind = Client.objects.get(last_name="Adeyemi-Clarke")
    assert (rosalind.date_of_birth, rosalind.since) == (dt.date(1988, 2, 29), dt.date(2026, 9, 1))
    teo = {row.rank: row for row in Coverage.objects.filter(client__first_name="Teo").select_related("payer")}
    assert (teo["primary"].payer.name, teo["primary"].member_id) == ("Harvard Pilgrim", "118844220")
    assert (teo["secondary"].payer.name, teo["secondary"].member_id) == ("MassHealth", "")
    intake = Attendance.objects.get(service__code="90791")
    assert intake.diagnoses == ["F43.23", "Z62.820"]
    assert intake.supervising == Clinician.objects.get(last_name="Holloway")
    assert clock.local(people.fernhollow, intake.session.starts_at).time() == dt.time(9, 30)
    late = Attendance.objects.get(outcome="late_canceled")
    assert (late.fee, late.session.occupies, late.session.note) == (Decimal("60.00"), False, "Late cancellation fee")
    remote = Attendance.objects.filter(client=rosalind).first()
    assert remote is not None
    assert (remote.modifiers, remote.place_of_service, remote.session.telehealth) == (["95"], "10", True)
    assert remote.coverage is not None
    _owes("Rosalind Adeyemi-Clarke", "30.00", "155.00", "0.00")
    _owes("Teo Vasquez", "60.00", "0.00", "0.00")
    _owes("Barnaby Quill", "0.00", "0.00", "75.00")
    assert Clinician.objects.get(last_name="Holloway").npi == "1234567893"
    assert Clinician.objects.get(last_name="Venkatesan-Cole").npi == ""


def test_clients_of_intakeq(people: Cast, alice: Actor) -> None:
    run = upload(alice, people.fernhollow, sample(INTAKEQ))
    assert [problem["code"] for problem in run.found["problems"] if problem["severity"] == "error"] == [
        "E-DATE",
        "W-SHIFT",
    ]
    assert told(run) == {"client:4": ["row:3", "new", "skip"]}
    run = answered(alice, people.fernhollow, run, {"client:4": "skip"})
    run = brought(alice, people.fernhollow, run)
    assert run.result == {"clients": 3, "left": 1}
    ravi = Client.objects.get(first_name="Ravi")
    assert (ravi.date_of_birth, ravi.sex, ravi.external_id) == (dt.date(1985, 12, 1), "M", "302")
    assert (ravi.phone, ravi.note) == ("(508) 555-0182", "Home phone: (508) 555-0183")
    fenella = Client.objects.get(first_name="Fenella")
    assert (fenella.zip, fenella.address2, fenella.date_of_birth) == ("01701", "Apt 2B", dt.date(1990, 4, 7))
    assert not Client.objects.filter(first_name="Lindiwe").exists()


def test_our_own_templates(people: Cast, alice: Actor) -> None:
    _bring(people, alice, "template/clinicians.csv", {})
    maren = Clinician.objects.get()
    assert (maren.npi, maren.credentials, maren.can_supervise) == ("1234567893", "LICSW", True)
    assert Engagement.objects.get().kind == "w2_nonexempt"
    assert License.objects.get().number == "000111"
    _bring(people, alice, "template/clients.csv", {})
    odalys = Client.objects.get()
    assert (odalys.external_id, odalys.date_of_birth) == ("SP-1", dt.date(1991, 6, 2))
    assert (odalys.may_text, odalys.since, odalys.sex) == (True, dt.date(2024, 3, 14), "F")
    assert Caseload.objects.get().clinician == maren
    _bring(people, alice, "template/coverage.csv", {})
    cover = Coverage.objects.select_related("payer").get()
    assert (cover.payer.payer_id, cover.copay, cover.starts_on) == ("22326", Decimal("25.00"), dt.date(2026, 1, 1))
    run = _bring(people, alice, "template/sessions.csv", {})
    assert run.result == {"sessions": 1}
    part = Attendance.objects.get()
    assert (part.coverage, part.fee, part.diagnoses) == (cover, Decimal("185.00"), ["F41.1"])
    run = _bring(people, alice, "template/opening_balances.csv", {})
    assert run.result == {"balances": 1}
    _owes("Odalys Brennan", "25.00", "0.00", "0.00")
    assert LedgerLine.objects.filter(account=Account.CLIENT_RECEIVABLE).get().clinician == maren


@pytest.mark.usefixtures("reference")
def test_diagnoses_of_a_client_are_checked_by_the_code_set(people: Cast, alice: Actor) -> None:
    _bring(people, alice, "template/clients.csv", {"everybody:clinician": "skip"})
    assert [row.code for row in ClientDiagnosis.objects.all()] == ["F41.1"]


@pytest.mark.parametrize("name", [DETAILS, STATUS, BILLING, INTAKEQ, ATTENDANCE])
def test_the_same_file_again_brings_nothing_new(people: Cast, alice: Actor, name: str) -> None:
    answers = ADD_ALL | {"client:4": "two", "client:7": "row:2"}
    if name == INTAKEQ:
        answers["client:4"] = "new"
    _bring(people, alice, name, answers)
    before = _count()
    run = _bring(people, alice, name, {})
    assert _count() == before
    assert run.found["questions"] == []


def test_who_has_the_name_of_somebody_on_file_is_a_question(people: Cast, alice: Actor) -> None:
    _bring(people, alice, "template/clients.csv", {"everybody:clinician": "skip"})
    here = Client.objects.get()
    content = b"First name,Last name,Date of birth\nOdalys,Brennan,1991-06-02\nodalys,BRENNAN,1960-01-31\n"
    run = upload(alice, people.fernhollow, content)
    assert not run.is_mapped
    run = mapped(alice, people.fernhollow, run, ["clients"], ["first_name", "last_name", "date_of_birth"])
    assert told(run) == {
        "client:2": [f"id:{here.pk}", "new", "skip"],
        "client:3": ["row:2", f"id:{here.pk}", "new", "skip"],
    }
    run = answered(alice, people.fernhollow, run, {"client:2": f"id:{here.pk}", "client:3": "new"})
    run = brought(alice, people.fernhollow, run)
    assert run.result == {"clients": 1, "clients_known": 1}
    assert Client.objects.get(pk=here.pk).first_name == "Odalys"
    assert ImportedRow.objects.filter(run=run, is_new=False).get().object_id == here.pk


def test_another_person_of_the_same_name_in_a_later_file_is_a_question(people: Cast, alice: Actor) -> None:
    _bring(people, alice, DETAILS, ADD_ALL | {"client:4": "two", "client:7": "row:2"})
    here = Client.objects.get(first_name="Desmond")
    lines = sample(DETAILS).decode("utf-8-sig").splitlines()
    other = lines[2].replace("11/02/2025", "08/15/2026").replace("617.555.0122", "617-555-0199")
    other = other.replace("DESMOND.OSH@EXAMPLE.ORG", "another@example.org")
    run = upload(alice, people.fernhollow, "\n".join([lines[0], other]).encode())
    assert told(run) == {"client:2": [f"id:{here.pk}", "new", "skip"]}


def test_a_number_of_another_system_under_another_name_is_a_question(people: Cast, alice: Actor) -> None:
    _bring(people, alice, INTAKEQ, {"client:4": "skip"})
    here = Client.objects.get(first_name="Fenella")
    content = sample("template/clients.csv").replace(b"SP-1", b"301")
    run = upload(alice, people.fernhollow, content)
    assert told(run)["client:2"] == [f"id:{here.pk}", "new", "skip"]


def _bring(people: Cast, alice: Actor, name: str, answers: dict[str, str]) -> ImportRun:
    run = upload(alice, people.fernhollow, sample(name))
    if answers:
        run = answered(alice, people.fernhollow, run, answers)
    return brought(alice, people.fernhollow, run)


def _owes(name: str, client: str, insurers: str, credit: str) -> None:
    row = next(row for row in Client.objects.all() if row.name == name)
    found = balance(row.pk)
    assert (found.owes, found.insurers_owe, found.credit) == (Decimal(client), Decimal(insurers), Decimal(credit))


def _account(account: str) -> Decimal:
    return total(list(LedgerLine.objects.filter(account=account).values_list("amount", flat=True)))


def _count() -> list[int]:
    return [model.objects.count() for model in (Client, Coverage, Session, Attendance, Entry, Clinician)]
