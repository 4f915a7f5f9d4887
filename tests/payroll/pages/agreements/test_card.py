"""How somebody is paid stands on their page of the team, for who may see pay."""

from __future__ import annotations

from clinicians.models import Clinician, Engagement
from tests.payroll.desk import share
from tests.payroll.pages.runs.room import Room


def test_the_card_says_how_somebody_is_paid_and_leads_there(room: Room) -> None:
    with room.open():
        ana = room.desk.clinician()
        terms = room.desk.terms(ana).pk
    assert "No rules yet, so nothing is paid." in room.get("clinician", ana.pk)
    with room.open():
        room.desk.rules(ana, share("0.62"))
    page = room.get("clinician", ana.pk)
    assert "62% of collected" in page
    assert "Version 1, Jan 1, 2026" in page
    assert f"/payroll/rules/{terms}/" in page


def test_partners_are_paid_by_draw_and_without_terms_there_is_no_card(room: Room) -> None:
    with room.open():
        olive = room.desk.clinician("Olive Hart", Engagement.Kind.PARTNER)
        nobody = Clinician.objects.create(first_name="Ben", last_name="Okafor")
    assert "By draw, not in a pay run" in room.get("clinician", olive.pk)
    assert 'id="pay"' not in room.get("clinician", nobody.pk)


def test_a_biller_and_the_person_see_no_pay_there(room: Room) -> None:
    with room.open():
        ana = room.desk.clinician(user=room.people.charlie)
        room.desk.rules(ana, share("0.62"))
    assert 'id="pay"' not in room.get("clinician", ana.pk, user=room.people.bob)
    assert 'id="pay"' not in room.get("clinician", ana.pk, user=room.people.charlie)
    assert 'id="pay"' in room.get("clinician", ana.pk, user=room.people.ivan)


def test_of_several_rules_the_card_says_the_widest(room: Room) -> None:
    with room.open():
        ana = room.desk.clinician()
        couples, absences = (
            share("0.72", codes=["90847"], priority=1),
            share("0.50", applies_to=["late_cancel", "no_show"]),
        )
        room.desk.rules(ana, couples, share("0.68"), absences)
    assert "68% of collected, and 2 more rules" in room.get("clinician", ana.pk)
