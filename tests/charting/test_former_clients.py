"""A clinician whose caseload ended keeps the sessions they gave and their documentation, not the client's record."""

from __future__ import annotations

import datetime as dt

from clients.models import Caseload
from tests.charting.scene import Scene
from tests.people import signed_in


def test_sessions_and_notes_stay_and_the_record_closes(scene: Scene) -> None:
    client = scene.session.client
    row = Caseload.objects.create(client=client, clinician=scene.clinician, starts_on=dt.date(2026, 1, 5))
    scene.signed()
    browser, home = signed_in(scene.people.charlie), "/p/fernhollow"
    pages = [f"{home}/sessions/{scene.session.session_id}/", f"{home}/documentation/{scene.session.pk}/"]
    record = f"{home}/clients/{client.pk}/"
    assert [browser.get(page).status_code for page in [record, *pages]] == [200, 200, 200]
    row.ends_on = dt.date(2026, 11, 16)
    row.save()
    assert [browser.get(page).status_code for page in [record, *pages]] == [404, 200, 200]
    assert client.name not in browser.get(f"{home}/clients/").content.decode()


def test_a_scheduler_knows_of_no_documentation_unless_an_owner_adds_it(scene: Scene) -> None:
    people = scene.people
    frank = people.actor(people.frank)
    assert not frank.may("documentation:view", "documentation:read", "documentation:own")
    scene.signed()
    browser = signed_in(people.frank)
    assert browser.get("/p/fernhollow/documentation/").status_code == 403
    session = browser.get(f"/p/fernhollow/sessions/{scene.session.session_id}/").content.decode()
    assert "Worked on sleep" not in session
    people.fernhollow.memberships.filter(user=people.frank).update(added=["documentation:view"])
    listed = browser.get("/p/fernhollow/documentation/?state=done").content.decode()
    note = browser.get(f"/p/fernhollow/documentation/{scene.session.pk}/").content.decode()
    assert "Worked on sleep" not in listed + note
