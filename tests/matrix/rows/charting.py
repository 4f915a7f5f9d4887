"""Documentation: the list, one note, its steps. Only its clinician writes, only the supervisor co-signs."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from charting.models import Documentation
from practice.models import Practice
from tests.matrix.row import Facts, Row
from tests.matrix.world import World

KNOW = "alice bob charlie dana grace ivan"
NOT_THEIRS = "dana grace"


def of(name: str) -> Facts:
    """The attendance of that name."""

    def ids(world: World, practice: Practice) -> dict[str, Any]:
        return {"pk": world.one(practice, name).pk}

    return ids


def body(**facts: str) -> Facts:
    """What is posted."""

    def filled(world: World, practice: Practice) -> dict[str, Any]:
        return dict(facts)

    return filled


def upload(world: World, practice: Practice) -> dict[str, Any]:
    """A small text file, new for each who tries."""
    return {"file": _Again("note.txt", b"Worked on sleep.", content_type="text/plain")}


class _Again(SimpleUploadedFile):
    """A file that can be sent more than once."""

    def read(self, *args: Any) -> Any:
        self.seek(0)
        return super().read(*args)


def step(name: str, allowed: str, on: str, posted: Facts, hidden: str) -> Row:
    """A change of one note."""
    return Row(name, allowed, "POST", of(on), posted, Documentation, hidden=hidden)


MINE, SIGNED, GROUP, SUPERVISED = "attendance", "series_attendance", "group_attendance", "cosign_attendance"

ROWS: list[Row] = [
    Row("documentation", KNOW),
    Row("note", "alice bob charlie ivan", ids=of(MINE), hidden=NOT_THEIRS),
    Row("note", "alice bob grace ivan", ids=of(SUPERVISED), hidden="charlie dana", note="supervised"),
    Row("note_file", "alice charlie", ids=of(MINE), hidden="bob dana grace ivan"),
    step("save_note", "charlie", MINE, body(text="Worked on sleep and on work."), NOT_THEIRS),
    step("upload_note", "charlie", MINE, upload, NOT_THEIRS),
    step("remove_note_file", "charlie", MINE, body(), NOT_THEIRS),
    step("keep_note_elsewhere", "charlie", MINE, body(where="Paper chart, Ardmore"), NOT_THEIRS),
    step("keep_note_here", "charlie", GROUP, body(), NOT_THEIRS),
    step("sign_note", "charlie", MINE, body(text="Worked on sleep."), NOT_THEIRS),
    step("reopen_note", "charlie", SIGNED, body(reason="The times were wrong."), NOT_THEIRS),
    step("cosign_note", "grace", SUPERVISED, body(), ""),
    step("return_note", "grace", SUPERVISED, body(reason="Add the plan."), ""),
]
