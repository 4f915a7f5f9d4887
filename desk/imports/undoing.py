"""Takes a whole import back, while nothing that was built on it is confirmed or billed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final

from django.db import transaction
from django.http import Http404

from billing.models import Entry, LedgerLine
from billing.money.errors import MoneyRefusedError
from billing.money.services import take_back_openings
from clients.errors import ClientRefusedError
from clients.services import take_back_clients, take_back_coverages
from clinicians.errors import TeamRefusedError
from clinicians.services.bringing import take_back_clinicians
from desk.imports.errors import ImportRefusedError
from desk.imports.services import KIND
from desk.models import ImportedRow, ImportRun
from practice import audit, clock, due, states, tasks
from practice.actors import Actor
from practice.models import Practice
from practice.setup.services import bringing as setup
from practice.tenancy.context import practice_context
from scheduling import bringing as calendar
from scheduling.errors import BookingRefusedError

UNDO: Final = "desk.import_undo"
AT_ONCE: Final = 2_000  # things a run made that a request takes back itself, in about a second
_SECOND_BELL: Final = dt.timedelta(minutes=1)
_KINDS: Final = ImportedRow.Kind
_REFUSALS: Final = (MoneyRefusedError, ClientRefusedError, TeamRefusedError, BookingRefusedError)


@transaction.atomic
def undo(*, actor: Actor, practice: Practice, run_id: int) -> ImportRun:
    """Takes back everything the run made, or nothing: ImportRefusedError says what stands against it.

    Entries are reversed, never removed; clients and clinicians whom they name stay on file, clients as inactive.
    Payers and services that the run added go where nothing else names them; `result["stays"]` says which stay, and why.
    What a run made in great number a worker takes back after the commit; the run is `UNDOING` until then.
    """
    actor.require("imports:edit")
    run = ImportRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
    if run is None:
        raise Http404
    if run.status == ImportRun.Status.UNDONE:
        raise ImportRefusedError("This was taken back already.")
    if run.status not in {ImportRun.Status.DONE, ImportRun.Status.FAILED}:
        raise ImportRefusedError("This is not finished yet.")
    if ImportedRow.objects.filter(run=run, is_new=True).count() > AT_ONCE:
        _begin(run, actor, practice)
    else:
        _undo(run, actor, practice)
    return run


@due.handles(UNDO)
def take_back(practice_id: int, object_id: str) -> None:
    """A worker's part. What stands against it is kept with the run, which is then what it was before."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        run = ImportRun.objects.select_for_update(no_key=True).filter(pk=int(object_id)).first()
        due.done(UNDO, practice_id=practice_id, object_id=object_id)
        if run is None or run.status != ImportRun.Status.UNDOING:
            return
        asked = run.result.pop("undo")
        actor = Actor(practice_id, asked["by"], asked["name"], frozenset(asked["permissions"]))
        with practice_context(practice_id, phi=True, rates=actor.rates):
            try:
                _undo(run, actor, Practice.objects.get(pk=practice_id))
            except ImportRefusedError as error:
                _leave(run, actor, asked["was"], str(error))


def _begin(run: ImportRun, actor: Actor, practice: Practice) -> None:
    """Hands it to a worker, with who asked for it and what they may do."""
    asked = {"by": actor.user_id, "name": actor.name, "permissions": sorted(actor.permissions), "was": run.status}
    run.result, run.trouble = run.result | {"undo": asked}, ""
    states.transition(run, ImportRun.Status.UNDOING, actor=actor)
    run.save(update_fields=["result", "trouble"])
    audit.record("import.undo_started", actor=actor, row=run)
    due.done(KIND, practice_id=practice.pk, object_id=run.pk)
    due.plan(UNDO, practice_id=practice.pk, object_id=run.pk, due_at=clock.now() + _SECOND_BELL)
    transaction.on_commit(lambda: _ring(practice.pk, run.pk), robust=True)


