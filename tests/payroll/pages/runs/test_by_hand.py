"""Amounts added by hand: with a reason, for an open run, taken out and put back."""

from __future__ import annotations

from typing import Any

from payroll.models import ManualLine, PayRun
from tests.payroll.pages.runs.room import Room, messages, url
from tests.people import signed_in


def lines(room: Room) -> list[ManualLine]:
    with room.open():
        return list(ManualLine.objects.order_by("pk"))


def sent(room: Room, run: PayRun, who: Any, **facts: str) -> Any:
    body = {"clinician_id": who.pk, "kind": "bonus", "amount": "150", "reason": "Intake week"} | facts
    return room.send("add_pay_line", run.pk, **body)


def test_an_amount_opens_the_run_again_and_can_be_taken_back_at_once(room: Room) -> None:
    run, who = room.computed()
    response = sent(room, run, who["ana"], amount="$1,150.50")
    assert messages(response) == ["Ana Reyes: $1,150.50 is added. Compute the run again."]
    page = response.content.decode()
    assert "Added by hand" in page
    assert "Intake week" in page
    row = lines(room)[0]
    assert (str(row.amount), room.status(run)) == ("1150.50", "draft")
    assert f'action="{url("remove_pay_line", row.pk)}"' in page
    assert "Undo" in page


def test_what_is_removed_can_be_put_back_as_it_was(room: Room) -> None:
    run, who = room.computed()
    sent(room, run, who["ben"], kind="overtime", amount="15.75", week_of="2026-11-05", hours="1.5")
    row = lines(room)[0]
    response = room.send("remove_pay_line", row.pk)
    assert messages(response) == ["Ben Okafor: $15.75 is removed. Compute the run again."]
    assert url("restore_pay_line", row.pk) in response.content.decode()
    assert lines(room) == []
    assert messages(room.send("restore_pay_line", row.pk)) == ["$15.75 is back. Compute the run again."]
    back = lines(room)[0]
    assert (back.reason, str(back.workweek_starts_on), str(back.hours)) == ("Intake week", "2026-11-01", "1.50")
    assert room.send("restore_pay_line", row.pk).status_code == 404


def test_the_premium_is_filled_in_from_the_finding_and_clears_it(room: Room) -> None:
    who, schedule = room.staff(), room.schedule()
    for day in range(2, 7):
        room.hours(who["ben"], day, "8.30")
    run = room.compute(room.opened(schedule))
    where = room.ask("pay_run", run.pk).context["stops"][0].url
    page = signed_in(room.people.alice).get(where).content.decode()
    assert f'<option value="{who["ben"].pk}" selected>Ben Okafor</option>' in page
    assert '<option value="overtime" selected>' in page
    assert 'value="2026-11-01"' in page
    assert 'value="1.50"' in page
    sent(room, run, who["ben"], kind="overtime", amount="15.00", week_of="2026-11-01", hours="1.50")
    room.compute(run)
    found = room.ask("pay_run", run.pk).context["findings"]
    assert [(one.what, one.stops) for one in found] == [("Ben Okafor: 1.5 overtime hours in the week of Nov 1", False)]


def test_what_is_wrong_is_said_in_its_place_and_nothing_is_lost(room: Room) -> None:
    run, who = room.computed()
    for facts, words in (
        ({"kind": "overtime"}, "Say for which workweek the premium is."),
        ({"kind": "overtime", "week_of": "2026-11-05"}, "Say how many hours the premium is for."),
        ({"amount": "12.345"}, "An amount has at most two places after the point, as 142.00."),
        ({"amount": "much"}, "Enter an amount, as 142.00."),
        ({"amount": "0"}, "Give an amount with two places that is not $0.00."),
        ({"amount": "−5"}, "Only a correction can be below zero."),
    ):
        response = sent(room, run, who["ana"], **facts)
        assert response.status_code == 422
        page = response.content.decode()
        assert words in page, words
        assert 'value="Intake week"' in page
    assert lines(room) == []
    assert sent(room, run, who["ana"], kind="correction", amount="−5").status_code == 200
    assert str(lines(room)[0].amount) == "-5.00"


def test_workweek_and_hours_are_of_a_premium_alone(room: Room) -> None:
    run, who = room.computed()
    sent(room, run, who["ana"], week_of="2026-11-05", hours="3")
    assert (lines(room)[0].workweek_starts_on, lines(room)[0].hours) == (None, None)


def test_an_approved_run_takes_nothing_more(room: Room) -> None:
    run, who = room.computed()
    sent(room, run, who["ana"])
    room.compute(run)
    room.act("approve", run)
    assert "This run is approved" in room.get("add_pay_line", run.pk)
    refused = sent(room, run, who["ana"])
    assert refused.status_code == 422
    row = lines(room)[0]
    assert messages(room.send("remove_pay_line", row.pk)) == ["The run of Nov 1–15 is approved."]
    assert url("remove_pay_line", row.pk) not in room.get("pay_run", run.pk)


def test_only_people_on_terms_that_the_schedule_pays_are_offered(room: Room) -> None:
    room.staff()
    run = room.opened(room.schedule(payees="contractors"))
    page = room.get("add_pay_line", run.pk)
    assert "Dana Whitfield" in page
    assert "Ana Reyes" not in page
    assert "Olive Hart" not in page
