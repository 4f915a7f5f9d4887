"""Files of a run: who is in which, what stops one, who may make one, and that it never changes."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from clinicians.models import Clinician, Engagement
from payroll import exports, services
from payroll.errors import PayrollRefusedError
from payroll.exports import formats, gusto
from payroll.models import ExportFile, PayLine, PayRun, RunTotal
from practice import files
from practice.models import AuditEvent, StateChange
from practice.tenancy.context import practice_context
from tests.payroll.desk import Desk, at, fixed, share
from tests.people import Cast

GUSTO = (
    b"last_name,first_name,title,gusto_employee_id,regular_hours,overtime_hours,double_overtime_hours,"
    b"missed_break_hours,owners_draw,bonus,commission,paycheck_tips,cash_tips,correction_payment,reimbursement,"
    b"personal_note\r\n"
    b"Moreau,Alice,,alice1,,,,,,,,,,,,\r\n"
    b"Okafor,Ben,,a1b2c3,44.00,2.50,,,,150.00,,,,,,\r\n"
    b"Reyes,Ana,,5g9934,,,,,,,60.00,,,,25.00,\r\n"
)
CONTRACTORS = (
    b"first_name,last_name,business_name,hours,wage,bonus,reimbursement\r\n"
    b",,Ito Counseling LLC,,40.00,,\r\n"
    b"Dana,Whitfield,,,50.00,,\r\n"
)
ADP_RUN = (
    b"##GENERIC## V1.0\r\n"
    b"IID,Pay Frequency,Pay Period Start,Pay Period End,Employee ID,Earnings Code,Pay Hours,Dollars,Separate Check,"
    b"Worked In Dept,Rate Code\r\n"
    b"R1ABC,S,11/01/2026,11/15/2026,alice1,SAL,,2708.33,0,,\r\n"
    b"R1ABC,S,11/01/2026,11/15/2026,a1b2c3,REG,40.00,,0,,BASE\r\n"
    b"R1ABC,S,11/01/2026,11/15/2026,a1b2c3,VAC,4.00,,0,,BASE\r\n"
    b"R1ABC,S,11/01/2026,11/15/2026,a1b2c3,OVT,2.50,,0,,BASE\r\n"
    b"R1ABC,S,11/01/2026,11/15/2026,a1b2c3,BON,,150.00,0,,\r\n"
    b"R1ABC,S,11/01/2026,11/15/2026,5g9934,COM,,60.00,0,,\r\n"
    b"R1ABC,S,11/01/2026,11/15/2026,5g9934,RMB,,25.00,0,,\r\n"
)
GENERIC = (
    b"payee_id,last_name,first_name,tax_class,period_start,period_end,pay_date,code,description,hours,rate,amount,"
    b"workweek_start\r\n"
    b"cyito1,Ito,Cy,1099,2026-11-01,2026-11-15,2026-11-30,commission,Sessions,,,40.00,\r\n"
    b"alice1,Moreau,Alice,W-2,2026-11-01,2026-11-15,2026-11-30,salary,Salary,,,2708.33,\r\n"
    b"a1b2c3,Okafor,Ben,W-2,2026-11-01,2026-11-15,2026-11-30,hours,Hours,42.50,20.00,850.00,\r\n"
    b"a1b2c3,Okafor,Ben,W-2,2026-11-01,2026-11-15,2026-11-30,time_off,Paid time off,4.00,20.00,80.00,\r\n"
    b"a1b2c3,Okafor,Ben,W-2,2026-11-01,2026-11-15,2026-11-30,overtime,Overtime premium,2.50,,25.00,\r\n"
    b"a1b2c3,Okafor,Ben,W-2,2026-11-01,2026-11-15,2026-11-30,bonus,Bonus,,,150.00,\r\n"
    b"5g9934,Reyes,Ana,W-2,2026-11-01,2026-11-15,2026-11-30,commission,Sessions,,,60.00,\r\n"
    b"5g9934,Reyes,Ana,W-2,2026-11-01,2026-11-15,2026-11-30,reimbursement,Reimbursement,,,25.00,\r\n"
    b"dana01,Whitfield,Dana,1099,2026-11-01,2026-11-15,2026-11-30,commission,Sessions,,,50.00,\r\n"
)
NUMBERS = {"Ana": "5g9934", "Ben": "a1b2c3", "Alice": "alice1", "Dana": "dana01", "Cy": "cyito1"}


@pytest.fixture
def run(desk: Desk, people: Cast) -> PayRun:
    """An approved run of Nov 1–15: two employees, the owner's salary, two contractors; a partner works too."""
    ana, ben = desk.clinician("Ana Reyes", "w2_exempt"), desk.clinician("Ben Okafor", "w2_nonexempt")
    alice = desk.clinician("Alice Moreau", "w2_exempt", user=people.alice)
    dana, cy = desk.clinician("Dana Whitfield", user=people.dana), desk.clinician("Cy Ito")
    Engagement.objects.filter(clinician=cy).update(business_name="Ito Counseling LLC", tin_type="ein")
    partner = desk.clinician("Pat Quill", "partner")
    desk.rules(ana, share("0.60"))
    desk.rules(ben, fixed("20.00", "hourly"))
    desk.rules(alice, fixed("65000.00", "salary"))
    for who in (dana, cy):
        desk.rules(who, share("0.50"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        for who, amount in ((ana, "100.00"), (dana, "100.00"), (cy, "80.00"), (partner, "90.00")):
            desk.insurer_pays(desk.session(who), amount)
        for day in range(2, 7):
            _hours(desk, ben, day, "8.50", "notes")
        _hours(desk, ben, 9, "4.00", "time_off")
    with at(16):
        opened = services.open_run(actor=desk.owner, schedule_id=schedule.pk)
        week: dict[str, Any] = {"week_of": dt.date(2026, 11, 2), "hours": Decimal("2.50")}
        for who, kind, amount, more in (
            (ben, "overtime", "25.00", week), (ben, "bonus", "150.00", {}), (ana, "reimbursement", "25.00", {}),
        ):  # fmt: skip
            services.add_manual_line(
                actor=desk.owner, run_id=opened.pk, clinician_id=who.pk, kind=kind, amount=Decimal(amount),
                reason="Agreed", **more,
            )  # fmt: skip
        desk.compute(opened)
        return services.approve(actor=desk.owner, run_id=opened.pk)


@pytest.fixture
def mapped(desk: Desk, run: PayRun) -> PayRun:
    """Everybody has a number everywhere, and salaries are paid by Gusto itself and by ADP from the file."""
    for who in Clinician.objects.filter(first_name__in=NUMBERS):
        for target in formats.FORMATS:
            services.map_payee(
                actor=desk.owner, clinician_id=who.pk, target=target, external_id=NUMBERS[who.first_name]
            )
    exports.set_up_provider(actor=desk.owner, target="gusto", salaries="provider")
    codes = {"salary": "SAL"}
    exports.set_up_provider(actor=desk.owner, target="adp_run", company="R1ABC", salaries="file", codes=codes)
    return run


def make(desk: Desk, run: PayRun, target: str, actor: Any = None) -> exports.Export:
    return exports.export_run(run=run, target=target, actor=actor or desk.owner, practice=desk.practice)


@pytest.mark.parametrize(
    ("target", "content", "said"),
    [
        ("gusto", GUSTO, ("gusto-2026-11-01-2026-11-15.csv", 3, "3898.33")),
        ("gusto_contractors", CONTRACTORS, ("gusto-contractors-2026-11-01-2026-11-15.csv", 2, "90.00")),
        ("adp_run", ADP_RUN, ("Semimonthly-11012026-11152026.csv", 3, "3898.33")),
        ("generic", GENERIC, ("payroll-2026-11-01-2026-11-15.csv", 5, "3988.33")),
    ],
)
def test_employees_contractors_and_nobody_paid_by_draw_in_exact_bytes(
    desk: Desk, mapped: PayRun, target: str, content: bytes, said: tuple[str, int, str]
) -> None:
    assert str(mapped.gross) == "3988.33"
    made = make(desk, mapped, target)
    assert made.content == content
    assert (made.row.filename, made.row.people, str(made.row.amount)) == said
    assert b"Quill" not in made.content


def test_a_file_exports_the_run_is_kept_and_stays_the_same_bytes(desk: Desk, mapped: PayRun) -> None:
    first = make(desk, mapped, "gusto")
    mapped.refresh_from_db()
    assert mapped.status == "exported"
    assert first.row.file.sha256 == hashlib.sha256(first.content).hexdigest()
    assert files.read(first.row.file) == first.content
    Clinician.objects.filter(first_name="Ana").update(last_name="Changed")
    again = make(desk, mapped, "gusto")
    assert (again.row.pk, again.content, ExportFile.objects.count()) == (first.row.pk, first.content, 1)
    make(desk, mapped, "generic")
    actions = ["pay_export.made", "pay_run.exported", "pay_export.downloaded", "pay_export.made"]
    told = AuditEvent.objects.filter(action__in=actions).order_by("at", "pk").values_list("action", flat=True)
    assert sorted(told) == sorted(actions)


def test_the_accountant_makes_and_downloads_behind_the_wall_of_clients(
    desk: Desk, mapped: PayRun, people: Cast
) -> None:
    erin = people.actor(people.erin)
    with practice_context(people.fernhollow.pk):
        assert PayLine.objects.count() == 0
        made = make(desk, mapped, "gusto", erin)
        assert exports.download(actor=erin, export_file_id=made.row.pk).content == made.content == GUSTO
    mapped.refresh_from_db()
    assert (mapped.status, made.row.made_by_name) == ("exported", erin.name)
    step = StateChange.objects.get(object_id=mapped.pk, kind="payroll.payrun", after="exported")
    assert step.actor_id == people.erin.pk
    with pytest.raises(PermissionDenied):
        services.lock(actor=erin, run_id=mapped.pk)
    with pytest.raises(PermissionDenied):
        services.withdraw_approval(actor=erin, run_id=mapped.pk, reason="Mistake")


def test_clinicians_billers_and_schedulers_neither_make_nor_download(desk: Desk, mapped: PayRun, people: Cast) -> None:
    made = make(desk, mapped, "gusto")
    for user in (people.charlie, people.dana, people.grace, people.bob, people.frank):
        with pytest.raises(PermissionDenied):
            make(desk, mapped, "gusto", people.actor(user))
        with pytest.raises(Http404):
            exports.download(actor=people.actor(user), export_file_id=made.row.pk)


def test_whoever_only_looks_downloads_but_makes_none(desk: Desk, mapped: PayRun, people: Cast) -> None:
    ivan = people.actor(people.ivan)
    with pytest.raises(PermissionDenied):
        make(desk, mapped, "gusto", ivan)
    made = make(desk, mapped, "gusto")
    assert exports.download(actor=ivan, export_file_id=made.row.pk).content == GUSTO


def test_all_that_is_missing_is_said_and_nothing_is_kept(desk: Desk, run: PayRun) -> None:
    with pytest.raises(exports.ExportIncompleteError) as refused:
        make(desk, run, "gusto")
    assert refused.value.sentences == [
        "Alice Moreau is not entered for Gusto.",
        "Ben Okafor is not entered for Gusto.",
        "Ana Reyes is not entered for Gusto.",
        "Say whether Gusto pays salaries by itself or takes them from the file.",
    ]
    assert refused.value.sentences == exports.missing(run, "gusto")
    run.refresh_from_db()
    assert (run.status, ExportFile.objects.count()) == ("approved", 0)


def test_a_run_has_files_once_it_is_approved_and_still_when_it_is_locked(desk: Desk, mapped: PayRun) -> None:
    services.withdraw_approval(actor=desk.owner, run_id=mapped.pk, reason="A mistake")
    with pytest.raises(PayrollRefusedError, match=r"This run is computed\. Files are made once it is approved"):
        make(desk, mapped, "gusto")
    desk.finish(mapped)
    assert make(desk, mapped, "gusto").row.amount == Decimal("3898.33")
    mapped.refresh_from_db()
    assert mapped.status == "locked"


def test_a_provider_without_a_file_is_refused(desk: Desk, mapped: PayRun) -> None:
    with pytest.raises(PayrollRefusedError, match="Choose one of: Gusto, Gusto contractors, ADP RUN, Any other"):
        make(desk, mapped, "adp_wfn")


def test_somebody_who_became_a_partner_since_stops_the_file(desk: Desk, mapped: PayRun) -> None:
    Engagement.objects.filter(clinician__first_name="Ana").update(kind="partner")
    with pytest.raises(exports.ExportIncompleteError, match=r"Ana Reyes is an owner or partner by now .* \$85\.00"):
        make(desk, mapped, "gusto")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ((b",60.00,", b",60.01,"), r"3898\.34 of 3898\.33"),
        ((b",44.00,", b",43.00,"), r"45\.50 hours of 46\.50"),
    ],
)
def test_a_file_that_is_a_cent_or_an_hour_off_is_not_kept(
    desk: Desk, mapped: PayRun, monkeypatch: pytest.MonkeyPatch, wrong: tuple[bytes, bytes], said: str
) -> None:
    def off(batch: Any) -> bytes:
        return gusto.write(batch).replace(*wrong)

    monkeypatch.setattr(formats, "FORMATS", {"gusto": replace(gusto.FORMAT, write=off)})
    with pytest.raises(exports.ExportBalanceError, match=said):
        make(desk, mapped, "gusto")
    mapped.refresh_from_db()
    assert (mapped.status, ExportFile.objects.count()) == ("approved", 0)


