"""Takes a whole import back, while nothing that was built on it is confirmed or billed."""

from __future__ import annotations

from collections.abc import Collection

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
from practice import audit, clock, due, states
from practice.actors import Actor
from practice.models import Practice
from scheduling import bringing as calendar
from scheduling.errors import BookingRefusedError

_KINDS = ImportedRow.Kind
_REFUSALS = (MoneyRefusedError, ClientRefusedError, TeamRefusedError, BookingRefusedError)


@transaction.atomic
def undo(*, actor: Actor, practice: Practice, run_id: int) -> ImportRun:
    """Takes back everything the run made, or nothing: ImportRefusedError says what stands against it.

    Entries are reversed, never removed; clients and clinicians whom they name stay on file, clients as inactive.
    """
    actor.require("imports:edit")
    run = ImportRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
    if run is None:
        raise Http404
    if run.status == ImportRun.Status.UNDONE:
        raise ImportRefusedError("This was taken back already.")
    if run.status not in {ImportRun.Status.DONE, ImportRun.Status.FAILED}:
        raise ImportRefusedError("This is not finished yet.")
    try:
        with transaction.atomic():
            counts = _take_back(run, actor, practice)
    except _REFUSALS as error:
        raise ImportRefusedError(f"This cannot be taken back as a whole any more. {error}") from error
    states.transition(run, ImportRun.Status.UNDONE, actor=actor)
    run.result = run.result | {"undone_at": clock.now().isoformat(), "kept": counts["kept"]}
    run.save(update_fields=["result"])
    due.done(KIND, practice_id=practice.pk, object_id=run.pk)
    audit.record("import.undone", actor=actor, row=run, after=counts)
    return run


def _take_back(run: ImportRun, actor: Actor, practice: Practice) -> dict[str, int]:
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
    return {"balances": len(entries), "sessions": sessions, "coverage": coverage, "clients": gone, "kept": kept}


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
