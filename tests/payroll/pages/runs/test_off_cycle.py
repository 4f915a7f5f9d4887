"""Off-cycle runs: up to a day, for some people or all, between the regular ones."""

from __future__ import annotations

from typing import Any

from payroll.models import PayRun
from tests.payroll.pages.runs.room import Room


def sent(room: Room, schedule: Any, **facts: Any) -> Any:
    body = {"schedule_id": schedule.pk, "through": "2026-11-16", "pay_on": "2026-11-20", "note": "Final pay"} | facts
    return room.send("open_off_cycle_pay_run", **body)


def test_it_pays_only_the_people_chosen(room: Room) -> None:
    who, schedule = room.staff(), room.schedule()
    room.paid(who["ana"], "100.00")
    room.paid(who["dana"], "100.00")
    run = sent(room, schedule, clinician_ids=[who["ana"].pk]).context["run"]
    assert (run.kind, str(run.ends_on), str(run.pay_on), run.note) == (
        "off_cycle",
        "2026-11-16",
        "2026-11-20",
        "Final pay",
    )
    page = room.get("pay_run", run.pk)
    assert "Off-cycle pay run, November 20" in page
    assert "1 person is on terms that it pays." in page
    assert "salaries" not in page.partition("<main")[2]
    assert str(room.compute(run).gross) == "60.00"


def test_the_only_schedule_need_not_be_chosen(room: Room) -> None:
    schedule = room.schedule()
    assert f'<input type="hidden" name="schedule_id" value="{schedule.pk}"' in room.get("open_off_cycle_pay_run")


def test_what_is_wrong_is_said_in_its_place_and_nothing_is_lost(room: Room) -> None:
    room.staff()
    schedule = room.schedule()
    for facts, words in (
        ({"through": "2026-11-18", "pay_on": "2026-11-20"}, "This day is in the future. Pay what is there up to"),
        ({"pay_on": "2026-11-10"}, "The pay date is before the last day that is paid."),
        ({"through": "2026-10-20"}, "“Twice a month” begins later."),
    ):
        response = sent(room, schedule, **facts)
        assert response.status_code == 422
        page = response.content.decode()
        assert words in page, words
        assert 'value="Final pay"' in page
    with room.open():
        assert PayRun.objects.count() == 0


def test_without_a_schedule_it_leads_to_one(room: Room) -> None:
    assert "No schedule yet" in room.get("open_off_cycle_pay_run")
