"""Runs from end to end: what is unpaid is paid once, later changes follow, states hold."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Sum

from clinicians.models import Engagement
from payroll import services
from payroll.errors import PayrollRefusedError
from payroll.models import PayLine, PayRun, RunTotal
from practice.models import AuditEvent, StateChange
from tests.payroll.desk import Desk, at, deferred_checked, fixed, share
from tests.people import Cast


def total_of(run: PayRun) -> Decimal:
    return Decimal(RunTotal.objects.filter(run=run).aggregate(sum=Sum("amount"))["sum"] or 0)


def test_w1_money_of_insurers_and_clients_is_shared_and_a_write_off_makes_no_line(desk: Desk) -> None:
    ana = desk.clinician()
    desk.rules(ana, share("0.60"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        first, second = desk.session(ana), desk.session(ana, 4)
        desk.insurer_pays(first, "84.37")
        desk.client_pays(desk.session(ana, 5, insured=False, amount="25.00"), "25.00")
        desk.insurer_pays(second, "91.15")
        desk.client_pays(desk.session(ana, 6, insured=False, amount="130.00"), "130.00")
        desk.write_off(second, "40.00")
    with at(16), deferred_checked():
        run = desk.run(schedule)
    assert sorted(desk.amounts(run)) == ["15.00", "50.62", "54.69", "78.00"]
    assert (str(run.gross), run.people, run.line_count, run.status) == ("198.31", 1, 4, "computed")
    assert total_of(run) == run.gross
    words = PayLine.objects.filter(run=run).order_by("amount").values_list("words", flat=True)
    assert list(words)[:2] == [
        "The client paid $25.00 on Nov 12. You get 60%.",
        "Keystone Mutual paid $84.37 on Nov 12. You get 60%.",
    ]


def test_totals_name_person_rule_and_code_but_no_session_and_no_client(desk: Desk) -> None:
    ana = desk.clinician()
    rules = desk.rules(ana, share("0.60"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        for code in ("90837", "90837", "90834"):
            desk.insurer_pays(desk.session(ana, code=code), "100.00")
    with at(16):
        run = desk.run(schedule)
    rows = RunTotal.objects.filter(run=run).order_by("code").values_list("code", "count", "sessions", "basis", "amount")
    assert [tuple(map(str, row)) for row in rows] == [
        ("90834", "1", "1", "100.00", "60.00"),
        ("90837", "2", "2", "200.00", "120.00"),
    ]
    assert {row.rule_id for row in RunTotal.objects.filter(run=run)} == set(rules.rules.values_list("pk", flat=True))
    names = {field.name for field in RunTotal._meta.get_fields()}
    assert not names & {"client", "charge", "attendance", "service_on", "happened_on", "words"}


def test_a_session_is_paid_by_the_day_its_money_was_posted_and_once(desk: Desk) -> None:
    ana = desk.clinician()
    desk.rules(ana, share("0.60"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        early, late = desk.session(ana), desk.session(ana, 4)
        desk.insurer_pays(early, "100.00")
    with at(16):
        desk.insurer_pays(late, "50.00")
        first = desk.finish(desk.run(schedule))
    with at(1, 12):
        second = desk.run(schedule)
    assert desk.amounts(first) == ["60.00"]
    assert desk.amounts(second) == ["30.00"]


def test_computing_again_gives_the_same_lines(desk: Desk) -> None:
    ana = desk.clinician()
    desk.rules(ana, share("0.60"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        for day in (3, 4, 5):
            desk.insurer_pays(desk.session(ana, day), "99.99")
    with at(16):
        run = desk.run(schedule)
        before = list(PayLine.objects.filter(run=run).order_by("event_key").values_list("event_key", "amount", "words"))
        run = desk.compute(run)
    after = list(PayLine.objects.filter(run=run).order_by("event_key").values_list("event_key", "amount", "words"))
    assert before == after
    assert len(after) == 3


def test_a_reversal_after_the_run_is_locked_is_a_line_of_the_next_that_names_its_cause(desk: Desk) -> None:
    ana = desk.clinician()
    desk.rules(ana, share("0.60"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        entry = desk.insurer_pays(desk.session(ana), "84.37")
    with at(16):
        first = desk.finish(desk.run(schedule))
    with at(20):
        desk.taken_back(entry)
        desk.insurer_pays(desk.session(ana, 17), "200.00")
    with at(1, 12):
        second = desk.run(schedule)
    assert desk.amounts(second) == ["-50.62", "120.00"]
    line = PayLine.objects.get(run=second, is_adjustment=True)
    assert line.cause_line_id == PayLine.objects.get(run=first).pk
    assert line.words == (
        "Keystone Mutual took back $84.37 on Nov 20. Your 60% of it, paid in the run of Nov 1–15, goes back."
    )
    assert desk.amounts(first) == ["50.62"]


def test_an_employee_bears_no_takeback_and_is_not_paid_twice_when_it_is_made_good(desk: Desk) -> None:
    ana = desk.clinician(kind=Engagement.Kind.W2_EXEMPT)
    desk.rules(ana, share("0.60"))
    schedule = desk.schedule()
    with at(12):
        charge = desk.session(ana)
        entry = desk.insurer_pays(charge, "100.00")
    with at(16):
        desk.finish(desk.run(schedule))
    with at(20):
        desk.taken_back(entry)
        desk.insurer_pays(charge, "110.00")
    with at(1, 12):
        second = desk.run(schedule)
    assert desk.amounts(second) == ["0.00", "6.00"]
    said = next(one["words"] for one in second.findings if one["code"] == "taken_back")
    assert said == "Ana Reyes: $100.00 was taken back after an earlier run. The practice absorbs it; no pay is lowered."
    words = list(PayLine.objects.filter(run=second).order_by("pk").values_list("words", flat=True))
    assert words[0].endswith("The practice absorbs takebacks, so it costs you nothing.")
    assert words[1] == (
        "Keystone Mutual paid $110.00 on Nov 20. $100.00 of it makes good a takeback that cost you nothing."
    )


def test_unsigned_notes_hold_a_contractor_and_are_released_by_the_signature(desk: Desk) -> None:
    ana = desk.clinician()
    desk.rules(ana, share("0.60"))
    schedule = desk.schedule()
    early, grace, late = (dt.datetime(2026, 11, day, 23, 0, tzinfo=dt.UTC) for day in (5, 17, 20))
    with at(12):
        charges = [desk.session(ana, 3, signed_at=early), desk.session(ana, 4, signed_at=grace)]
        charges += [desk.session(ana, 5, signed_at=late), desk.session(ana, 6)]
        for charge in charges:
            desk.insurer_pays(charge, "110.00")
    with at(18):
        first = desk.run(schedule)
        assert (str(first.gross), str(first.held)) == ("132.00", "132.00")
        desk.finish(first)
    with at(1, 12):
        second = desk.run(schedule)
    assert (desk.amounts(second), desk.amounts(second, held=True)) == (["66.00"], ["66.00"])


def test_owners_and_partners_are_in_no_run_but_the_owner_of_a_corporation_on_w2_is(desk: Desk) -> None:
    partner = desk.clinician("Grace Lindqvist", Engagement.Kind.PARTNER)
    owner = desk.clinician("Alice Moreau", Engagement.Kind.W2_EXEMPT)
    with pytest.raises(
        PayrollRefusedError, match=r"Grace Lindqvist is a partner: owners and partners are paid by draw"
    ):
        desk.rules(partner, share("0.60"))
    desk.rules(owner, share("0.60"))
    schedule = desk.schedule()
    with at(12):
        desk.insurer_pays(desk.session(partner), "100.00")
        desk.insurer_pays(desk.session(owner), "100.00")
    with at(16):
        run = desk.run(schedule)
    assert list(RunTotal.objects.filter(run=run).values_list("clinician_id", "tax_class")) == [(owner.pk, "w2")]
    assert run.findings[0]["code"] == "unsigned"


def test_a_session_nobody_has_a_rule_for_stops_the_approval(desk: Desk) -> None:
    ana, ben = desk.clinician(), desk.clinician("Ben Okafor")
    desk.rules(ben, share("0.60", codes=["90834"]), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        desk.insurer_pays(desk.session(ana), "100.00")
        desk.insurer_pays(desk.session(ben), "100.00")
        desk.session(ben, 5)
    with at(16):
        run = desk.run(schedule)
        with pytest.raises(PayrollRefusedError) as refused:
            services.approve(actor=desk.owner, run_id=run.pk)
        assert str(refused.value) == (
            "Ana Reyes has 1 session and no pay rules on their days. "
            "Ben Okafor has 1 session of 90837 that no pay rule covers."
        )
        desk.rules(ana, share("0.50"), unsigned="flag")
        run.refresh_from_db()
        assert run.status == "draft"


def test_hours_and_salary_are_paid_and_paid_hours_are_only_corrected(desk: Desk) -> None:
    ana = desk.clinician(kind=Engagement.Kind.W2_EXEMPT)
    desk.rules(ana, fixed("65000.00", "salary"), fixed("28.00", "hourly", hours_kinds=["meeting"]))
    schedule = desk.schedule()
    with at(12):
        entry = services.add_hours(
            actor=desk.owner, clinician_id=ana.pk, worked_on=dt.date(2026, 11, 9), kind="meeting", hours=Decimal("3.50")
        )
    with at(16):
        run = desk.run(schedule)
    assert sorted(desk.amounts(run)) == ["2708.33", "98.00"]
    line = PayLine.objects.get(run=run, kind="hours")
    assert line.words == "3.5 hours of meetings on Nov 9 at $28.00 an hour."
    assert PayLine.objects.get(run=run, kind="salary").words == "Salary of $65,000.00 a year, period 21 of 24."
    with at(16):
        desk.finish(run)
        with pytest.raises(PayrollRefusedError, match=r"These hours were paid by the run of Nov 1–15"):
            services.remove_hours(actor=desk.owner, hours_id=entry.pk)
        services.add_hours(
            actor=desk.owner,
            clinician_id=ana.pk,
            worked_on=dt.date(2026, 11, 9),
            kind="meeting",
            hours=Decimal("-1.00"),
            corrects_id=entry.pk,
        )
    with at(1, 12):
        second = desk.run(schedule)
    assert sorted(desk.amounts(second)) == ["-28.00", "2708.33"]


def test_a_session_paid_when_confirmed_goes_back_when_it_is_taken_back(desk: Desk) -> None:
    ana = desk.clinician()
    desk.rules(ana, fixed("78.00", recognized="rendered"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        charge = desk.session(ana)
        desk.session(ana, 4)
    with at(16):
        first = desk.finish(desk.run(schedule))
    with at(18):
        charge.undone_at = dt.datetime(2026, 11, 18, tzinfo=dt.UTC)
        charge.save(update_fields=["undone_at"])
        desk.session(ana, 17)
    with at(1, 12):
        second = desk.finish(desk.run(schedule))
        third = services.open_off_cycle_run(actor=desk.owner, schedule_id=schedule.pk, pay_on=dt.date(2026, 12, 2))
        third = desk.compute(third)
    assert desk.amounts(first) == ["78.00", "78.00"]
    assert sorted(desk.amounts(second)) == ["-78.00", "78.00"]
    assert desk.amounts(third) == []


def test_states_go_forward_and_only_an_approval_comes_back_with_a_reason(desk: Desk) -> None:
    ana = desk.clinician()
    desk.rules(ana, share("0.60"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        desk.insurer_pays(desk.session(ana), "100.00")
    with at(16):
        run = services.open_run(actor=desk.owner, schedule_id=schedule.pk)
        with pytest.raises(PayrollRefusedError, match=r"Compute it again"):
            services.approve(actor=desk.owner, run_id=run.pk)
        desk.compute(run)
        services.approve(actor=desk.owner, run_id=run.pk)
        with pytest.raises(PayrollRefusedError, match=r"This run is approved"):
            services.compute(actor=desk.owner, run_id=run.pk)
        with pytest.raises(PayrollRefusedError, match=r"Say why"):
            services.withdraw_approval(actor=desk.owner, run_id=run.pk, reason=" ")
        services.withdraw_approval(actor=desk.owner, run_id=run.pk, reason="A rate was wrong")
        run = desk.finish(desk.compute(run))
        for again in (services.approve, services.mark_exported, services.lock, services.compute):
            with pytest.raises(PayrollRefusedError):
                again(actor=desk.owner, run_id=run.pk)
        with pytest.raises(PayrollRefusedError):
            services.withdraw_approval(actor=desk.owner, run_id=run.pk, reason="No")
        with pytest.raises(PayrollRefusedError):
            services.discard_run(actor=desk.owner, run_id=run.pk)
    steps = StateChange.objects.filter(kind="payroll.payrun", object_id=run.pk).order_by("at", "id")
    assert {(row.before, row.after) for row in steps} >= {("approved", "computed"), ("exported", "locked")}
    assert (
        StateChange.objects.get(kind="payroll.payrun", before="approved", after="computed").reason == "A rate was wrong"
    )
    assert AuditEvent.objects.filter(action="pay_run.approved", object_id=str(run.pk)).count() == 2


def test_the_database_keeps_what_an_approved_run_pays(desk: Desk) -> None:
    ana = desk.clinician()
    desk.rules(ana, share("0.60"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        desk.insurer_pays(desk.session(ana), "100.00")
    with at(16):
        run = desk.finish(desk.run(schedule))
    refusals = (
        lambda: PayLine.objects.filter(run=run).update(amount=Decimal(1)),
        lambda: PayLine.objects.filter(run=run).delete(),
        lambda: RunTotal.objects.filter(run=run).update(amount=Decimal(1)),
        lambda: PayRun.objects.filter(pk=run.pk).update(status="draft"),
        lambda: PayRun.objects.filter(pk=run.pk).update(gross=Decimal(1)),
    )
    for change in refusals:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert desk.amounts(run) == ["60.00"]


def test_the_next_run_waits_for_the_approval_of_the_one_before(desk: Desk) -> None:
    schedule = desk.schedule()
    with at(1, 12):
        first = desk.run(schedule)
        with pytest.raises(PayrollRefusedError, match=r"First approve the run of Nov 1–15"):
            services.open_run(actor=desk.owner, schedule_id=schedule.pk)
        desk.finish(first)
        second = desk.run(schedule)
    assert (second.starts_on, second.ends_on, second.pay_on) == (
        dt.date(2026, 11, 16),
        dt.date(2026, 11, 30),
        dt.date(2026, 12, 15),
    )


def test_a_discarded_run_leaves_its_events_unpaid(desk: Desk) -> None:
    ana = desk.clinician()
    desk.rules(ana, share("0.60"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        desk.insurer_pays(desk.session(ana), "100.00")
    with at(16):
        services.discard_run(actor=desk.owner, run_id=desk.run(schedule).pk)
        assert PayLine.objects.count() == RunTotal.objects.count() == 0
        assert desk.amounts(desk.run(schedule)) == ["60.00"]


def test_an_off_cycle_run_pays_the_chosen_people_what_is_unpaid_and_a_line_by_hand(desk: Desk) -> None:
    ana, ben = desk.clinician(), desk.clinician("Ben Okafor")
    for who in (ana, ben):
        desk.rules(who, share("0.60"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        desk.insurer_pays(desk.session(ana), "100.00")
        desk.insurer_pays(desk.session(ben), "100.00")
        run = services.open_off_cycle_run(
            actor=desk.owner, schedule_id=schedule.pk, pay_on=dt.date(2026, 11, 13), clinician_ids=[ana.pk]
        )
        services.add_manual_line(
            actor=desk.owner,
            run_id=run.pk,
            clinician_id=ana.pk,
            kind="reimbursement",
            amount=Decimal("25.00"),
            reason="Test kits",
        )
        run = desk.finish(desk.compute(run))
    assert sorted(desk.amounts(run)) == ["25.00", "60.00"]
    with at(16):
        assert desk.amounts(desk.run(schedule)) == ["60.00"]


def test_only_who_may_edit_payroll_runs_it(desk: Desk, people: Cast) -> None:
    schedule = desk.schedule()
    for user in (people.bob, people.charlie, people.erin, people.frank):
        with pytest.raises(PermissionDenied):
            services.open_run(actor=people.actor(user), schedule_id=schedule.pk)


def test_the_event_of_another_run_is_refused_by_the_database(desk: Desk) -> None:
    ana = desk.clinician()
    desk.rules(ana, share("0.60"), unsigned="flag")
    schedule = desk.schedule()
    with at(12):
        desk.insurer_pays(desk.session(ana), "100.00")
        other = services.open_off_cycle_run(actor=desk.owner, schedule_id=schedule.pk, pay_on=dt.date(2026, 11, 13))
    with at(16):
        line = PayLine.objects.get(run=desk.run(schedule))
    line.pk, line.run, line._state.adding = None, other, True
    with pytest.raises(IntegrityError, match=r"pay_line_event_once"), transaction.atomic():
        line.save()