def test_the_files_of_a_run_pay_its_totals_once(desk: Desk, mapped: PayRun) -> None:
    made = [make(desk, mapped, target).row.amount for target in ("gusto", "gusto_contractors")]
    totals = sum(RunTotal.objects.filter(run=mapped).values_list("amount", flat=True))
    assert sum(made) == totals == mapped.gross


def test_a_provider_is_set_up_by_whoever_runs_payroll(desk: Desk, people: Cast) -> None:
    with pytest.raises(PermissionDenied):
        exports.set_up_provider(actor=people.actor(people.erin), target="gusto")
    with pytest.raises(PayrollRefusedError, match="sorts of pay"):
        exports.set_up_provider(actor=desk.owner, target="gusto", codes={"tips": "TIP"})
    first = exports.set_up_provider(actor=desk.owner, target="adp_run", company=" R1ABC ", codes={"bonus": " "})
    second = exports.set_up_provider(actor=desk.owner, target="adp_run", company="R2", salaries="file")
    assert (first.pk, first.company, first.codes) == (second.pk, "R1ABC", {})
    assert (second.company, second.salaries) == ("R2", "file")


def _hours(desk: Desk, who: Clinician, day: int, hours: str, kind: str) -> None:
    services.add_hours(
        actor=desk.owner, clinician_id=who.pk, worked_on=dt.date(2026, 11, day), kind=kind, hours=Decimal(hours)
    )