def _leave(run: ImportRun, actor: Actor, was: str, why: str) -> None:
    """Nothing was taken back: it is brought over as before, and the page says why."""
    run.trouble = why[:300]
    run.save(update_fields=["result", "trouble"])
    states.transition(run, was, actor=actor, reason="Cannot be taken back")
    if was == ImportRun.Status.FAILED:
        due.plan(KIND, practice_id=run.practice_id, object_id=run.pk, due_at=clock.now() + _SECOND_BELL)


def _undo(run: ImportRun, actor: Actor, practice: Practice) -> None:
    try:
        with transaction.atomic():
            counts, stays = _take_back(run, actor, practice)
    except _REFUSALS as error:
        raise ImportRefusedError(f"This cannot be taken back as a whole any more. {error}") from error
    states.transition(run, ImportRun.Status.UNDONE, actor=actor)
    run.result = run.result | {"undone_at": clock.now().isoformat(), "kept": counts["kept"], "stays": stays}
    run.trouble = ""
    run.save(update_fields=["result", "trouble"])
    due.done(KIND, practice_id=practice.pk, object_id=run.pk)
    audit.record("import.undone", actor=actor, row=run, after=counts | {"stays": stays})


def _take_back(run: ImportRun, actor: Actor, practice: Practice) -> tuple[dict[str, int], list[str]]:
    """How many of each kind went, and what of the set-up stays and why."""
    made = _made(run)
    why = f"The import of {clock.local(practice, run.made_at):%b} {clock.local(practice, run.made_at).day} was undone"
    entries = made[_KINDS.BALANCE]
    with_entries = take_back_openings(actor=actor, practice=practice, entry_ids=entries, why=why) if entries else set()
    sessions = calendar.take_back(actor=actor, ids=made[_KINDS.SESSION]) if made[_KINDS.SESSION] else 0
    coverage = take_back_coverages(actor=actor, ids=made[_KINDS.COVERAGE]) if made[_KINDS.COVERAGE] else 0
    clients = made[_KINDS.CLIENT]
    keep = with_entries | _closed("client_id", clients)
    gone = take_back_clients(actor=actor, ids=clients, keep=keep) if clients else 0
    named = _closed("clinician_id", made[_KINDS.CLINICIAN])
    team = [] if with_entries else [pk for pk in made[_KINDS.CLINICIAN] if pk not in named]
    left = take_back_clinicians(actor=actor, ids=team) if team else 0
    kept = len(clients) - gone + len(made[_KINDS.CLINICIAN]) - left
    added = (made[_KINDS.PAYER], made[_KINDS.SERVICE])
    stays = setup.take_back(actor=actor, payer_ids=added[0], service_ids=added[1]) if any(added) else []
    counts = {"balances": len(entries), "sessions": sessions, "coverage": coverage, "clients": gone, "kept": kept}
    return counts, stays


def _closed(column: str, ids: Collection[int]) -> set[int]:
    """Whom nothing but opening balances names, all of them reversed: another file brought those, and is taken back."""
    lines = list(LedgerLine.objects.filter(**{f"{column}__in": ids}).values_list(column, "entry_id")) if ids else []
    openings = Entry.objects.filter(pk__in={entry for _, entry in lines}, kind=Entry.Kind.OPENING)
    pairs = Entry.objects.filter(reverses__in=openings.values_list("pk", flat=True)).values_list("pk", "reverses_id")
    over = {pk for pair in pairs for pk in pair}
    return {pk for pk, _ in lines} - {pk for pk, entry in lines if entry not in over}


def _made(run: ImportRun) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {kind: [] for kind in _KINDS.values}
    for kind, pk in ImportedRow.objects.filter(run=run, is_new=True).values_list("kind", "object_id"):
        found[kind].append(pk)
    return found


def _ring(practice_id: int, run_id: int) -> None:
    tasks.perform.delay(UNDO, practice_id, str(run_id))
