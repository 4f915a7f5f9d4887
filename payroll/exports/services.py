"""Makes a run's files for payroll providers, keeps them byte for byte, and hands them out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.http import Http404

from payroll.errors import PayrollRefusedError
from payroll.exports import checks
from payroll.exports.cells import sum_of
from payroll.exports.errors import ExportBalanceError, ExportIncompleteError
from payroll.exports.facts import About, Batch, Format, Missing, Sort
from payroll.exports.formats import format_of
from payroll.exports.selection import apart, batch_of, read
from payroll.locks import hold_run
from payroll.models import ExportFile, ExportTarget, PayRun, ProviderSetup
from payroll.policies import visible_files
from payroll.services import mark_exported
from practice import audit, clock, files
from practice.actors import Actor
from practice.models import Practice
from practice.records import save_changed, save_new

_MAKES: Final = ("payroll:edit", "payroll:totals")
_READY: Final = frozenset({PayRun.Status.APPROVED, PayRun.Status.EXPORTED, PayRun.Status.LOCKED})


@dataclass(frozen=True, slots=True)
class Export:
    """A kept file with its bytes."""

    row: ExportFile
    content: bytes


@transaction.atomic
def export_run(*, run: PayRun, target: str, actor: Actor, practice: Practice) -> Export:
    """The provider's file of an approved run, which is exported by it; the same bytes whenever it is asked for again.

    PayrollRefusedError in another state; ExportIncompleteError with all that must be entered first;
    ExportBalanceError where the file does not say what the run pays.
    """
    actor.require(*_MAKES)
    if practice.pk != actor.practice_id:
        raise ValueError(f"Practice {practice.pk} is not the actor's.")
    form = format_of(target)
    held = hold_run(run.pk)
    if held.status not in _READY:
        state = held.get_status_display().lower()
        raise PayrollRefusedError(f"This run is {state}. Files are made once it is approved.")
    kept = ExportFile.objects.filter(run=held, target=target).select_related("file").first()
    if kept is not None:
        return _handed_out(kept, actor)
    made = _made(held, target, form, actor)
    if held.status == PayRun.Status.APPROVED:
        mark_exported(actor=actor, run_id=held.pk)
    return made


@transaction.atomic
def download(*, actor: Actor, export_file_id: int) -> Export:
    """A file that was made, as it was; Http404 where the actor may see none."""
    row = visible_files(actor).filter(pk=export_file_id).select_related("file").first()
    if row is None:
        raise Http404
    return _handed_out(row, actor)


@transaction.atomic
def set_up_provider(
    *, actor: Actor, target: str, company: str = "", salaries: str = "", codes: Mapping[str, str] | None = None
) -> ProviderSetup:
    """The practice's code at a provider, who pays salaries, and an earnings code for each sort of pay."""
    actor.require("payroll:edit")
    if target not in ExportTarget.values:
        raise PayrollRefusedError("Choose the payroll provider.", "target")
    if salaries and salaries not in ProviderSetup.Salaries.values:
        raise PayrollRefusedError("Say who pays salaries.", "salaries")
    given = {name: code.strip() for name, code in (codes or {}).items()}
    if set(given) - set(Sort):
        raise PayrollRefusedError("One of the sorts of pay is unknown. Choose again.", "codes")
    known = {name: code for name, code in given.items() if code}
    values = {"company": company.strip(), "salaries": salaries, "codes": known}
    row = ProviderSetup.objects.select_for_update().filter(target=target).first()
    if row is None:
        row = ProviderSetup(target=target, **values)
        save_new("payroll_provider.set_up", actor, row)
    else:
        save_changed("payroll_provider.set_up", actor, row, values)
    return row


def missing(run: PayRun, target: str) -> list[str]:
    """All that must be entered before the file can be made, in sentences; nothing where it can."""
    form = format_of(target)
    return [one.words for one in lacking(batch_of(read(run), target, form), form)]


def lacking(batch: Batch, form: Format) -> list[Missing]:
    """The same with where each is put right."""
    if not batch.payees:
        return [Missing("This run pays nobody who belongs into this file.", About.RUN)]
    return [*checks.owners(batch), *form.missing(batch)]


def _made(run: PayRun, target: str, form: Format, actor: Actor) -> Export:
    reading = read(run)
    batch = batch_of(reading, target, form)
    found = lacking(batch, form)
    if found:
        raise ExportIncompleteError([one.words for one in found])
    content = form.write(batch)
    _check_sums(run, batch, form, content, apart(reading, form))
    name = form.filename(batch)
    row = ExportFile(
        run=run,
        target=target,
        filename=name,
        file=files.store_for_practice(content, name=name, actor=actor),
        people=len(batch.payees),
        amount=batch.amount,
        made_at=clock.now(),
        made_by_id=actor.user_id,
        made_by_name=actor.name,
    )
    row.save()
    after = {"run": run.pk, "people": row.people, "amount": str(row.amount), "sha256": row.file.sha256}
    audit.record("pay_export.made", actor=actor, row=row, after=after)
    return Export(row, content)


def _handed_out(row: ExportFile, actor: Actor) -> Export:
    audit.record("pay_export.downloaded", actor=actor, row=row)
    return Export(row, files.read(row.file))


def _check_sums(run: PayRun, batch: Batch, form: Format, content: bytes, others: Decimal) -> None:
    skipped = form.lines_before_header
    said = sum_of(content, form.money, lines_before_header=skipped) + form.left_out(batch)
    if said != batch.amount or batch.amount + others != run.gross:
        raise ExportBalanceError(
            f"Run {run.pk}: the file says {said} of {batch.amount}, other files {others}, gross {run.gross}."
        )
    hours = sum_of(content, form.hours, lines_before_header=skipped)
    if form.hours and hours != batch.hours:
        raise ExportBalanceError(f"Run {run.pk}: the file says {hours} hours of {batch.hours}.")
