"""Payroll's first page: what comes next, the runs, and the way to the first one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from payroll import services
from payroll.models import PayRun
from practice import clock
from tests.payroll.desk import at
from tests.payroll.pages.runs.room import Room, messages, url

MOST = 20


def test_a_new_practice_is_led_through_what_is_missing(room: Room) -> None:
    page = room.get("payroll")
    assert "No pay run yet" in page
    assert f'<a class="btn btn-primary btn-s" href="{url("pay_schedules")}">' in page
    room.schedule()
    page = room.get("payroll")
    assert f'<a class="btn btn-primary btn-s" href="{url("team")}">' in page
    with room.open():
        ana = room.desk.clinician("Ana Reyes", "w2_exempt")
    assert f'<a class="btn btn-primary btn-s" href="{url("pay_rules")}">' in room.get("payroll")
    with room.open():
        room.desk.rules(ana, {"method": "percent", "rate": Decimal("0.6"), "name": "All"})
    page = room.get("payroll")
    assert "Open the first run" in page
    assert url("open_pay_run") in page


def test_what_comes_next_opens_the_run_and_then_leads_to_it(room: Room) -> None:
    schedule = room.schedule()
    page = room.get("payroll")
    assert "pay date Mon, Nov 30" in page
    assert "approve by Tue, Nov 24" in page
    response = room.send("open_pay_run", schedule=schedule.pk)
    run = response.context["run"]
    assert (run.status, str(run.starts_on)) == ("draft", "2026-11-01")
    page = room.get("payroll")
    assert "Go on with Nov 1–15" in page
    assert url("open_pay_run") not in page


def test_a_period_that_has_not_begun_cannot_be_opened(room: Room) -> None:
    schedule = room.schedule(starts_on=dt.date(2026, 12, 1))
    page = room.get("payroll")
    assert "Begins Tue, Dec 1" in page
    assert url("open_pay_run") not in page
    response = room.send("open_pay_run", schedule=schedule.pk)
    assert messages(response) == ["The next period, Dec 1–15, has not begun."]
    assert room.send("open_pay_run", schedule="x").status_code == 404


def test_a_run_that_is_late_for_its_pay_date_says_so(room: Room) -> None:
    room.schedule()
    assert "Late for its pay date" not in room.get("payroll")
    with clock.at(dt.datetime(2026, 11, 25, 15, tzinfo=dt.UTC)):
        assert "Late for its pay date" in room.get("payroll")


def test_the_list_narrows_by_state_and_sums(room: Room) -> None:
    run, _ = room.computed()
    room.act("approve", run)
    with room.open():
        services.open_off_cycle_run(actor=room.desk.owner, schedule_id=run.schedule_id, pay_on=dt.date(2026, 11, 20))
    response = room.ask("payroll")
    assert [pill["count"] for pill in response.context["pills"]] == [1, 0, 1, 0, 0, 2]
    page = response.content.decode()
    assert "Nov 1–15, 2026" in page
    assert "Off-cycle, Nov 20, 2026" in page
    narrowed = room.ask("payroll", group="approved")
    assert [row.run.pk for row in narrowed.context["found"].rows] == [run.pk]
    assert "$190.00" in narrowed.content.decode()
    assert "No run is in this state" in room.get("payroll", group="locked")


def test_each_column_sorts_both_ways(room: Room) -> None:
    run, _ = room.computed()
    room.act("approve", run)
    with room.open():
        other = services.open_off_cycle_run(
            actor=room.desk.owner, schedule_id=run.schedule_id, pay_on=dt.date(2026, 12, 20)
        )
    for key in ("period", "kind", "pay_on", "people", "held", "gross"):
        up, down = (
            [row.run.pk for row in room.ask("payroll", sort=sort).context["found"].rows] for sort in (key, f"-{key}")
        )
        assert up == down[::-1], key
        assert set(up) == {run.pk, other.pk}


def test_fifty_stand_on_a_page(room: Room) -> None:
    schedule = room.schedule()
    with room.open():
        for day in range(51):
            services.open_off_cycle_run(
                actor=room.desk.owner,
                schedule_id=schedule.pk,
                pay_on=dt.date(2026, 11, 20) + dt.timedelta(days=day),
            )
        assert PayRun.objects.count() == 51
    assert "1–50 of 51 runs" in room.get("payroll")
    assert "51–51 of 51 runs" in room.get("payroll", page="2")


def test_the_page_takes_few_statements_however_many_runs(room: Room) -> None:
    run, _ = room.computed()
    few = room.statements("payroll")
    with room.open(), at(16):
        for day in range(20, 26):
            services.open_off_cycle_run(
                actor=room.desk.owner, schedule_id=run.schedule_id, pay_on=dt.date(2026, 11, day)
            )
    assert room.statements("payroll") == few
    assert few <= MOST, few
