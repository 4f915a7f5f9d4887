"""The accountant sees what a run pays and makes its files; no line, no client, no day of service."""

from __future__ import annotations

from payroll.models import PayLine
from tests.payroll.pages.runs.room import Room, url


def test_she_sees_people_and_totals_and_no_way_to_a_line(room: Room) -> None:
    run, who = room.computed()
    response = room.ask("pay_run", run.pk, user=room.people.erin)
    page = response.content.decode()
    assert [row.pay.name for row in response.context["rows"]] == ["Ben Okafor", "Ana Reyes", "Dana Whitfield"]
    assert "$190" in page
    assert "People and total agree, to the cent" in page
    assert f"/people/{who['ana'].pk}/" not in page
    assert "Torres" not in page
    assert response.context["findings"] == []
    main = page.partition("<main")[2].partition("</main>")[0]
    assert "<form" not in main


def test_reasons_and_amounts_by_hand_are_not_hers(room: Room) -> None:
    run, who = room.computed()
    room.send("add_pay_line", run.pk, clinician_id=who["ana"].pk, kind="bonus", amount="9", reason="For Maya")
    room.compute(run)
    page = room.get("pay_run", run.pk, user=room.people.erin)
    assert "For Maya" not in page
    assert "$69.00" in page


def test_she_is_led_to_the_files_once_they_can_be_made(room: Room) -> None:
    run, _ = room.computed()
    assert 'class="dock"' not in room.get("pay_run", run.pk, user=room.people.erin)
    room.act("approve", run)
    page = room.get("pay_run", run.pk, user=room.people.erin)
    assert "Its files wait to be made." in page
    assert 'href="#export"' in page
    assert url("withdraw_pay_run_approval", run.pk) not in page


def test_her_pages_ask_nothing_of_lines(room: Room) -> None:
    run, _ = room.computed()
    assert room.statements("pay_run", run.pk, user=room.people.erin) <= 20
    assert room.statements("payroll", user=room.people.erin) <= 20
    with room.inside(room.people.fernhollow, phi=False):
        assert PayLine.objects.count() == 0


def test_the_list_is_hers_to_read(room: Room) -> None:
    room.computed()
    page = room.get("payroll", user=room.people.erin)
    assert "Nov 1–15, 2026" in page
    assert url("open_off_cycle_pay_run") not in page
    assert "See Nov 1–15" in page
