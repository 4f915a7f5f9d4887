"""What documentation asks of readiness, and what it says to other rooms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from charting.panels import due_marks, session_panel
from charting.readiness import CosignatureMissing, NoteUnsigned
from charting.selectors import NoteState
from practice.actors import Actor
from scheduling.models import Attendance
from scheduling.readiness import Stage, findings_for
from tests.charting.scene import Scene
from tests.scheduling.readiness.examples import clinician, ready, with_rules

ASSOCIATE = clinician(first_name="Tomás", last_name="Ibarra", level="associate")
GRACE = clinician(id=2, first_name="Grace", last_name="Lindqvist")


@pytest.mark.parametrize(
    ("status", "title"),
    [
        ("missing", "The note is missing."),
        ("drafted", "The note is not signed."),
        ("signed", ""),
        ("cosigned", ""),
    ],
)
def test_an_unsigned_note_waits_for_its_clinician(status: str, title: str) -> None:
    found = NoteUnsigned().judge(ready(), {1: NoteState(status)})
    assert [finding.title for finding in found] == ([title] if title else [])
    for finding in found:
        assert (finding.waits_on, finding.stage) == ("Priya Raman", Stage.BILL)
        assert finding.why == "Priya is paid for this session once it is signed."
        assert (finding.actions[0].url_name, finding.actions[0].url_args) == ("note", (1,))


def test_where_the_client_pays_only_pay_waits_for_the_note() -> None:
    (finding,) = NoteUnsigned().judge(ready(self_pay=True), {})
    assert finding.stage is Stage.PAY


def test_an_associates_note_waits_for_the_supervisor() -> None:
    facts = ready(rendering=ASSOCIATE, supervisor=GRACE, coverage=with_rules(wants_cosignature=True))
    (finding,) = CosignatureMissing().judge(facts, {1: NoteState("signed")})
    assert finding.title == "Grace Lindqvist has to co-sign the note."
    assert finding.why == "Keystone Mutual asks for it from associates."
    assert finding.waits_on == "Grace Lindqvist"
    assert CosignatureMissing().judge(facts, {1: NoteState("cosigned")}) == []
    assert CosignatureMissing().judge(facts, {1: NoteState("drafted")}) == [], "the signature comes first"


def test_others_need_no_cosignature_unless_the_payer_asks_and_somebody_supervises() -> None:
    signed = {1: NoteState("signed")}
    assert CosignatureMissing().judge(ready(supervisor=GRACE), signed) == []
    asked = ready(coverage=with_rules(wants_cosignature=True))
    assert CosignatureMissing().judge(asked, signed) == []
    assert len(CosignatureMissing().judge(replace(asked, supervisor=GRACE), signed)) == 1


def test_the_engine_hears_of_it(scene: Scene) -> None:
    scene.session.status = "held"
    (first,) = findings_for([scene.session], stages=[Stage.PAY])[scene.session.pk]
    assert first.code == "note_unsigned"
    scene.signed()
    (second,) = findings_for([scene.session], stages=[Stage.PAY])[scene.session.pk]
    assert (second.code, second.waits_on) == ("cosignature_missing", "Grace Lindqvist")


def _marks(scene: Scene, actor: Actor) -> dict[int, str]:
    """What the calendar says beside each attendance."""
    marking = due_marks(actor)
    if marking is None:
        return {}
    rows = marking.annotate(Attendance.objects.filter(pk__in=[scene.session.pk, scene.later.pk, scene.other.pk]))
    marked = {row["pk"]: marking.mark(row) for row in rows.values("pk", *marking.columns)}
    return {number: mark.words for number, mark in marked.items() if mark}


def test_the_calendar_is_told_what_is_due(scene: Scene) -> None:
    assert _marks(scene, scene.charlie) == {scene.session.pk: "note due"}
    assert set(_marks(scene, scene.people.actor(scene.people.bob))) == {scene.session.pk, scene.other.pk}
    scene.signed()
    assert _marks(scene, scene.charlie)[scene.session.pk] == "co-sign due"
    assert _marks(scene, scene.people.actor(scene.people.frank)) == {}


def test_the_sessions_page_has_a_panel_for_who_may_know(scene: Scene) -> None:
    panel = session_panel(scene.session.session, scene.charlie)
    assert panel is not None
    assert [row["state"] for row in panel.context["notes"]] == ["missing"]
    assert session_panel(scene.session.session, scene.dana) is None
    assert session_panel(scene.session.session, scene.people.actor(scene.people.frank)) is None
