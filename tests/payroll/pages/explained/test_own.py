"""My pay: my own and nobody else's, with words for what is not there yet."""

from __future__ import annotations

import pytest

from clients.models import Client
from clinicians.models import Clinician, Engagement
from payroll import services
from payroll.models import PayLine, PayRun
from practice.models import AuditEvent
from tests.payroll.desk import at, share
from tests.payroll.pages.explained.conftest import Office
from tests.people import signed_in


def test_my_pay_goes_to_my_last_run(office: Office) -> None:
    response = office.get(office.people.charlie, "my_pay")
    assert response.headers["Location"] == office.url("my_pay_run", office.run.pk)


def test_my_page_says_what_i_get_from_whom_and_when(office: Office) -> None:
    page = office.text(office.people.charlie, "my_pay_run", office.run.pk)
    for words in (
        "Your pay for November 1–15",
        '$163<span class="cents">.36</span>',
        "Waits for approval",
        "Before taxes. Pay date Monday, November 30.",
        "Maya Torres1, Nov 2",
        "Keystone Mutual paid $106.22 on Nov 12. The client paid $25.00 on Nov 12. You get 62%.",
        "106.22 × 0.62 = 65.8564, rounded to the cent",
        "Agreement of Jan 1, 2026, version 1: “All services”",
        "Not counted: $36.78 of the $168.00 fee that was written off.",
        "A late cancel on Nov 5 pays $40.00.",
        "1.5 hours of meetings on Nov 5 at $28.00 an hour.",
        "62% of what is collected.",
    ):
        assert words in page, words


def test_nothing_of_anybody_else_stands_on_my_page(office: Office) -> None:
    page = office.text(office.people.charlie, "my_pay_run", office.run.pk)
    with office.open():
        others = Client.objects.filter(charges__clinician=office.dana)
        assert others.count() == 2
        assert not [one.name for one in others if one.name in page]
    assert "Dana" not in page


def test_the_page_of_a_person_is_not_for_clinicians(office: Office) -> None:
    for user in (office.people.charlie, office.people.dana):
        for name in ("pay_of_person", "pay_statement"):
            assert office.get(user, name, office.run.pk, office.charlie.pk).status_code == 403
    assert office.get(office.people.grace, "my_pay_run", office.run.pk).status_code == 404


def test_the_accountant_reads_no_line_of_anybody(office: Office) -> None:
    erin = signed_in(office.people.erin)
    for name, ids in (
        ("my_pay", ()),
        ("my_pay_run", (office.run.pk,)),
        ("my_pay_statement", (office.run.pk,)),
        ("pay_of_person", (office.run.pk, office.charlie.pk)),
        ("pay_statement", (office.run.pk, office.charlie.pk)),
        ("pay_statements", (office.run.pk,)),
    ):
        assert erin.get(office.url(name, *ids)).status_code == 403, name


def test_a_run_that_is_computed_again_is_not_there_for_me_meanwhile(office: Office) -> None:
    with office.open():
        PayRun.objects.filter(pk=office.run.pk).update(status="draft")
    assert office.get(office.people.charlie, "my_pay_run", office.run.pk).status_code == 404
    page = office.text(office.people.alice, "pay_of_person", office.run.pk, office.charlie.pk)
    assert "This run is open" in page


def test_reading_is_written_down_for_the_run_and_each_client(office: Office) -> None:
    office.text(office.people.charlie, "my_pay_run", office.run.pk)
    with office.open():
        clients = set(PayLine.objects.filter(clinician=office.charlie).values_list("charge__client", flat=True))
        seen = AuditEvent.objects.filter(action="pay.viewed", object_id=str(office.run.pk))
        assert set(seen.values_list("client_id", flat=True)) == clients
        assert {(event.after or {}).get("clinician") for event in seen} == {office.charlie.pk}


def test_a_search_stays_out_of_the_address_and_keeps_only_what_is_about_the_client(office: Office) -> None:
    browser = signed_in(office.people.charlie)
    response = browser.post(office.url("search_my_pay", office.run.pk) + "?sort=amount", {"q": "torres1"})
    address = response.headers["Location"]
    assert "torres" not in address
    assert "sort=amount" in address
    page = browser.get(address).content.decode()
    assert "Maya Torres1, Nov 2" in page
    assert "A late cancel" not in page
    assert "1 line for “torres1”" in page


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("-service", "Maya Torres9"),
        ("service", "Maya Torres1"),
        ("-amount", "Maya Torres1"),
        ("amount", "Maya Torres9"),
    ],
)
def test_lines_are_sorted_as_asked(office: Office, sort: str, first: str) -> None:
    with office.open() as desk, at(14):
        desk.numbers[0] = 8
        desk.insurer_pays(desk.session(office.charlie, 10), "10.00")
        desk.compute(office.run)
        sessions = next(one for one in office.page(office.charlie, sort=sort).sections if one.key == "sessions")
        assert sessions.items[0].title.startswith(first)


def test_who_has_no_run_yet_reads_how_their_pay_will_work(office: Office) -> None:
    with office.open() as desk:
        grace = desk.clinician("Grace Lindqvist", "w2_exempt", user=office.people.grace)
        page = office.text(office.people.grace, "my_pay")
        assert "How you are paid is not entered yet" in page
        desk.rules(grace, share("0.55"))
    page = office.text(office.people.grace, "my_pay")
    assert "No pay run with your pay yet" in page
    assert "55% of what is collected." in page


def test_an_owner_is_told_of_the_draw_and_who_treats_nobody_that_there_is_none(office: Office) -> None:
    assert "No pay of yours here" in office.text(office.people.alice, "my_pay")
    with office.open():
        alice = Clinician.objects.create(first_name="Alice", last_name="Moreau", user=office.people.alice)
        Engagement.objects.create(clinician=alice, kind=Engagement.Kind.SOLE_OWNER, starts_on="2026-01-01")
    assert "You are paid by draw" in office.text(office.people.alice, "my_pay")


def test_the_state_says_only_what_is_known(office: Office) -> None:
    with office.open() as desk:
        assert office.page(office.charlie).chip.text == "Waits for approval"
        services.approve(actor=desk.owner, run_id=office.run.pk)
        assert office.page(office.charlie).chip.text == "Approved"
        services.mark_exported(actor=desk.owner, run_id=office.run.pk)
        assert office.page(office.charlie).chip.text == "With payroll"
        services.lock(actor=desk.owner, run_id=office.run.pk)
        assert office.page(office.charlie).chip.text == "With payroll"
        with at(1, 12):
            assert office.page(office.charlie).chip.text == "Paid on Nov 30"


def test_a_session_paid_without_a_signed_note_is_marked_until_it_is_signed(office: Office) -> None:
    with office.open():
        found = office.page(office.charlie)
        sessions = next(one for one in found.sections if one.key == "sessions")
        assert [item.signing for item in sessions.items] == ["open"]
        assert found.stats[3].note == "1 session paid, not signed yet"
    page = office.text(office.people.charlie, "my_pay_run", office.run.pk)
    assert "Note not signed" in page
    assert "Sign the note" in page


def test_a_session_signed_in_time_has_no_mark(office: Office) -> None:
    with office.open():
        found = office.page(office.dana)
        sessions = next(one for one in found.sections if one.key == "sessions")
        assert [item.signing for item in sessions.items] == [""]
