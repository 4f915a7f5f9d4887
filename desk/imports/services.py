"""The steps of an import: take the file, say what its columns are, answer, bring it over, take it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.http import Http404

from desk.imports import keeping, looking
from desk.imports.columns import FIELDS, Kind, missing, twice
from desk.imports.errors import ImportRefusedError
from desk.imports.layouts.recognizing import Recognized, guess, recognize
from desk.imports.problems import FileRefusedError
from desk.imports.reading import Table, read
from desk.models import ImportRun
from practice import audit, clock, due, files, states, tasks
from practice.actors import Actor
from practice.files import FileRefusedError as NotKeptError
from practice.models import Practice, StoredFile

KIND: Final = "desk.import"
LARGEST: Final = 20 * 1024 * 1024
_AN_HOUR: Final = 60
_SECOND_BELL: Final = dt.timedelta(minutes=1)
_NEEDS: Final[dict[str, tuple[str, ...]]] = {
    Kind.CLINICIANS: ("team:edit",),
    Kind.CLIENTS: ("clients:edit", "clients:view"),
    Kind.COVERAGE: ("clients:edit", "clients:view", "practice:edit"),
    Kind.SESSIONS: ("calendar:edit", "billing:edit", "clients:edit", "team:edit", "practice:edit"),
    Kind.BALANCES: ("money:edit", "clients:edit", "practice:edit"),
}


@transaction.atomic
def upload(*, actor: Actor, practice: Practice, name: str, content: bytes) -> ImportRun:
    """Takes a file in and says what it is, as far as its columns tell. ImportRefusedError when it cannot be read."""
    actor.require("imports:edit")
    _refuse_many(len(content))
    try:
        table = keeping.without_secrets(read(content))
    except FileRefusedError as error:
        raise ImportRefusedError(str(error), "file") from error
    found = recognize(table)
    _refuse_useless(table, found)
    run = ImportRun(
        file=_kept(table, name, actor),
        headers=list(table.headers),
        columns_hash=keeping.columns_hash(table.headers),
        through=clock.today(practice) - dt.timedelta(days=1),
        made_at=clock.now(),
        made_by_id=actor.user_id,
        made_by_name=actor.name,
        made_by_permissions=sorted(actor.permissions),
    )
    _say_what_it_is(run, table, found)
    run.save()
    states.record_first([run], actor=actor)
    audit.record("import.uploaded", actor=actor, row=run, after={"layout": run.layout, "rows": len(table.lines)})
    return _looked(run, actor, practice)


@transaction.atomic
def say_columns(
    *, actor: Actor, practice: Practice, run_id: int, kinds: Sequence[str], fields: Sequence[str | None], source: str
) -> ImportRun:
    """Says what the file brings and what each of its columns is; the next file with these columns is read alike."""
    actor.require("imports:edit")
    run = _open(run_id)
    said = [name if name in FIELDS else None for name in fields]
    if len(said) != len(run.headers):
        raise ImportRefusedError("The file has other columns. Open the page again.")
    if not kinds:
        raise ImportRefusedError("Say what the file brings.", "kinds")
    if again := twice(said):
        raise ImportRefusedError(f"Two columns are said to be “{FIELDS[again[0]].words}”. Choose one of them.")
    gaps = missing(frozenset(kinds), frozenset(name for name in said if name))
    if gaps:
        raise ImportRefusedError(f"No column is said to be {' or '.join([', '.join(gaps)])}.")
    run.kinds, run.fields = [kind for kind in Kind if kind in kinds], said
    run.source, run.is_mapped, run.is_own_mapping, run.answers = source, True, True, {}
    run.save(update_fields=["kinds", "fields", "source", "is_mapped", "is_own_mapping", "answers"])
    audit.record("import.mapped", actor=actor, row=run, after={"kinds": run.kinds, "fields": said})
    return _looked(run, actor, practice)


@transaction.atomic
def answer(*, actor: Actor, practice: Practice, run_id: int, answers: Mapping[str, str], through: dt.date) -> ImportRun:
    """Keeps the answers to what was asked, and up to which day the former system billed."""
    actor.require("imports:edit")
    run = _open(run_id)
    if through >= clock.today(practice):
        raise ImportRefusedError("The last day that was billed in the former system lies before today.", "through")
    offered = {one["key"]: {value for value, _ in one["options"]} for one in run.found.get("questions", [])}
    kept = {key: told for key, told in answers.items() if told in offered.get(key, set())}
    kept |= {key: told for key, told in answers.items() if key.startswith("everybody:") and told in {"new", "skip"}}
    run.answers = {key: told for key, told in run.answers.items() if key not in offered and ":" in key} | kept
    run.through = through
    run.save(update_fields=["answers", "through"])
    audit.record("import.answered", actor=actor, row=run, after={"answers": len(kept), "through": through})
    return _looked(run, actor, practice)


@transaction.atomic
def start(*, actor: Actor, practice: Practice, run_id: int, only_good: bool) -> ImportRun:
    """Begins to bring the file over; a worker does it after the commit.

    Without `only_good` every row must be one that can be brought over; ImportRefusedError says how many are not.
    """
    actor.require("imports:edit")
    run = _open(run_id)
    if not run.is_mapped:
        raise ImportRefusedError("Say first what the columns of the file are.")
    _looked(run, actor, practice)
    for permission in dict.fromkeys(name for kind in run.kinds for name in _NEEDS[kind]):
        actor.require(permission)
    _refuse_start(run, only_good=only_good)
    states.transition(run, ImportRun.Status.WAITING, actor=actor)
    run.made_by_permissions, run.made_by_name = sorted(actor.permissions), actor.name
    run.made_by_id = actor.user_id
    run.save(update_fields=["made_by_permissions", "made_by_name", "made_by_id"])
    audit.record("import.started", actor=actor, row=run, after={"kinds": run.kinds, "through": run.through})
    due.plan(KIND, practice_id=practice.pk, object_id=run.pk, due_at=clock.now() + _SECOND_BELL)
    transaction.on_commit(lambda: _ring(practice.pk, run.pk), robust=True)
    return run


@transaction.atomic
def discard(*, actor: Actor, run_id: int) -> None:
    """Forgets a file from which nothing was brought over, readable or not: the run, and the file that was kept."""
    actor.require("imports:edit")
    run = _open(run_id)
    before = {"layout": run.layout, "file": run.file.name, "refused": run.found.get("refused", "")}
    audit.record("import.discarded", actor=actor, row=run, before=before)
    file = run.file
    run.delete()
    files.forget(file, actor=actor)


@transaction.atomic
def look_again(*, actor: Actor, practice: Practice, run_id: int) -> ImportRun:
    """The file as it stands; looked at anew where another one was brought over or taken back since. Http404."""
    actor.require("imports:edit")
    run = ImportRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
    if run is None:
        raise Http404
    if run.status == ImportRun.Status.OPEN and run.is_mapped and _has_aged(run):
        _looked(run, actor, practice)
    return run


def _has_aged(run: ImportRun) -> bool:
    at = run.found.get("looked_at") or run.made_at.isoformat()
    since = Q(done_at__gte=dt.datetime.fromisoformat(at)) | Q(result__undone_at__gte=at)
    return ImportRun.objects.filter(since).exists()


def _refuse_many(size: int) -> None:
    if size > LARGEST:
        words = f"This file has {size / 1048576:.0f} MB; the most is {LARGEST // 1048576} MB. Export it in parts."
        raise ImportRefusedError(words, "file")
    since = clock.now() - dt.timedelta(hours=1)
    if ImportRun.objects.filter(made_at__gte=since).count() >= _AN_HOUR:
        raise ImportRefusedError(f"{_AN_HOUR} files were uploaded within an hour. Try again later.", "file")


def _refuse_useless(table: Table, found: Recognized | None) -> None:
    if found is not None and not found.layout.kinds:
        raise ImportRefusedError(
            f"This is {found.layout.name}. It holds nothing that is brought over: what is still owed comes with "
            "the list of sessions or with opening balances.",
            "file",
        )
    if not table.lines:
        raise ImportRefusedError("This file has the names of its columns and no rows below them.", "file")


def _kept(table: Table, name: str, actor: Actor) -> StoredFile:
    try:
        return keeping.keep(table, name=name, actor=actor)
    except (FileRefusedError, NotKeptError) as error:
        raise ImportRefusedError(str(error), "file") from error


def _say_what_it_is(run: ImportRun, table: Table, found: Recognized | None) -> None:
    if found is not None:
        run.layout, run.source = found.layout.key, found.layout.system
        run.fields, run.kinds = list(found.fields), list(found.layout.kinds)
        run.is_mapped = not found.open
    if run.is_mapped:
        return
    former = ImportRun.objects.filter(columns_hash=run.columns_hash, is_own_mapping=True).order_by("-pk").first()
    if former is not None:
        run.fields, run.kinds, run.source = former.fields, former.kinds, former.source
        run.is_mapped = True
    elif found is None:
        run.fields = list(guess(table, list(Kind)))


def _looked(run: ImportRun, actor: Actor, practice: Practice) -> ImportRun:
    found = looking.look(run, actor=actor, practice=practice) if run.is_mapped else {}
    run.found = found | {"looked_at": clock.now().isoformat()}
    run.save(update_fields=["found"])
    return run


def _refuse_start(run: ImportRun, *, only_good: bool) -> None:
    if "refused" in run.found:
        raise ImportRefusedError(run.found["refused"])
    if any(one["about"] == "dates" and one["key"] not in run.answers for one in run.found["questions"]):
        raise ImportRefusedError("Say first how the dates are to be read.")
    waiting = sum(count["waiting"] for count in run.found["counts"])
    if not sum(count["total"] - count["waiting"] for count in run.found["counts"]):
        raise ImportRefusedError("No row of this file can be brought over as it is.")
    bad = run.found["error_rows"] + waiting
    if bad and not only_good:
        raise ImportRefusedError(
            f"{bad} of the rows cannot be brought over yet. Put them right, or bring the good ones."
        )


def _open(run_id: int) -> ImportRun:
    run = ImportRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
    if run is None:
        raise Http404
    if run.status != ImportRun.Status.OPEN:
        raise ImportRefusedError("This file is being brought over already.")
    return run


def _ring(practice_id: int, run_id: int) -> None:
    tasks.perform.delay(KIND, practice_id, str(run_id))
