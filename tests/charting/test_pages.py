"""The list and the page of one note, as each persona sees them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from charting.listing import documentation
from charting.models import Documentation, Signature
from clients.models import Client
from practice.models import AuditEvent, Service
from tests.charting.scene import Scene, attendance
from tests.people import signed_in

MOST_QUERIES = 8
WORDS = "Worked on sleep."


def at(name: str, *args: int) -> str:
    return reverse(name, args=["fernhollow", *args])


def listed(scene: Scene, who: Any, **options: Any) -> list[int]:
    return [row.attendance_id for row in documentation(who, scene.people.fernhollow, **options).rows]


def test_a_clinician_sees_their_own_open_sessions(scene: Scene) -> None:
    assert listed(scene, scene.charlie) == [scene.session.pk]
    assert listed(scene, scene.dana) == [scene.other.pk]


def test_the_oldest_comes_first(scene: Scene) -> None:
    assert listed(scene, scene.alice) == [scene.other.pk, scene.session.pk]
    assert listed(scene, scene.alice, sort="-date") == [scene.session.pk, scene.other.pk]
    assert listed(scene, scene.alice, clinician_id=scene.clinician.pk) == [scene.session.pk]


def test_a_supervisor_has_the_notes_of_those_they_supervise(scene: Scene) -> None:
    scene.signed()
    assert listed(scene, scene.grace, state="cosign") == [scene.session.pk]
    assert documentation(scene.grace, scene.people.fernhollow).rows[0].is_mine_to_cosign


def test_signed_notes_of_associates_are_not_done(scene: Scene) -> None:
    scene.signed()
    counts = documentation(scene.alice, scene.people.fernhollow).counts
    assert counts == {"open": 2, "unsigned": 1, "missing": 1, "drafted": 0, "cosign": 1, "done": 0}


def test_absences_ask_for_no_note(scene: Scene) -> None:
    scene.session.status = "no_show"
    type(scene.session).objects.filter(pk=scene.session.pk).update(status="no_show")
    assert listed(scene, scene.charlie) == []


def test_the_list_costs_the_same_for_fifty_as_for_one(scene: Scene) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            documentation(scene.alice, scene.people.fernhollow)
        return len(asked)

    before = cost()
    for number in range(50):
        client = Client.objects.create(number=100 + number, first_name="Ben", last_name=f"Ostrowski {number}")
        attendance(scene.clinician, client, Service.objects.get(), hours=-100 - number)
    assert cost() == before
    assert before <= MOST_QUERIES


@pytest.mark.parametrize(("persona", "reads"), [("charlie", True), ("grace", True), ("alice", True), ("bob", False)])
def test_the_text_is_for_few(scene: Scene, persona: str, reads: bool) -> None:
    scene.signed()
    Signature.objects.create(
        documentation=Documentation.objects.get(),
        kind="withdraw",
        by_name="Grace",
        at=scene.session.session.starts_at,
        content_sha256="0" * 64,
        words="Say more about the plan.",
    )
    answer = signed_in(getattr(scene.people, persona)).get(at("note", scene.session.pk))
    page = answer.content.decode()
    assert (WORDS in page) is reads
    assert ("Say more about the plan." in page) is reads
    assert ("Its clinician, their supervisor and the owners read it." in page) is not reads


def test_every_reading_is_audited(scene: Scene) -> None:
    scene.signed()
    signed_in(scene.people.alice).get(at("note", scene.session.pk))
    event = AuditEvent.objects.get(action="documentation.viewed")
    assert (event.actor_name, event.client_id) == ("Alice Moreau", scene.session.client_id)
    signed_in(scene.people.bob).get(at("note", scene.session.pk))
    assert AuditEvent.objects.filter(action="documentation.viewed").count() == 1


def test_a_colleagues_note_is_not_there(scene: Scene) -> None:
    assert signed_in(scene.people.dana).get(at("note", scene.session.pk)).status_code == 404


def test_typing_saves_and_says_so(scene: Scene) -> None:
    browser = signed_in(scene.people.charlie)
    answer = browser.post(
        at("save_note", scene.session.pk), {"text": WORDS, "seen": ""}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, "Saved just now" in answer.content.decode()) == (200, True)
    assert Documentation.objects.get().text == WORDS


def test_words_that_cannot_be_saved_are_kept_in_the_window(scene: Scene) -> None:
    scene.signed()
    browser = signed_in(scene.people.charlie)
    answer = browser.post(at("save_note", scene.session.pk), {"text": "More."}, headers={"HX-Request": "true"})
    assert (answer.status_code, "Reopen it" in answer.content.decode()) == (422, True)


def test_a_form_that_fails_keeps_the_words(scene: Scene) -> None:
    browser = signed_in(scene.people.charlie)
    answer = browser.post(at("sign_note", scene.later.pk), {"text": "Plan for later."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Plan for later." in page
    assert "The session has not begun." in page


def test_signing_from_the_page_keeps_the_last_words(scene: Scene) -> None:
    answer = signed_in(scene.people.charlie).post(at("sign_note", scene.session.pk), {"text": WORDS, "seen": ""})
    assert answer.status_code == 302
    assert (Documentation.objects.get().text, Documentation.objects.get().status) == (WORDS, "signed")


def test_an_uploaded_file_comes_back_as_it_was(scene: Scene) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser: Browser = signed_in(scene.people.charlie)
    file = SimpleUploadedFile("note.txt", WORDS.encode(), content_type="text/html")
    assert browser.post(at("upload_note", scene.session.pk), {"file": file}).status_code == 302
    answer = browser.get(at("note_file", scene.session.pk))
    assert (answer.content, answer.headers["Content-Type"]) == (WORDS.encode(), "text/plain")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert signed_in(scene.people.bob).get(at("note_file", scene.session.pk)).status_code == 404
