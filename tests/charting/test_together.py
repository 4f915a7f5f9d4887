"""Several notes signed or co-signed at once: the same as one by one, all of them or none."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from charting import content, services
from charting.errors import NoteRefusedError
from charting.models import Documentation, Signature
from clients.models import Client
from practice.models import AuditEvent, Service, StateChange
from scheduling.models import Attendance
from tests.charting.scene import Scene, attendance


def more(scene: Scene, count: int) -> list[Attendance]:
    """Further sessions of Charlie's, one after the other, all of them over."""
    client, service = Client.objects.get(), Service.objects.get()
    return [attendance(scene.clinician, client, service, hours=-48 - 2 * number) for number in range(count)]


def test_each_note_is_kept_signed_and_told_as_if_alone(scene: Scene) -> None:
    rows = [scene.session, *more(scene, 2)]
    texts = {row.pk: f"Note {row.pk}." for row in rows}
    notes = services.sign_many_as_written(actor=scene.charlie, texts=texts)
    assert {note.attendance_id: note.text for note in notes} == texts
    assert set(Documentation.objects.values_list("status", flat=True)) == {"signed"}
    signed = {row.documentation_id: row for row in Signature.objects.all()}
    for note in notes:
        one = signed[note.pk]
        assert (one.kind, one.by_name, one.clinician_id) == ("sign", "Charlie Nguyen", scene.clinician.pk)
        assert (one.content_sha256, one.words) == (content.digest(note), content.SIGN_WORDS)
        steps = StateChange.objects.filter(kind="charting.documentation", object_id=note.pk)
        assert {step.after for step in steps} == {"missing", "drafted", "signed"}
    for action in ("documentation.drafted", "documentation.signed"):
        events = AuditEvent.objects.filter(action=action)
        assert {event.client_id for event in events} == {scene.session.client_id}
        assert len(events) == 3
        assert "Note" not in "".join(str(event.after) for event in events)


def test_a_draft_is_signed_with_its_last_words(scene: Scene) -> None:
    services.save_draft(actor=scene.charlie, attendance_id=scene.session.pk, text="First.")
    services.sign_many_as_written(actor=scene.charlie, texts={scene.session.pk: "Last."})
    assert Documentation.objects.get().text == "Last."


def test_one_that_cannot_be_signed_keeps_all_from_being_signed(scene: Scene) -> None:
    for other in ({scene.later.pk: "Plan."}, {more(scene, 1)[0].pk: "  "}):
        with pytest.raises(NoteRefusedError):
            services.sign_many_as_written(actor=scene.charlie, texts={scene.session.pk: "Worked on sleep."} | other)
    assert not Signature.objects.exists()
    assert not Documentation.objects.exclude(text="").exists()


def test_a_signed_note_is_not_signed_again(scene: Scene) -> None:
    scene.signed()
    with pytest.raises(NoteRefusedError, match="signed already"):
        services.sign_many_as_written(actor=scene.charlie, texts={scene.session.pk: "Other."})
    assert Documentation.objects.get().text == "Worked on sleep."


def test_nobody_signs_for_somebody_else(scene: Scene) -> None:
    with pytest.raises(Http404):
        services.sign_many_as_written(actor=scene.charlie, texts={scene.other.pk: "Mine."})
    with pytest.raises(PermissionDenied):
        services.sign_many_as_written(actor=scene.grace, texts={scene.session.pk: "Mine."})
    with pytest.raises(PermissionDenied):
        services.sign_many_as_written(actor=scene.bob, texts={scene.session.pk: "Mine."})
    assert not Signature.objects.exists()


def test_the_supervisor_cosigns_what_is_signed_and_nothing_else(scene: Scene) -> None:
    rows = [scene.session, *more(scene, 2)]
    ids = [row.pk for row in rows]
    services.sign_many_as_written(actor=scene.charlie, texts=dict.fromkeys(ids[:2], "Worked on sleep."))
    with pytest.raises(NoteRefusedError):
        services.cosign_many(actor=scene.grace, attendance_ids=ids)
    assert not Signature.objects.filter(kind="cosign").exists()
    services.cosign_many(actor=scene.grace, attendance_ids=ids[:2])
    assert Documentation.objects.filter(status="cosigned").count() == 2
    words = set(Signature.objects.filter(kind="cosign").values_list("by_name", "words"))
    assert words == {("Grace Lindqvist", content.COSIGN_WORDS)}


def test_only_the_supervisor_cosigns(scene: Scene) -> None:
    scene.signed()
    for actor in (scene.charlie, scene.bob):
        with pytest.raises(PermissionDenied):
            services.cosign_many(actor=actor, attendance_ids=[scene.session.pk])


def test_nothing_to_sign_changes_nothing(scene: Scene) -> None:
    assert services.sign_many_as_written(actor=scene.charlie, texts={}) == []
    assert services.cosign_many(actor=scene.grace, attendance_ids=[]) == []


def test_many_take_as_many_statements_as_few(scene: Scene) -> None:
    rows = more(scene, 9)
    counts = []
    for part in (rows[:2], rows[2:]):
        with CaptureQueriesContext(
            connection,
        ) as said:
            services.sign_many_as_written(actor=scene.charlie, texts={row.pk: "Seen." for row in part})
        counts.append(len(said))
    assert counts[0] == counts[1]
