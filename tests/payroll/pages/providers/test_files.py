"""A run's files on its page: made, kept, handed out as they were, and refused with what clears it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from payroll import services
from payroll.exports import formats, gusto
from payroll.models import ExportFile
from payroll.providers.views.files import OFF
from practice import files
from practice.models import AuditEvent
from tests.payroll.pages.providers.room import Room, messages

FORBIDDEN, NOT_FOUND = 403, 404
GUSTO = (
    b"last_name,first_name,title,gusto_employee_id,regular_hours,overtime_hours,double_overtime_hours,"
    b"missed_break_hours,owners_draw,bonus,commission,paycheck_tips,cash_tips,correction_payment,reimbursement,"
    b"personal_note\r\n"
    b"Okafor,Ben,,a1b2c3,4.00,,,,,,,,,,,\r\n"
    b"Reyes,Ana,,5g9934,,,,,,,60.00,,,,,\r\n"
)


def kept(room: Room) -> list[ExportFile]:
    with room.open():
        return list(ExportFile.objects.select_related("file"))


def test_what_is_downloaded_is_what_is_kept_byte_for_byte(room: Room) -> None:
    room.enter()
    made = room.make("gusto")
    assert messages(made) == ["gusto-2026-11-01-2026-11-15.csv is made: 2 people, $140.00. The run is exported."]
    (row,) = kept(room)
    assert f"made={row.pk}" in made.redirect_chain[-1][0]
    assert "data-download-now" in made.content.decode()
    for user in (room.people.alice, room.people.erin, room.people.ivan):
        response = room.ask(user, "pay_file", row.pk)
        with room.open():
            assert response.content == files.read(row.file) == GUSTO
        assert response["Content-Disposition"] == 'attachment; filename="gusto-2026-11-01-2026-11-15.csv"'
    with room.open():
        assert AuditEvent.objects.filter(action="pay_export.downloaded").count() == 3


def test_who_locks_is_told_who_is_in_no_file_and_the_file_can_still_be_made(room: Room) -> None:
    room.enter()
    room.make("gusto")
    page = room.get(room.people.alice, "pay_run", room.run.pk)
    assert "Cy Ito and Dana Whitfield are in no file yet: $90.00 has reached no provider." in page
    assert "$90.00 of $230.00 is in no file." in page
    with room.open():
        services.lock(actor=room.desk.owner, run_id=room.run.pk)
    assert "Make and download" in room.get(room.people.alice, "pay_run", room.run.pk)
    room.make("gusto_contractors")
    assert [row.target for row in kept(room)] == ["gusto", "gusto_contractors"]
    assert "in no file yet" not in room.get(room.people.alice, "pay_run", room.run.pk)


def test_the_accountant_makes_the_file_and_the_run_is_exported(room: Room) -> None:
    room.enter()
    assert "Make it and export the run" in room.get(room.people.erin, "pay_run", room.run.pk)
    room.make("gusto", room.people.erin)
    assert room.status() == "exported"
    page = room.get(room.people.erin, "pay_run", room.run.pk)
    assert "Download again" in page
    assert "Make and download" in page, "the contractors’ file is not made yet"
    assert "exports the run, for good" not in page
    assert messages(room.make("gusto_contractors", room.people.erin))
    assert [row.made_by_name for row in kept(room)] == [room.people.actor(room.people.erin).name] * 2


def test_making_it_twice_gives_the_same_file(room: Room) -> None:
    room.enter()
    room.make("gusto")
    room.make("gusto")
    assert len(kept(room)) == 1


def test_before_the_approval_there_is_a_preview_and_no_file(room: Room) -> None:
    room.enter()
    room.withdraw()
    page = room.get(room.people.alice, "pay_run", room.run.pk)
    assert "Files are made once the run is approved" in page
    assert "Make it and export the run" not in page
    assert "5g9934" in page
    assert messages(room.make("gusto")) == ["This run is computed. Files are made once it is approved."]
    assert kept(room) == []


def test_looking_at_the_rows_keeps_nothing(room: Room) -> None:
    room.enter()
    page = room.get(room.people.erin, "pay_file_rows", room.run.pk, "gusto")
    assert "owners_draw" in page
    assert "not made yet" in page
    assert kept(room) == []
    assert room.status() == "approved"


def test_all_that_is_missing_is_said_and_the_run_stays_as_it_is(room: Room) -> None:
    said = messages(room.make("gusto"))
    assert said == ["No file was made. Ben Okafor is not entered for Gusto. Ana Reyes is not entered for Gusto."]
    assert (room.status(), kept(room)) == ("approved", [])


def test_a_file_that_would_be_off_is_said_to_be_our_fault(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.enter()

    def off(batch: Any) -> bytes:
        return gusto.write(batch).replace(b",60.00,", b",60.01,")

    monkeypatch.setitem(formats.FORMATS, "gusto", replace(gusto.FORMAT, write=off))
    assert messages(room.make("gusto")) == [OFF]
    assert (room.status(), kept(room)) == ("approved", [])
    page = room.get(room.people.alice, "pay_run", room.run.pk)
    assert "The rows do not come to the $140.00 that the run pays" in page


def test_whoever_only_looks_makes_none_and_others_see_none(room: Room) -> None:
    room.enter()
    assert room.make("gusto", room.people.ivan).status_code == FORBIDDEN
    for user in (room.people.bob, room.people.charlie, room.people.frank):
        assert room.make("gusto", user).status_code == FORBIDDEN
    room.make("gusto")
    (row,) = kept(room)
    assert room.ask(room.people.bob, "pay_file", row.pk).status_code == FORBIDDEN
    assert room.ask(room.people.heidi, "pay_file", row.pk).status_code == NOT_FOUND


def test_an_unknown_file_is_refused(room: Room) -> None:
    assert "Choose one of" in messages(room.make("adp_wfn"))[0]
    assert room.ask(room.people.alice, "pay_file_rows", room.run.pk, "adp_wfn").status_code == NOT_FOUND
