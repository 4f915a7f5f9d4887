"""Work that kills its process: tried a bounded number of times, and the worker goes on with other work."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from billing.clearinghouses.polling import POLL
from practice import clock, due, tasks
from practice.models import DueWork
from tests import processes
from tests.people import NOW
from tests.processes import wait_until
from tests.shelf import poison

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
TRIES = 3
NOBODY = 4_000_000_000


def test_work_that_kills_its_process_is_left_alone_after_three_tries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "note"
    note.touch()
    monkeypatch.setenv(poison.NOTE, str(note))
    processes.empty_queue()
    with clock.at(NOW), processes.worker() as worker:
        due.plan(poison.KIND, practice_id=NOBODY, object_id="1", due_at=NOW)
        tasks.sweep()
        wait_until(lambda: tried(note) == TRIES or not worker.lives, "three tries", seconds=60)
        due.plan(POLL, practice_id=NOBODY, object_id="1", due_at=NOW)
        tasks.sweep()
        wait_until(lambda: not DueWork.objects.filter(kind=POLL).exists() or not worker.lives, "other work")
        threading.Event().wait(10)
        assert worker.lives, worker.said
    assert tried(note) == TRIES


def tried(note: Path) -> int:
    return len(note.read_text(encoding="utf-8").splitlines())
