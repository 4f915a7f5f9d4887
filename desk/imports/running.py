"""The work of an import: chunk by chunk in short transactions, safe to run twice or by two workers at once."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from django.db import transaction

from desk.imports.applying import apply, stages
from desk.imports.bringing import Bringing
from desk.imports.looking import planned
from desk.imports.offered import Offered
from desk.imports.services import KIND
from desk.models import ImportRun
from practice import audit, clock, due, states
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context

CHUNK: Final = 500
MOST_LEFT: Final = 1000
_OVER: Final = (ImportRun.Status.DONE, ImportRun.Status.UNDOING, ImportRun.Status.UNDONE, ImportRun.Status.OPEN)
_TROUBLE: Final = "Something went wrong on our side. What was brought over is kept; the rest is tried again by itself."


@due.handles(KIND)
def perform(practice_id: int, object_id: str) -> None:
    """Brings a file over. A chunk that fails is undone as a whole, told on the page, and tried again."""
    worker = _Worker(practice_id, int(object_id))
    try:
        while worker.next_chunk():
            pass
    except Exception:
        _say_trouble(practice_id, int(object_id))
        raise


class _Worker:
    """Keeps what it has read of the file from one chunk to the next; after an error it is read anew."""

    def __init__(self, practice_id: int, run_id: int) -> None:
        self._practice_id = practice_id
        self._run_id = run_id
        self._bringing: Bringing | None = None
        self._work: list[tuple[str, list[Any]]] = []

    def next_chunk(self) -> bool:
        """Whether there is more to do. The run’s row stays locked: a second worker waits and goes on after it."""
        with transaction.atomic(), practice_context(self._practice_id, phi=True):
            run = ImportRun.objects.select_for_update(no_key=True).filter(pk=self._run_id).first()
            if run is None or run.status in _OVER:
                due.done(KIND, practice_id=self._practice_id, object_id=self._run_id)
                return False
            actor = _actor(run)
            with practice_context(self._practice_id, phi=True, rates=actor.rates):
                self._handle(run, actor, Practice.objects.get(pk=self._practice_id))
            return True

    def _handle(self, run: ImportRun, actor: Actor, practice: Practice) -> None:
        if run.status != ImportRun.Status.RUNNING:
            states.transition(run, ImportRun.Status.RUNNING, actor=actor)
        bringing = self._begin(run, actor, practice)
        kind, chunk = self._next(run.handled)
        if chunk:
            apply(bringing, kind, chunk)
        self._keep(run, bringing, len(chunk))
        if run.handled >= run.total:
            run.done_at = clock.now()
            run.save(update_fields=["done_at"])
            states.transition(run, ImportRun.Status.DONE, actor=actor)
            audit.record("import.done", actor=actor, row=run, after=run.result)
            due.done(KIND, practice_id=practice.pk, object_id=run.pk)

    def _begin(self, run: ImportRun, actor: Actor, practice: Practice) -> Bringing:
        if self._bringing is None:
            plan = planned(run, actor=actor, practice=practice)
            self._bringing = Bringing(run, actor, practice, plan, Offered(actor))
            self._work = stages(plan)
        self._bringing.run, self._bringing.counts, self._bringing.left = run, Counter(), []
        return self._bringing

    def _next(self, handled: int) -> tuple[str, list[Any]]:
        """The rows after those that are handled, of one kind."""
        for kind, rows in self._work:
            if handled < len(rows):
                return kind, rows[handled : handled + CHUNK]
            handled -= len(rows)
        return "", []

    def _keep(self, run: ImportRun, bringing: Bringing, count: int) -> None:
        run.handled, run.total = run.handled + count, sum(len(rows) for _, rows in self._work)
        run.result = dict(Counter(run.result) + bringing.counts)
        run.left, run.trouble = [*run.left, *bringing.left][:MOST_LEFT], ""
        run.save(update_fields=["handled", "total", "result", "left", "trouble"])


def _actor(run: ImportRun) -> Actor:
    """Whoever clicked, with what they were allowed then."""
    return Actor(run.practice_id, run.made_by_id, run.made_by_name, frozenset(run.made_by_permissions))


def _say_trouble(practice_id: int, run_id: int) -> None:
    with transaction.atomic(), practice_context(practice_id, phi=True):
        run = ImportRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
        if run is None or run.status in _OVER:
            return
        actor = _actor(run)
        if run.status == ImportRun.Status.WAITING:
            states.transition(run, ImportRun.Status.RUNNING, actor=actor)
        if run.status == ImportRun.Status.RUNNING:
            states.transition(run, ImportRun.Status.FAILED, actor=actor, reason="An error")
        run.trouble = _TROUBLE
        run.save(update_fields=["trouble"])
