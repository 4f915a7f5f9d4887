"""What a run's page shows of its files: the card “Export”, and the rows as the provider will read them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.db.models import QuerySet

from payroll.exports import hours, lacking
from payroll.exports.cells import sum_of, table
from payroll.exports.facts import Batch, Format, Sort
from payroll.exports.formats import FORMATS
from payroll.exports.selection import Reading, batch_of, read
from payroll.models import ExportFile, PayRun
from payroll.policies import visible_files
from payroll.providers.known import PROVIDERS, Provider, goes, named, of_target
from payroll.providers.shapes import Apart, Column, Exports, FileOfRun, Rows, Unfiled
from practice import files
from practice.actors import Actor
from practice.money import ZERO, total

SEES: Final = ("payroll:view", "payroll:totals")
MAKES: Final = ("payroll:edit", "payroll:totals")
_READY: Final = frozenset({PayRun.Status.APPROVED, PayRun.Status.EXPORTED, PayRun.Status.LOCKED})


def exports_of(actor: Actor, run: PayRun, shown: str = "", rows: str = "") -> Exports:
    """The files of a run for the provider `shown`, else the practice's; the rows of the file for `rows`.

    Reads the run's totals alone, in a fixed number of queries. A page hands over `?files=` and `?rows=`.
    """
    actor.require(*SEES)
    reading = read(run)
    made = list(visible_files(actor).filter(run=run).select_related("file"))
    usual = _usual(actor, made)
    provider = named(shown) or usual
    elsewhere = [one for one in made if one.target not in provider.targets]
    found = [one for target in provider.targets if (one := file_of(reading, target, made)).people]
    return Exports(
        run=run,
        provider=provider,
        providers=PROVIDERS,
        files=found,
        rows=next((rows_of(one) for one in found if one.target == rows), rows_of(found[0]) if found else None),
        goes=goes(provider, [one.batch for one in found]),
        apart=_apart(reading, provider),
        others=[one for one in elsewhere if _shares(one, found)],
        beside=[one for one in elsewhere if not _shares(one, found)],
        lacks=_lacks(reading, usual, made),
        unfiled=_unfiled(reading, made),
        is_first_import=not _was_taken(actor, provider),
        may_make=actor.may(*MAKES) and run.status in _READY,
        may_set_up=actor.may("payroll:edit"),
    )


def whole_file(actor: Actor, run: PayRun, target: str) -> Rows:
    """One file with all of its columns."""
    actor.require(*SEES)
    made = list(visible_files(actor).filter(run=run, target=target).select_related("file"))
    return rows_of(file_of(read(run), target, made), every_column=True)


def file_of(reading: Reading, target: str, made: list[ExportFile]) -> FileOfRun:
    """One file of a run: as it was made, or as it would be now."""
    form = FORMATS[target]
    batch = batch_of(reading, target, form)
    row = next((one for one in made if one.target == target), None)
    if row is not None:
        return FileOfRun(target, row.filename, row.people, row.amount, [], row, batch, form)
    return FileOfRun(
        target, form.filename(batch), len(batch.payees), batch.amount, lacking(batch, form), None, batch, form
    )


def rows_of(file: FileOfRun, *, every_column: bool = False) -> Rows:
    """The rows of a file from the bytes that are kept, else from those the writer gives now."""
    form, batch = file.form, file.batch
    content = files.read(file.row.file) if file.row else form.write(batch)
    header, rows = table(content, lines_before_header=form.lines_before_header)
    shown = [place for place, _ in enumerate(header) if every_column or any(row[place] for row in rows)]
    columns = [Column(header[place], _is_number(header[place], form)) for place in shown]
    amounts = sum_of(content, form.money, lines_before_header=form.lines_before_header)
    salaries = batch.salaries_there if form.hours else ZERO
    return Rows(
        file=file,
        columns=columns,
        rows=[[(row[place], column.is_number) for place, column in zip(shown, columns, strict=True)] for row in rows],
        left_out=len(header) - len(shown),
        amounts=amounts,
        hours=form.left_out(batch) - salaries,
        salaries=salaries,
        without_row=_without_row(batch, rows) if salaries else [],
        apart=_apart_by_cents(batch) if form.hours else [],
    )


def _apart_by_cents(batch: Batch) -> list[Apart]:
    return [Apart(one.name, amount) for one in batch.payees if (amount := hours.apart(one))]


def _without_row(batch: Batch, rows: list[list[str]]) -> list[str]:
    salaried = [one for one in batch.payees if {paid.sort for paid in one.pay} == {Sort.SALARY}]
    return [one.name for one in salaried if one.external_id and not any(one.external_id in row for row in rows)]


def _is_number(name: str, form: Format) -> bool:
    return name in {*form.money, *form.hours, "hours", "rate"}


def _usual(actor: Actor, made: list[ExportFile]) -> Provider:
    """The provider that pays most people by this run's files, else by those of the last run that has any."""
    latest = made or list(visible_files(actor).order_by("-run_id", "-pk")[: len(FORMATS)])
    of_one_run = [one for one in latest if one.run_id == latest[0].run_id]
    largest = max(of_one_run, key=lambda one: one.people, default=None)
    found = of_target(largest.target) if largest else None
    return found or PROVIDERS[0]


def _lacks(reading: Reading, provider: Provider, made: list[ExportFile]) -> list[FileOfRun]:
    """The files that cannot be made; none while nothing at all is entered for the provider."""
    known = set(reading.setups) | {target for target, _ in reading.mappings}
    if not known & set(provider.targets):
        return []
    found = [file_of(reading, target, made) for target in provider.targets]
    return [one for one in found if one.people and one.missing]


def _unfiled(reading: Reading, made: list[ExportFile]) -> Unfiled:
    filed = {tax_class for one in made for tax_class in FORMATS[one.target].tax_classes}
    rows = [row for row in reading.totals if row.tax_class not in filed and row.amount]
    return Unfiled(list(dict.fromkeys(row.clinician.name for row in rows)), total(row.amount for row in rows))


def _apart(reading: Reading, provider: Provider) -> Decimal:
    paid = {tax_class for target in provider.targets for tax_class in FORMATS[target].tax_classes}
    return total(row.amount for row in reading.totals if row.tax_class not in paid)


def _shares(other: ExportFile, found: list[FileOfRun]) -> bool:
    classes = FORMATS[other.target].tax_classes
    return any(classes & one.form.tax_classes for one in found)


def _was_taken(actor: Actor, provider: Provider) -> bool:
    """Whether a run whose file went there is locked, which says that the provider took it."""
    taken: QuerySet[ExportFile] = visible_files(actor).filter(target__in=provider.targets)
    return taken.filter(run__status=PayRun.Status.LOCKED).exists()
