"""Everybody's numbers at a provider: entered row by row, refused beside the field, and only who is paid."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinicians.models import Engagement
from payroll.models import PayeeMapping, ProviderSetup
from payroll.providers.known import PROVIDERS, of_target
from payroll.providers.setups import standing, standings
from practice import clock
from practice.models import AuditEvent
from tests.payroll.pages.providers.room import Room, url

REFUSED, FORBIDDEN, NOT_FOUND = 422, 403, 404
GUSTO = PROVIDERS[0]


def incomplete(room: Room, target: str = "gusto") -> list[str]:
    provider = of_target(target)
    assert provider is not None
    with room.open():
        found = standing(room.desk.owner, provider, clock.today(room.people.fernhollow))
        return [one.clinician.name for one in found.incomplete]


def save(room: Room, first: str, target: str = "gusto", **body: str) -> str:
    response = room.send(room.people.alice, "save_payee", target, room.who[first].pk, **body)
    assert response.status_code == 200
    return str(response.content.decode())


def test_everybody_who_is_paid_stands_there_and_nobody_paid_by_draw(room: Room) -> None:
    with room.open():
        room.desk.clinician("Pat Quill", "partner")
        gone = room.desk.clinician("Gone Long", "w2_exempt")
        Engagement.objects.filter(clinician=gone).update(ends_on="2026-03-31")
    page = room.get(room.people.alice, "payroll_provider", "gusto")
    for name in ("Ana Reyes", "Ben Okafor", "Dana Whitfield", "Cy Ito"):
        assert name in page
    assert "Pat Quill" not in page
    assert "Gone Long" not in page
    assert "Dana Whitfield" not in room.get(room.people.alice, "payroll_provider", "adp_run")


def test_somebody_who_left_stands_there_while_a_run_pays_them(room: Room) -> None:
    with room.open():
        Engagement.objects.filter(clinician=room.who["Ana"]).update(ends_on="2026-11-10")
    assert "Ana Reyes" in room.get(room.people.alice, "payroll_provider", "gusto")


def test_a_row_is_saved_and_written_down(room: Room) -> None:
    page = save(room, "Ana", external_id=" 5g9934 ", first_name="", last_name="", title="")
    assert "Ana Reyes is saved for Gusto." in page
    with room.open():
        row = PayeeMapping.objects.get()
        assert (row.external_id, row.clinician_id, row.target) == ("5g9934", room.who["Ana"].pk, "gusto")
        assert AuditEvent.objects.filter(action="payee.mapped").count() == 1
    assert incomplete(room) == ["Ben Okafor", "Cy Ito", "Dana Whitfield"]


def test_a_number_of_somebody_else_is_refused_in_words_and_nothing_typed_is_lost(room: Room) -> None:
    save(room, "Ana", external_id="5g9934")
    body = {"external_id": "5g9934", "title": "Therapist"}
    response = room.send(room.people.alice, "save_payee", "gusto", room.who["Ben"].pk, **body)
    page = response.content.decode()
    assert response.status_code == REFUSED
    assert "5g9934 is Ana Reyes’s number there." in page
    assert 'value="Therapist"' in page
    assert incomplete(room) == ["Ben Okafor", "Cy Ito", "Dana Whitfield"]


def test_a_number_that_the_provider_would_not_know_is_refused(room: Room) -> None:
    for target, number, words in (
        ("gusto", "12", "A number at Gusto has six letters or digits, as a41Rzx."),
        ("adp_run", "0123456789012345", "A number at ADP RUN has at most 15 letters or digits, without spaces."),
    ):
        response = room.send(room.people.alice, "save_payee", target, room.who["Ana"].pk, external_id=number)
        assert response.status_code == REFUSED
        assert words in response.content.decode()
    with room.open():
        assert not PayeeMapping.objects.exists()


def test_leading_zeros_stay(room: Room) -> None:
    save(room, "Ana", "adp_run", external_id="000101")
    with room.open():
        assert PayeeMapping.objects.get().external_id == "000101"


def test_a_business_goes_by_its_own_name_and_has_nothing_to_type(room: Room) -> None:
    save(room, "Cy", "gusto_contractors", first_name="Somebody", last_name="Else")
    with room.open():
        row = PayeeMapping.objects.get()
        assert (row.target, row.first_name) == ("gusto_contractors", "")
    assert "Cy Ito" not in incomplete(room)


def test_missing_only_shows_who_would_stop_a_file(room: Room) -> None:
    save(room, "Ana", external_id="5g9934")
    page = room.get(room.people.alice, "payroll_provider", "gusto", show="missing")
    assert "Ben Okafor" in page
    assert "Ana Reyes" not in page
    room.enter()
    assert "Everybody is entered" in room.get(room.people.alice, "payroll_provider", "gusto", show="missing")


def test_two_people_of_one_name_need_their_numbers_at_gusto(room: Room) -> None:
    with room.open():
        twin = room.desk.clinician("Ana Reyes", "w2_exempt")
    room.who["Twin"] = twin
    save(room, "Twin", external_id="")
    save(room, "Ana", external_id="5g9934")
    page = room.get(room.people.alice, "payroll_provider", "gusto")
    assert "Ana Reyes shares a name with somebody else at Gusto and needs a number there." in page


def test_a_person_whom_the_file_does_not_take_is_not_there(room: Room) -> None:
    for target, first in (("adp_run", "Dana"), ("gusto", "Dana"), ("gusto_contractors", "Ana"), ("adp_wfn", "Ana")):
        response = room.send(room.people.alice, "save_payee", target, room.who[first].pk, external_id="5g9934")
        assert response.status_code == NOT_FOUND


def test_the_accountant_reads_the_numbers_and_changes_nothing(room: Room) -> None:
    room.enter()
    page = room.get(room.people.erin, "payroll_provider", "gusto")
    assert "a1b2c3" in page
    assert "/people/" not in page
    assert "Save the set-up" not in page
    for name, ids in (("save_payee", ("gusto", room.who["Ana"].pk)), ("set_up_payroll_provider", ("gusto",))):
        assert room.send(room.people.erin, name, *ids).status_code == FORBIDDEN


def test_the_set_up_is_saved_and_shown_again(room: Room) -> None:
    body = {"company": "R1ABC", "salaries": "file", "code_salary": "SAL", "code_hours": ""}
    page = room.send(room.people.alice, "set_up_payroll_provider", "adp_run", **body).content.decode()
    assert "ADP RUN: the set-up is saved." in page
    assert 'value="R1ABC"' in page
    with room.open():
        row = ProviderSetup.objects.get()
        assert (row.target, row.company, row.salaries, row.codes) == ("adp_run", "R1ABC", "file", {"salary": "SAL"})


def test_a_set_up_that_is_refused_keeps_what_was_typed(room: Room) -> None:
    body = {"company": "R" * 21, "salaries": "nobody", "code_bonus": "BON"}
    response = room.send(room.people.alice, "set_up_payroll_provider", "adp_run", **body)
    assert response.status_code == REFUSED
    assert 'value="BON"' in response.content.decode()
    with room.open():
        assert not ProviderSetup.objects.exists()


def test_the_list_says_how_far_each_provider_is(room: Room) -> None:
    page = room.get(room.people.erin, "payroll_providers")
    assert page.count("Not used") == len(PROVIDERS)
    save(room, "Ana", external_id="5g9934")
    assert "3 people to enter" in room.get(room.people.alice, "payroll_providers")
    room.enter()
    room.make("gusto")
    page = room.get(room.people.alice, "payroll_providers")
    assert "Set up" in page
    assert url("pay_run", room.run.pk) in page


def test_the_pages_read_in_a_fixed_number_of_queries(room: Room) -> None:
    today = clock.today(room.people.fernhollow)
    with room.open(), CaptureQueriesContext(connection) as few:
        standings(room.desk.owner, today)
    room.enter()
    with room.open():
        for number in range(5):
            room.desk.clinician(f"More People{number}", "w2_exempt")
    with room.open(), CaptureQueriesContext(connection) as many:
        standings(room.desk.owner, today)
        standing(room.desk.owner, GUSTO, today)
    assert (len(few), len(many)) == (5, 10)
