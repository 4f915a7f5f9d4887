"""Hours on pages: the week that is typed into, a day with its corrections, and the month."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from clinicians.models import Clinician
from payroll import services
from payroll.models import HoursEntry, PayRun
from tests.payroll.desk import at, fixed
from tests.payroll.pages.runs.room import Room, url
from tests.people import signed_in

QUERIES_OF_WEEK = 12
QUERIES_OF_MONTH = 11
WEEK: dict[str, Any] = {"week": "2026-11-10"}


def by_the_hour(room: Room, name: str = "Ben Okafor", rate: str = "20.00") -> Clinician:
    with room.open():
        who = room.desk.clinician(name, "w2_nonexempt")
        room.desk.rules(who, fixed(rate, "hourly"))
    return who


def key(who: Clinician, day: int = 10, kind: str = "notes") -> str:
    return f"h-{who.pk}-2026-11-{day:02}-{kind}"


def entries(room: Room) -> list[tuple[str, str, str]]:
    with room.open():
        rows = HoursEntry.objects.order_by("worked_on", "pk")
        return [(str(row.worked_on), str(row.hours), row.note) for row in rows]


def typed(room: Room, week: str = "2026-11-10", **cells: str) -> Any:
    """Saves one cell as htmx does."""
    headers = {"HTTP_HX_REQUEST": "true"}
    return signed_in(room.people.alice).post(f"{url('save_pay_hours')}?week={week}", cells, **headers)  # type: ignore[arg-type]


def worked(room: Room, who: Clinician, day: int, hours: str) -> None:
    """Hours of a meeting in November."""
    with room.open():
        services.add_hours(
            actor=room.desk.owner,
            clinician_id=who.pk,
            worked_on=dt.date(2026, 11, day),
            kind="meeting",
            hours=Decimal(hours),
        )


def paid(room: Room, who: Clinician, hours: str = "4.00") -> tuple[HoursEntry, PayRun]:
    """Hours of Nov 3 that an approved run paid."""
    schedule = room.schedule()
    worked(room, who, 3, hours)
    run = room.compute(room.opened(schedule))
    room.act("approve", run)
    with room.open():
        return HoursEntry.objects.get(), run


def test_the_week_begins_as_the_schedule_says(room: Room) -> None:
    by_the_hour(room)
    assert "Nov 8 – Nov 14, 2026" in room.get("pay_hours", **WEEK)
    room.schedule(workweek_starts=0)
    assert "Nov 9 – Nov 15, 2026" in room.get("pay_hours", **WEEK)


def test_those_by_the_hour_come_first_and_everybody_on_request(room: Room) -> None:
    by_the_hour(room)
    with room.open():
        room.desk.clinician("Ana Reyes")
        room.desk.clinician("Cy Ito", "partner")
    page = room.get("pay_hours")
    assert "Ben Okafor" in page
    assert "Ana Reyes" not in page
    page = room.get("pay_hours", show="all")
    assert "Ana Reyes" in page
    assert "Cy Ito" not in page


def test_a_cell_is_saved_changed_and_emptied(room: Room) -> None:
    ben = by_the_hour(room)
    response = typed(room, **{key(ben): "2.5 Charts"})
    assert response.status_code == 200
    assert entries(room) == [("2026-11-10", "2.50", "Charts")]
    page = response.content.decode()
    assert f'id="sum-{ben.pk}"' in page
    typed(room, **{key(ben): "1:30"})
    assert entries(room) == [("2026-11-10", "1.50", "Charts")]
    page = typed(room, **{key(ben): ""}).content.decode()
    assert entries(room) == []
    assert "1.5 hours are removed." in page
    assert "/restore/" in page


def test_removed_hours_come_back(room: Room) -> None:
    ben = by_the_hour(room)
    typed(room, **{key(ben): "2.5 Charts"})
    with room.open():
        number = HoursEntry.objects.get().pk
    typed(room, **{key(ben): ""})
    assert "2.5 hours are back." in room.send("restore_pay_hours", number).content.decode()
    assert entries(room) == [("2026-11-10", "2.50", "Charts")]
    assert signed_in(room.people.alice).post(url("restore_pay_hours", number)).status_code == 404


def test_what_cannot_be_saved_stays_as_typed_with_the_reason_beside_it(room: Room) -> None:
    ben = by_the_hour(room)
    response = typed(room, **{key(ben): "a lot", key(ben, 11): "3"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="a lot"' in page
    assert f'id="e-{key(ben)}"' in page
    assert "Write hours, as 2.5 or 1:30, with a note after them where it helps." in page
    assert entries(room) == [("2026-11-11", "3.00", "")]
    assert "Hours of a day are above 0 and up to 24" in typed(room, **{key(ben): "25"}).content.decode()
    assert "Nov 20 is in the future." in typed(room, "2026-11-20", **{key(ben, 20): "2"}).content.decode()


def test_several_cells_are_saved_without_a_script(room: Room) -> None:
    ben = by_the_hour(room)
    cells: dict[str, Any] = {key(ben): "2", key(ben, 11): "3", key(ben, 12): ""}
    room.send("save_pay_hours", **cells)
    assert [one[1] for one in entries(room)] == ["2.00", "3.00"]


def test_sums_and_warnings_are_said_in_words(room: Room) -> None:
    ben = by_the_hour(room)
    for day in range(9, 14):
        worked(room, ben, day, "8.50")
    page = room.get("pay_hours", **WEEK)
    assert "42.50" in page
    assert "2.5 hours over 40 in the week of Nov 8. Overtime is not computed yet" in page
    room.schedule(daily_limit=Decimal(8))
    with room.open():
        HoursEntry.objects.filter(worked_on=dt.date(2026, 11, 13)).delete()
    assert "8.5 hours on Nov 9, over 8." in room.get("pay_hours", **WEEK)


def test_sessions_count_where_no_session_hours_were_entered(room: Room) -> None:
    ben = by_the_hour(room)
    with room.open(), at(12):
        room.desk.session(ben, 9)
    for day in range(9, 14):
        worked(room, ben, day, "8.00")
    page = room.get("pay_hours", **WEEK)
    assert "In confirmed sessions" in page
    assert "1 hours over 40 in the week of Nov 8." in page


def test_paid_hours_are_locked_and_a_correction_follows_them(room: Room) -> None:
    ben = by_the_hour(room)
    entry, _ = paid(room, ben)
    page = room.get("pay_hours", week="2026-11-03")
    assert f'name="{key(ben, 3, "meeting")}"' not in page
    assert (
        "These hours were paid by the run of Nov 1–15. Enter a correction instead."
        in typed(room, "2026-11-03", **{key(ben, 3, "meeting"): "5"}).content.decode()
    )
    page = room.get("pay_hours_of", ben.pk, "2026-11-03")
    assert "Paid by the run of Nov 1–15" in page
    page = room.send("correct_pay_hours", entry.pk, to="3.5", note="Left early").content.decode()
    assert "0.5 hours less are entered for the next run." in page
    with room.open():
        made = HoursEntry.objects.get(corrects=entry)
        assert (str(made.hours), made.note) == ("-0.50", "Left early")
    assert "These are 3.5 hours already." in room.send("correct_pay_hours", entry.pk, to="3.5").content.decode()
    room.send("correct_pay_hours", entry.pk, to="4.25")
    with room.open():
        assert sum(HoursEntry.objects.values_list("hours", flat=True)) == Decimal("4.25")


def test_a_day_has_several_entries_each_changed_on_its_own(room: Room) -> None:
    ben = by_the_hour(room)
    room.send("add_pay_hours", ben.pk, "2026-11-10", kind="notes", hours="1", note="")
    room.send("add_pay_hours", ben.pk, "2026-11-10", kind="notes", hours="2", note="Late")
    assert "This day has several entries." in typed(room, **{key(ben): "4"}).content.decode()
    with room.open():
        first, second = HoursEntry.objects.order_by("pk")
    page = room.send("change_pay_hours", first.pk, kind="training", hours="1:15", note="Course").content.decode()
    assert "1.25 hours are saved." in page
    response = room.send("change_pay_hours", first.pk, kind="training", hours="much", note="Course")
    assert response.status_code == 422
    assert "Write hours, as 2.5 or 1:30." in response.content.decode()
    assert "2 hours of Ben Okafor are removed." in room.send("remove_pay_hours", second.pk).content.decode()
    assert entries(room) == [("2026-11-10", "1.25", "Course")]


def test_another_sort_of_hours_gets_a_row(room: Room) -> None:
    ben = by_the_hour(room)
    page = room.get("pay_hours", **WEEK, person=str(ben.pk), add=f"{ben.pk}-training")
    assert f'name="{key(ben, kind="training")}"' in page


def test_a_search_finds_by_name(room: Room) -> None:
    by_the_hour(room)
    by_the_hour(room, "Ana Reyes")
    page = room.send("search_pay_hours", q="okafor").content.decode()
    assert "Ben Okafor" in page
    assert "Ana Reyes" not in page


def test_the_month_lists_every_entry_with_what_paid_it(room: Room) -> None:
    ben, ana = by_the_hour(room), by_the_hour(room, "Ana Reyes")
    paid(room, ben)
    typed(room, **{key(ana, 16, "training"): "2"})
    page = room.get("pay_hours_list", month="2026-11")
    assert "Paid by the run of Nov 1–15" in page
    assert "6.00 hours in 2 entries." in page
    assert "2.00 hours in 1 entry." in room.get("pay_hours_list", month="2026-11", person=str(ana.pk))
    assert "2.00 hours in 1 entry." in room.get("pay_hours_list", month="2026-11", kind="training")
    assert "No hours in this month" in room.get("pay_hours_list", month="2026-09")
    assert "Hours of November 2026" in room.get("pay_hours_list", month="nonsense")


def test_ivan_looks_and_types_nothing(room: Room) -> None:
    ben = by_the_hour(room)
    worked(room, ben, 10, "2.00")
    page = room.get("pay_hours", **WEEK, user=room.people.ivan)
    assert "Ben Okafor" in page
    assert '<input class="form-control cell-in' not in page
    page = room.get("pay_hours_of", ben.pk, "2026-11-10", user=room.people.ivan)
    assert "Remove" not in page


def test_a_day_that_is_none_is_not_there(room: Room) -> None:
    ben = by_the_hour(room)
    assert room.ask("pay_hours_of", ben.pk, "2026-11-31").status_code == 404
    assert room.ask("pay_hours_of", 999_999, "2026-11-10").status_code == 404


def test_pages_take_as_many_queries_for_one_as_for_many(room: Room) -> None:
    ben = by_the_hour(room)
    worked(room, ben, 16, "2.00")
    one = room.statements("pay_hours")
    for number in range(4):
        who = by_the_hour(room, f"Ana Reyes{number}")
        worked(room, who, 16, "2.00")
        worked(room, who, 17, "2.00")
    assert room.statements("pay_hours") == one == QUERIES_OF_WEEK
    assert room.statements("pay_hours_list") == QUERIES_OF_MONTH
