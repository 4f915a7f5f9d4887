"""What the leaving page says about documentation."""

from __future__ import annotations

import datetime as dt

from charting.leaving import notes_left
from clinicians.leaving import Leaver
from clinicians.models import Clinician
from practice.actors import Actor
from tests.charting.scene import Scene

TODAY = dt.date(2026, 11, 17)


def told(scene: Scene, who: Clinician, actor: Actor) -> list[tuple[str, str]]:
    found = notes_left(Leaver(who.pk, TODAY, scene.people.fernhollow, actor))
    return [(one.sentence, one.url) for one in found]


def test_a_session_without_a_signed_note_is_named_with_its_page(scene: Scene) -> None:
    page = f"/p/fernhollow/documentation/?clinician={scene.clinician.pk}"
    assert told(scene, scene.clinician, scene.alice) == [("One session has no signed documentation.", page)]


def test_notes_that_wait_for_the_leaver_are_named(scene: Scene) -> None:
    scene.signed()
    page = "/p/fernhollow/documentation/?state=cosign"
    assert told(scene, scene.supervisor, scene.alice) == [("One note waits for their co-signature.", page)]
    assert told(scene, scene.clinician, scene.alice) == []


def test_who_knows_of_no_other_notes_is_told_nothing(scene: Scene) -> None:
    assert told(scene, scene.clinician, scene.dana) == []
