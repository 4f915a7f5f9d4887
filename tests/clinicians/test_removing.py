"""Taking away a license or terms that were entered by mistake, and undoing a change of the week."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from clinicians import foundations, services
from clinicians.errors import TeamRefusedError
from clinicians.models import Clinician, Engagement, License, WorkingHours
from clinicians.services import Stretch
from practice import clock
from practice.actors import Actor
from practice.models import AuditEvent
from tests.clinicians.conftest import Hire
from tests.people import NOW, Cast, signed_in

UNTIL = dt.date(2027, 6, 30)


@pytest.fixture
def dana(hire: Hire) -> Clinician:
    return hire("Dana Whitfield")


@pytest.fixture
def paper(dana: Clinician, alice: Actor) -> License:
    facts: dict[str, Any] = {"state": "PA", "kind": "LCSW", "number": "CW1", "expires_on": UNTIL}
    return services.add_license(actor=alice, clinician_id=dana.pk, **facts)


def undo(answer: Any) -> str:
    return str(list(answer.context["messages"])[-1].extra_tags).removeprefix("undo:")


def test_a_wrong_license_is_removed_and_put_back_as_it_was(paper: License, people: Cast) -> None:
    browser = signed_in(people.alice)
    answer = browser.post(f"/p/fernhollow/team/licenses/{paper.pk}/remove/", follow=True)
    assert not License.objects.exists()
    assert "LCSW CW1 (PA) is removed." in answer.content.decode()
    browser.post(undo(answer))
    found = License.objects.get()
    assert (found.pk, found.clinician_id, found.number, found.expires_on) == (
        paper.pk,
        paper.clinician_id,
        "CW1",
        UNTIL,
    )
    actions = AuditEvent.objects.filter(action__startswith="license.").values_list("action", flat=True)
    assert sorted(actions) == ["license.added", "license.removed", "license.restored"]


def test_what_was_built_on_it_keeps_it(paper: License, people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foundations, "_askers", [lambda row, practice: "12 sessions were billed on this license."])
    answer = signed_in(people.alice).post(f"/p/fernhollow/team/licenses/{paper.pk}/remove/", follow=True)
    assert "12 sessions were billed on this license. Correct it or give it an end instead." in answer.content.decode()
    assert License.objects.exists()


def test_a_license_that_is_there_again_is_not_put_back(paper: License, alice: Actor) -> None:
    services.remove_license(actor=alice, license_id=paper.pk)
    facts: dict[str, Any] = {"state": "PA", "kind": "LCSW", "number": "CW1", "expires_on": UNTIL}
    services.add_license(actor=alice, clinician_id=paper.clinician_id, **facts)
    with pytest.raises(TeamRefusedError, match="on file again already"):
        services.restore_license(actor=alice, license_id=paper.pk)


def test_terms_come_back_without_their_number(dana: Clinician, alice: Actor, people: Cast) -> None:
    terms = Engagement.objects.get(clinician=dana)
    services.change_engagement(
        actor=alice, engagement_id=terms.pk, kind="w2_exempt", starts_on=terms.starts_on, tin="123-45-6789"
    )
    browser = signed_in(people.alice)
    answer = browser.post(f"/p/fernhollow/team/terms/{terms.pk}/remove/", follow=True)
    assert not Engagement.objects.exists()
    answer = browser.post(undo(answer), follow=True)
    assert "has to be entered again" in answer.content.decode()
    found = Engagement.objects.get()
    assert (found.pk, found.kind, found.starts_on, found.tin) == (terms.pk, "w2_exempt", terms.starts_on, "")
    assert "123-45-6789" not in str(list(AuditEvent.objects.values_list("before", "after")))


def test_terms_are_not_put_back_over_others(dana: Clinician, alice: Actor) -> None:
    terms = Engagement.objects.get(clinician=dana)
    services.remove_engagement(actor=alice, engagement_id=terms.pk)
    services.add_engagement(actor=alice, clinician_id=dana.pk, kind="partner", starts_on=dt.date(2026, 1, 1))
    with pytest.raises(TeamRefusedError, match="Other terms of work stand on these days"):
        services.restore_engagement(actor=alice, engagement_id=terms.pk)


def test_nothing_is_put_back_that_was_not_removed(paper: License, alice: Actor) -> None:
    with pytest.raises(Http404):
        services.restore_license(actor=alice, license_id=paper.pk)


def test_a_biller_removes_nothing(paper: License, people: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.remove_license(actor=people.actor(people.bob), license_id=paper.pk)


def test_a_changed_week_is_put_back(dana: Clinician, alice: Actor, people: Cast) -> None:
    week = [Stretch(0, dt.time(9), dt.time(12)), Stretch(2, dt.time(13), dt.time(17, 30))]
    services.set_hours(actor=alice, clinician_id=dana.pk, stretches=week)
    browser = signed_in(people.alice)
    sent = {"d4_0_from": "09:00", "d4_0_to": "12:00"}
    with clock.at(NOW + dt.timedelta(minutes=5)):
        answer = browser.post(f"/p/fernhollow/team/{dana.pk}/hours/edit/", sent, follow=True)
    assert list(WorkingHours.objects.values_list("weekday", flat=True)) == [4]
    browser.post(undo(answer))
    rows = WorkingHours.objects.values_list("weekday", "starts", "ends")
    assert list(rows) == [(0, dt.time(9), dt.time(12)), (2, dt.time(13), dt.time(17, 30))]


def test_a_week_that_never_changed_is_not_put_back(dana: Clinician, alice: Actor) -> None:
    with pytest.raises(Http404):
        services.restore_hours(actor=alice, clinician_id=dana.pk)
