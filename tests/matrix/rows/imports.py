"""Bringing data over from files: owners and admins alone."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from desk.models import ImportRun
from practice.models import Practice
from tests.matrix.row import Facts, Row
from tests.matrix.world import World

BRINGS = "alice"


def _of(name: str) -> Facts:
    return lambda world, practice: {"pk": world.one(practice, name).pk}


def _template(world: World, practice: Practice) -> dict[str, Any]:
    return {"name": "clients"}


def _file(world: World, practice: Practice) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("new.csv", b"First name,Last name\nLuis,Roe\n")}


def _columns(world: World, practice: Practice) -> dict[str, Any]:
    return {"kinds": ["clients"], "column_0": "client.last_name", "column_1": "client.first_name", "source": "Old"}


def _answers(world: World, practice: Practice) -> dict[str, Any]:
    return {"through": "2026-10-31"}


ROWS: list[Row] = [
    Row("imports", BRINGS),
    Row("imports", BRINGS, "POST", body=_file, changes=ImportRun),
    Row("import_template", BRINGS, ids=_template, anywhere=True),
    Row("import_columns", BRINGS, ids=_of("unmapped_import")),
    Row("import_columns", BRINGS, "POST", ids=_of("unmapped_import"), body=_columns, changes=ImportRun),
    Row("import_run", BRINGS, ids=_of("open_import")),
    Row("import_run", BRINGS, "POST", ids=_of("open_import"), body=_answers, changes=ImportRun),
    Row("start_import", BRINGS, "POST", ids=_of("open_import"), changes=ImportRun),
    Row("import_progress", BRINGS, ids=_of("open_import")),
    Row("undo_import", BRINGS, "POST", ids=_of("done_import"), changes=ImportRun),
    Row("discard_import", BRINGS, "POST", ids=_of("open_import"), changes=ImportRun),
]
