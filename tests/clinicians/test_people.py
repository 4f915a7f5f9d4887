"""Who is on the team."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from clinicians import leaving, services
from clinicians.errors import TeamRefusedError
from clinicians.leaving import Leaver, StaysOpen
from clinicians.models import Engagement
from clinicians.selectors import file
from practice.actors import Actor
from practice.models import AuditEvent
from tests.clinicians.conftest import Hire, npi
from tests.people import Cast

TODAY = dt.date(2026, 11, 17)


def test_adding_begins_the_first_terms(hire: Hire) -> None:
    dana = hire("Dana Whitfield", engagement="contractor")
    terms = Engagement.objects.get(clinician=dana)
    assert (terms.kind, terms.starts_on, terms.ends_on) == ("contractor", dt.date(2025, 1, 6), None)


def test_two_clinicians_never_share_an_npi(hire: Hire) -> None:
    hire("Dana Whitfield", npi=npi(1))
    with pytest.raises(TeamRefusedError, match="Dana Whitfield has this NPI already"):
        hire("Lena Brandt", npi=npi(1))


def test_a_biller_changes_nobody(hire: Hire, people: Cast) -> None:
    dana = hire("Dana Whitfield")
    with pytest.raises(PermissionDenied):
        services.change_clinician(actor=people.actor(people.bob), clinician_id=dana.pk, first_name="Diana")


def test_a_change_is_written_down_with_before_and_after(hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield")
    services.change_clinician(actor=alice, clinician_id=dana.pk, phone="215-555-0142")
    event = AuditEvent.objects.get(action="clinician.changed")
    assert (event.before, event.after) == ({"phone": ""}, {"phone": "215-555-0142"})


def leaver(people: Cast, pk: int, actor: Actor, last_day: dt.date = TODAY) -> Leaver:
    return Leaver(pk, last_day, people.fernhollow, actor)


def test_leaving_names_what_stays_open_and_is_undone(hire: Hire, alice: Actor, people: Cast) -> None:
    grace, dana = hire("Grace Lindqvist", can_supervise=True), hire("Dana Whitfield")
    services.add_supervision(actor=alice, clinician_id=dana.pk, supervisor_id=grace.pk, starts_on=dt.date(2026, 1, 1))
    services.end_work(actor=alice, clinician_id=grace.pk, ends_on=TODAY)
    assert [(one.sentence, one.url) for one in file.stays_open(leaver(people, grace.pk, alice), grace)] == [
        ("Their terms “Employee (W-2), non-exempt” have no end.", f"/p/fernhollow/team/{grace.pk}/terms/"),
        (
            "They supervise Dana Whitfield. Somebody else has to, from the day after on.",
            f"/p/fernhollow/team/{grace.pk}/supervision/",
        ),
    ]
    assert services.return_to_work(actor=alice, clinician_id=grace.pk).ends_on is None


def test_other_rooms_say_what_they_know_of_somebody_who_leaves(
    hire: Hire, alice: Actor, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "_askers", [lambda who: [StaysOpen(f"12 sessions are booked after {who.last_day}.")]])
    dana = hire("Dana Whitfield")
    told = file.stays_open(leaver(people, dana.pk, alice), dana)
    assert told[-1].sentence == "12 sessions are booked after 2026-11-17."


def test_access_is_ended_where_access_is(hire: Hire, alice: Actor, people: Cast) -> None:
    charlie = hire("Charlie Nguyen", user=people.charlie)
    told = file.stays_open(leaver(people, charlie.pk, alice), charlie)
    assert [(one.sentence, one.url) for one in told][-1] == ("They can still sign in.", "/p/fernhollow/members/")


def test_nobody_leaves_before_they_came(hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield")
    with pytest.raises(TeamRefusedError, match="before the day they started"):
        services.end_work(actor=alice, clinician_id=dana.pk, ends_on=dt.date(2024, 1, 1))


def test_who_supervises_stays_marked(hire: Hire, alice: Actor) -> None:
    grace, dana = hire("Grace Lindqvist", can_supervise=True), hire("Dana Whitfield")
    services.add_supervision(actor=alice, clinician_id=dana.pk, supervisor_id=grace.pk, starts_on=dt.date(2026, 1, 1))
    with pytest.raises(TeamRefusedError, match="supervises Dana Whitfield"):
        services.change_clinician(actor=alice, clinician_id=grace.pk, can_supervise=False)
