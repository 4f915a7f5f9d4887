"""One click bills what is ready and leaves the rest with words; twice is once; undo gives everything back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from billing.day import running, services, words
from billing.day.errors import BillingRefusedError
from billing.models import BillingRun, Charge, Entry
from practice.models import AuditEvent, DueWork, PracticeSettings, StateChange
from scheduling.models import Attendance, AttendanceAddOn, Attestation
from tests.billing.day.hands import Desk, accounts, status
from tests.scheduling.readiness import made

FEE = Decimal("142.10")


def test_one_click_bills_what_is_ready_and_leaves_the_rest_with_words(desk: Desk) -> None:
    ready, self_pay = desk.session(), desk.session(self_pay=True)
    no_stop, canceled = desk.session(actual_stop=None), desk.session(status="canceled")
    run = desk.bill(ready, self_pay, no_stop, canceled)
    assert (run.status, run.handled, run.billed_ids) == ("done", 4, [ready.pk, self_pay.pk])
    assert [(one["codes"], one["titles"]) for one in run.left] == [
        (["times_missing"], ["Enter when the session ended."]),
        ([words.NOT_BILLABLE[0]], [words.NOT_BILLABLE[1]]),
    ]
    assert status(ready, self_pay, no_stop, canceled) == ["confirmed", "confirmed", "held", "canceled"]
    assert accounts() == {"client_receivable": FEE, "insurer_receivable": FEE, "revenue": -2 * FEE}
    assert not DueWork.objects.filter(kind="billing.run").exists()
    assert AuditEvent.objects.filter(action="billing.started", actor_name="Bob Keller").count() == 1


def test_nothing_is_billed_before_somebody_attests(desk: Desk) -> None:
    row = desk.session()
    with pytest.raises(BillingRefusedError, match="attest"):
        services.bill(actor=desk.bob, practice=desk.practice, attendance_ids=[row.pk], attested=False)
    with pytest.raises(BillingRefusedError, match="choose at least one"):
        services.bill(actor=desk.bob, practice=desk.practice, attendance_ids=[], attested=True)


def test_only_who_bills_may_bill(desk: Desk) -> None:
    row = desk.session()
    for user in (desk.people.charlie, desk.people.frank, desk.people.erin, desk.people.ivan):
        with pytest.raises(PermissionDenied):
            desk.start(row, actor=desk.people.actor(user))
    assert not BillingRun.objects.exists()


def test_the_attestation_says_who_vouched_for_whom_under_which_words(desk: Desk) -> None:
    desk.bill(desk.session(), desk.session())
    attestation = Attestation.objects.get()
    assert (attestation.by_name, attestation.clinician) == ("Bob Keller", desk.made["clinician"])
    assert attestation.text_version == words.ATTESTATION_VERSION


def test_what_was_scheduled_and_is_over_becomes_held_and_then_confirmed(desk: Desk) -> None:
    row = desk.session(status="scheduled")
    desk.bill(row)
    steps = StateChange.objects.filter(kind="scheduling.attendance", object_id=row.pk).order_by("at", "pk")
    assert {(step.before, step.after) for step in steps} == {("scheduled", "held"), ("held", "confirmed")}


def test_what_waits_for_its_note_is_left(desk: Desk) -> None:
    row = desk.undocumented()
    assert desk.bill(row).left[0]["titles"] == ["The note is missing."]


def test_what_has_not_happened_is_left(desk: Desk) -> None:
    row = desk.session(days=-2, status="scheduled", actual_start=None, actual_stop=None)
    run = desk.bill(row)
    assert run.billed_ids == []
    assert "not_happened" in run.left[0]["codes"]
    assert status(row) == ["scheduled"]


def test_a_late_cancel_costs_what_the_policy_says_and_is_the_clients(desk: Desk) -> None:
    PracticeSettings.objects.update(late_cancel_fee=Decimal("75.00"))
    row = desk.session(status="late_canceled", actual_start=None, actual_stop=None, diagnoses=[])
    desk.bill(row)
    charge = Charge.objects.get()
    assert (charge.kind, charge.amount, charge.payer) == ("late_cancel", Decimal("75.00"), None)
    assert accounts() == {"client_receivable": Decimal("75.00"), "revenue": Decimal("-75.00")}


def test_add_ons_are_charged_with_their_fee(desk: Desk) -> None:
    desk.made["extra"].fees.create(amount=Decimal("20.00"), starts_on=made.KEPT)
    row = desk.session()
    AttendanceAddOn.objects.create(attendance=row, service=desk.made["extra"], units=2)
    desk.bill(row)
    assert sorted(Charge.objects.values_list("code", "amount")) == [("90785", Decimal("40.00")), ("90834", FEE)]


def test_an_add_on_without_a_fee_is_left(desk: Desk) -> None:
    row = desk.session()
    AttendanceAddOn.objects.create(attendance=row, service=desk.made["extra"])
    assert desk.bill(row).left[0]["titles"] == ["No fee is set for 90785 on Nov 16."]


def test_running_twice_bills_once(desk: Desk) -> None:
    row = desk.session()
    run = desk.bill(row)
    running.perform(desk.practice.pk, str(run.pk))
    again = desk.bill(row)
    assert (again.billed_ids, again.left[0]["titles"]) == ([], [words.ALREADY[1]])
    assert Charge.objects.count() == 1
    assert Entry.objects.count() == 1


def test_undo_restores_and_the_ledger_nets_to_zero(desk: Desk) -> None:
    held, scheduled, no_show = desk.session(), desk.session(status="scheduled"), desk.session(status="no_show")
    run = desk.bill(held, scheduled, no_show)
    assert len(run.billed_ids) == 3
    services.undo_run(actor=desk.bob, practice=desk.practice, run_id=run.pk)
    assert status(held, scheduled, no_show) == ["held", "scheduled", "no_show"]
    assert set(accounts().values()) == {Decimal("0.00")}
    assert not Charge.objects.filter(undone_at=None).exists()
    with pytest.raises(BillingRefusedError, match="undone already"):
        services.undo_run(actor=desk.bob, practice=desk.practice, run_id=run.pk)
    again = desk.bill(held, scheduled, no_show)
    assert len(again.billed_ids) == 3


def test_undoing_an_old_click_leaves_what_a_later_one_billed(desk: Desk) -> None:
    row = desk.session()
    first = desk.bill(row)
    services.undo_run(actor=desk.bob, practice=desk.practice, run_id=first.pk)
    BillingRun.objects.filter(pk=first.pk).update(undone_at=None)
    desk.bill(row)
    services.undo_run(actor=desk.bob, practice=desk.practice, run_id=first.pk)
    assert status(row) == ["confirmed"]
    assert Charge.objects.filter(undone_at=None).count() == 1


def test_a_run_that_still_works_cannot_be_undone_but_stopped(desk: Desk) -> None:
    row = desk.session()
    run = desk.start(row)
    with pytest.raises(BillingRefusedError, match="Stop it first"):
        services.undo_run(actor=desk.bob, practice=desk.practice, run_id=run.pk)
    stopped = services.stop_run(actor=desk.bob, run_id=run.pk)
    assert (stopped.status, stopped.left[0]["titles"]) == ("done", [words.STOPPED[1]])
    running.perform(desk.practice.pk, str(run.pk))
    assert status(row) == ["held"]


def test_what_fails_is_kept_told_and_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    row = desk.session()
    run = desk.start(row)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no ledger")

    with monkeypatch.context() as broken:
        broken.setattr("billing.charges.charge_many", fail)
        with pytest.raises(RuntimeError):
            running.perform(desk.practice.pk, str(run.pk))
    run.refresh_from_db()
    assert (run.status, run.handled) == ("failed", 0)
    assert "What was billed is kept" in run.trouble
    assert status(row) == ["held"]
    assert DueWork.objects.filter(kind="billing.run").exists()
    running.perform(desk.practice.pk, str(run.pk))
    run.refresh_from_db()
    assert (run.status, run.trouble, run.billed_ids) == ("done", "", [row.pk])


@pytest.fixture
def own(desk: Desk) -> Desk:
    """Each clinician attests for their own sessions; the clinician's account is Alice's."""
    PracticeSettings.objects.update(attester=PracticeSettings.Attester.CLINICIAN)
    desk.made["clinician"].user = desk.people.alice
    desk.made["clinician"].save()
    return desk


def test_where_clinicians_attest_a_biller_waits_for_them(own: Desk) -> None:
    row = own.session()
    run = own.bill(row)
    assert (run.billed_ids, run.left[0]["titles"]) == ([], ["It waits on Priya to attest."])
    assert own.bill(row, actor=own.people.actor(own.people.alice)).billed_ids == [row.pk]
    assert Attestation.objects.get().by_name == "Alice Moreau"


def test_what_the_clinician_attested_ahead_is_billed_by_the_biller(own: Desk) -> None:
    from scheduling import confirming

    row = own.session()
    confirming.attest_many(
        [row.pk], actor=own.people.actor(own.people.alice), attestation_text_version=words.ATTESTATION_VERSION
    )
    assert own.bill(row).billed_ids == [row.pk]
    assert Attendance.objects.get(pk=row.pk).attestation.by_name == "Alice Moreau"
