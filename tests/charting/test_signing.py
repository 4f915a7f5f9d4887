"""The way of a note: drafted, signed, reopened, co-signed, returned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from charting import content, services
from charting.errors import NoteChangedError, NoteRefusedError
from charting.models import Documentation, Signature
from charting.selectors import states_for
from clinicians.models import Supervision
from practice import clock
from practice.files import FileRefusedError
from practice.models import AuditEvent, StateChange
from tests.charting.scene import Scene

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_a_note_is_missing_until_somebody_writes(scene: Scene) -> None:
    assert states_for([scene.session.pk])[scene.session.pk].status == "missing"
    note = services.save_draft(actor=scene.charlie, attendance_id=scene.session.pk, text="Worked on sleep.")
    assert (note.status, note.text) == ("drafted", "Worked on sleep.")
    services.save_draft(actor=scene.charlie, attendance_id=scene.session.pk, text="")
    assert states_for([scene.session.pk])[scene.session.pk].status == "missing"


def test_the_trail_never_holds_the_words(scene: Scene) -> None:
    services.save_draft(actor=scene.charlie, attendance_id=scene.session.pk, text="Worked on sleep.")
    event = AuditEvent.objects.get(action="documentation.drafted")
    assert event.client_id == scene.session.client_id
    assert (event.after or {})["characters"] == 16
    assert "sleep" not in str(event.before) + str(event.after)


def test_words_from_another_window_are_not_overwritten(scene: Scene) -> None:
    first = services.save_draft(actor=scene.charlie, attendance_id=scene.session.pk, text="One.")
    seen = first.changed_at.isoformat()
    with clock.at(clock.now() + dt.timedelta(minutes=1)):
        services.save_draft(actor=scene.charlie, attendance_id=scene.session.pk, text="Two.", seen=seen)
        with pytest.raises(NoteChangedError):
            services.save_draft(actor=scene.charlie, attendance_id=scene.session.pk, text="Three.", seen=seen)
    assert Documentation.objects.get().text == "Two."


def test_signing_keeps_who_when_and_the_hash_of_exactly_these_words(scene: Scene) -> None:
    note = scene.signed()
    signature = Signature.objects.get()
    assert (note.status, signature.kind, signature.by_name) == ("signed", "sign", "Charlie Nguyen")
    assert signature.clinician_id == scene.clinician.pk
    assert signature.content_sha256 == content.digest(note)
    assert signature.words == content.SIGN_WORDS
    steps = StateChange.objects.filter(kind="charting.documentation").order_by("at", "after")
    assert {step.after for step in steps} == {"missing", "drafted", "signed"}


def test_the_hash_changes_with_every_word() -> None:
    one, two = Documentation(text="One."), Documentation(text="One!")
    assert content.digest(one) != content.digest(two)
    assert content.digest(one) != content.digest(Documentation(text="One.", kept_elsewhere=True, elsewhere="Paper"))


def test_nothing_cannot_be_signed(scene: Scene) -> None:
    with pytest.raises(NoteRefusedError, match="nothing to sign"):
        services.sign(actor=scene.charlie, attendance_id=scene.session.pk)
    with pytest.raises(NoteRefusedError, match="nothing to sign"):
        services.sign_as_written(actor=scene.charlie, attendance_id=scene.session.pk, text="  ")


def test_a_session_to_come_cannot_be_signed(scene: Scene) -> None:
    services.save_draft(actor=scene.charlie, attendance_id=scene.later.pk, text="Plan.")
    with pytest.raises(NoteRefusedError, match="has not begun"):
        services.sign(actor=scene.charlie, attendance_id=scene.later.pk)


def test_a_signed_note_does_not_change(scene: Scene) -> None:
    scene.signed()
    changes: tuple[Callable[[], object], ...] = (
        lambda: services.save_draft(actor=scene.charlie, attendance_id=scene.session.pk, text="Other."),
        lambda: services.attach(actor=scene.charlie, attendance_id=scene.session.pk, data=PDF, name="n.pdf"),
        lambda: services.keep_elsewhere(actor=scene.charlie, attendance_id=scene.session.pk, where="Paper"),
    )
    for change in changes:
        with pytest.raises(NoteRefusedError, match="Reopen it"):
            change()


def test_whoever_signed_reopens_with_a_reason(scene: Scene) -> None:
    scene.signed()
    with pytest.raises(NoteRefusedError, match="Say why"):
        services.reopen(actor=scene.charlie, attendance_id=scene.session.pk, reason=" ")
    note = services.reopen(actor=scene.charlie, attendance_id=scene.session.pk, reason="The times were wrong.")
    withdrawn = Signature.objects.get(kind="withdraw")
    assert (note.status, withdrawn.words) == ("drafted", "The times were wrong.")
    assert Signature.objects.count() == 2


def test_a_cosigned_note_stays(scene: Scene) -> None:
    scene.signed()
    note = services.cosign(actor=scene.grace, attendance_id=scene.session.pk)
    assert note.status == "cosigned"
    assert Signature.objects.get(kind="cosign").clinician_id == scene.supervisor.pk
    with pytest.raises(NoteRefusedError, match="co-signed and stays"):
        services.reopen(actor=scene.charlie, attendance_id=scene.session.pk, reason="Late.")


def test_the_supervisor_returns_a_note_with_what_should_change(scene: Scene) -> None:
    scene.signed()
    note = services.return_note(actor=scene.grace, attendance_id=scene.session.pk, reason="Add the plan.")
    assert note.status == "drafted"
    assert StateChange.objects.get(reason="Add the plan.").after == "drafted"


def test_nobody_cosigns_what_they_have_not_read(scene: Scene) -> None:
    scene.signed()
    with pytest.raises(NoteChangedError):
        services.cosign(actor=scene.grace, attendance_id=scene.session.pk, seen="2026-11-16T00:00:00+00:00")


def test_only_a_signed_note_is_cosigned(scene: Scene) -> None:
    with pytest.raises(NoteRefusedError, match="not signed"):
        services.cosign(actor=scene.grace, attendance_id=scene.session.pk)


def test_others_neither_write_nor_sign(scene: Scene) -> None:
    scene.signed()
    for actor in (scene.alice, scene.grace):
        with pytest.raises(PermissionDenied):
            services.save_draft(actor=actor, attendance_id=scene.session.pk, text="Mine.")
        with pytest.raises(PermissionDenied):
            services.reopen(actor=actor, attendance_id=scene.session.pk, reason="Mine.")
    with pytest.raises(PermissionDenied):
        services.cosign(actor=scene.alice, attendance_id=scene.session.pk)
    with pytest.raises(PermissionDenied):
        services.sign(actor=scene.bob, attendance_id=scene.session.pk)
    with pytest.raises(Http404):
        services.sign(actor=scene.dana, attendance_id=scene.session.pk)


def test_a_supervision_that_ended_opens_nothing(scene: Scene) -> None:
    scene.signed()
    Supervision.objects.update(ends_on=dt.date(2026, 11, 15))
    with pytest.raises(Http404):
        services.cosign(actor=scene.grace, attendance_id=scene.session.pk)


def test_a_file_is_a_note_and_its_type_is_read_from_the_bytes(scene: Scene) -> None:
    note = services.attach(actor=scene.charlie, attendance_id=scene.session.pk, data=PDF, name="note.pdf")
    assert note.status == "drafted"
    with pytest.raises(FileRefusedError, match=r"This is not a JPEG, PDF, plain text or PNG file\."):
        services.attach(
            actor=scene.charlie, attendance_id=scene.session.pk, data=b"PK\x03\x04" + b"\0" * 60, name="n.pdf"
        )
    signed = services.sign(actor=scene.charlie, attendance_id=scene.session.pk)
    assert signed.status == "signed"


def test_taking_the_file_off_leaves_the_note_missing(scene: Scene) -> None:
    services.attach(actor=scene.charlie, attendance_id=scene.session.pk, data=PDF, name="note.pdf")
    assert services.detach(actor=scene.charlie, attendance_id=scene.session.pk).status == "missing"


def test_kept_elsewhere_is_attested_in_its_own_words(scene: Scene) -> None:
    with pytest.raises(NoteRefusedError, match="Say where"):
        services.keep_elsewhere(actor=scene.charlie, attendance_id=scene.session.pk, where="")
    services.keep_elsewhere(actor=scene.charlie, attendance_id=scene.session.pk, where="Paper chart, Ardmore")
    services.sign(actor=scene.charlie, attendance_id=scene.session.pk)
    assert Signature.objects.get().words == content.ELSEWHERE_WORDS


def test_rows_are_made_once_for_many(scene: Scene, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        made = services.ensure_for([scene.session, scene.later], actor=scene.charlie)
    assert made.keys() == {scene.session.pk, scene.later.pk}
    with django_assert_num_queries(1):
        again = services.ensure_for([scene.session, scene.later], actor=scene.charlie)
    assert {row.pk for row in again.values()} == {row.pk for row in made.values()}
