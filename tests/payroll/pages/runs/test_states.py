"""What people do with a run: compute, approve, withdraw, make files, lock, discard; and what they are told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from payroll import services
from payroll.models import PayRun
from payroll.services import work
from practice.models import DueWork
from tests.payroll.desk import at
from tests.payroll.pages.runs.room import Room, messages, url
from tests.people import signed_in


def test_computing_is_asked_of_the_worker_and_the_page_shows_how_far_it_is(room: Room) -> None:
    room.staff()
    run = room.opened(room.schedule())
    page = room.send("compute_pay_run", run.pk).content.decode()
    assert "Computing the run" in page
    assert "Waiting in line" in page
    assert 'hx-trigger="every 1s"' in page
    assert url("approve_pay_run", run.pk) not in page
    assert DueWork.objects.filter(kind=work.KIND, object_id=str(run.pk)).exists()
    work.perform(room.people.fernhollow.pk, str(run.pk))
    done = room.ask("pay_run_progress", run.pk)
    assert (done.status_code, done.headers["HX-Redirect"]) == (204, url("pay_run", run.pk))
    assert room.status(run) == "computed"


def test_a_failure_is_told_with_the_way_to_try_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.staff()
    run = room.opened(room.schedule())
    room.send("compute_pay_run", run.pk)

    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as patched:
        patched.setattr("payroll.services.writing.write", broken)
        with pytest.raises(RuntimeError, match="broken"):
            work.perform(room.people.fernhollow.pk, str(run.pk))
    page = room.ask("pay_run_progress", run.pk).content.decode()
    assert "The run was not computed" in page
    assert "Something went wrong on our side. Nothing was changed; it is tried again by itself." in page
    assert "Try again" in page
    assert "Try again" not in room.get("pay_run_progress", run.pk, user=room.people.ivan)
    room.send("compute_pay_run", run.pk)
    work.perform(room.people.fernhollow.pk, str(run.pk))
    assert room.status(run) == "computed"


def test_an_approval_says_what_it_approved(room: Room) -> None:
    run, _ = room.computed()
    page = room.get("pay_run", run.pk)
    assert "Approve 3 people · $190.00" in page
    assert "$190.00 to 3 people on Monday, November 30" in page
    response = room.send("approve_pay_run", run.pk, gross="190.00")
    assert messages(response) == ["Approved: $190.00 to 3 people."]
    page = response.content.decode()
    assert "Approved by Alice Moreau" in page
    assert "Make the files" in page
    assert 'href="#export"' in page


def test_what_was_computed_again_meanwhile_is_not_approved_unseen(room: Room) -> None:
    run, who = room.computed()
    room.paid(who["ana"], "10.00", 5)
    room.compute(run)
    response = room.send("approve_pay_run", run.pk, gross="190.00")
    assert messages(response) == [
        "This run was computed again and now comes to $196.00, not $190.00. Look at it again."
    ]
    assert room.status(run) == "computed"


def test_refusals_are_told_and_change_nothing(room: Room) -> None:
    room.staff()
    run = room.opened(room.schedule())
    assert messages(room.send("approve_pay_run", run.pk, gross="0.00")) == [
        "Something changed since this run was computed. Compute it again, then approve it."
    ]
    assert messages(room.send("lock_pay_run", run.pk)) == ["This run is open, not exported."]
    room.compute(run)
    room.act("approve", run)
    assert messages(room.send("compute_pay_run", run.pk)) == [
        "This run is approved. What is wrong is put right in the next run or an off-cycle one."
    ]
    assert messages(room.send("discard_pay_run", run.pk)) == ["The run of Nov 1–15 is approved and stays."]


def test_an_approval_is_withdrawn_with_a_reason(room: Room) -> None:
    run, _ = room.computed()
    room.act("approve", run)
    empty = room.send("withdraw_pay_run_approval", run.pk, reason=" ")
    assert empty.status_code == 422
    assert 'data-opens-now="withdraw"' in empty.content.decode()
    assert room.status(run) == "approved"
    response = room.send("withdraw_pay_run_approval", run.pk, reason="Dana’s rate is wrong")
    assert room.status(run) == "computed"
    page = response.content.decode()
    assert "The approval was withdrawn" in page
    assert "Dana’s rate is wrong, Alice Moreau" in page


def test_an_approval_that_others_build_on_is_not_withdrawn_and_nothing_typed_is_lost(room: Room) -> None:
    run, _ = room.computed()
    room.act("approve", run)
    with room.open(), at(1, 12):
        services.open_run(actor=room.desk.owner, schedule_id=run.schedule_id)
    response = room.send("withdraw_pay_run_approval", run.pk, reason="A mistake")
    assert response.status_code == 422
    page = response.content.decode()
    assert "The run of Nov 16–30 was opened since. Discard it first." in page
    assert 'value="A mistake"' in page


def test_what_changed_since_is_said_with_who_and_why(room: Room) -> None:
    run, who = room.computed()
    with room.open():
        services.add_hours(
            actor=room.desk.owner,
            clinician_id=who["ben"].pk,
            worked_on=dt.date(2026, 11, 5),
            kind="meeting",
            hours=Decimal("1.00"),
        )
    page = room.get("pay_run", run.pk)
    assert "Something changed since this run was computed" in page
    assert "Hours were added, Alice Moreau" in page
    assert "Compute again" in page
    assert "The figures below are those from before." in page


def test_an_exported_run_is_locked_and_offers_nothing_more(room: Room) -> None:
    run, _ = room.computed()
    room.act("approve", run)
    room.act("mark_exported", run)
    page = room.get("pay_run", run.pk)
    assert "Lock it for good" in page
    assert url("withdraw_pay_run_approval", run.pk) not in page
    page = room.send("lock_pay_run", run.pk).content.decode()
    assert "The run is locked." in page
    assert "Lock it for good" not in page
    assert 'class="dock"' not in page
    assert room.status(run) == "locked"


def test_an_open_run_is_discarded_and_its_events_are_unpaid_again(room: Room) -> None:
    run, _ = room.computed()
    page = room.get("pay_run", run.pk)
    assert "Discard the run" in page
    response = room.send("discard_pay_run", run.pk)
    assert response.redirect_chain[-1][0] == url("payroll")
    assert messages(response) == ["The run is discarded. What it would have paid waits for the next one."]
    with room.open():
        assert not PayRun.objects.filter(pk=run.pk).exists()
    again = room.send("open_pay_run", schedule=run.schedule_id).context["run"]
    assert room.compute(again).gross == run.gross


def test_somebody_who_only_looks_has_no_button_and_no_dock(room: Room) -> None:
    run, _ = room.computed()
    page = room.get("pay_run", run.pk, user=room.people.ivan)
    main = page.partition("<main")[2].partition("</main>")[0]
    assert "<button" not in main
    assert "<form" not in main
    assert 'class="dock"' not in page
    for name in ("compute_pay_run", "approve_pay_run", "discard_pay_run"):
        assert signed_in(room.people.ivan).post(url(name, run.pk)).status_code == 403
