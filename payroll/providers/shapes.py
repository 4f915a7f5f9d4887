"""What a run's page shows of its files, as plain shapes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from payroll.calculation.words import money
from payroll.exports.facts import Batch, Format, Missing
from payroll.models import ExportFile, ExportTarget, PayRun, TaxClass
from payroll.providers.known import Pairs, Provider, of_target
from practice.money import ZERO, total


@dataclass(frozen=True, slots=True)
class FileOfRun:
    """One file: as it was made (`row`), or as it would be now, with what is missing for it."""

    target: str
    name: str
    people: int
    amount: Decimal
    missing: list[Missing]
    row: ExportFile | None
    batch: Batch
    form: Format

    @property
    def label(self) -> str:
        """Whose file it is."""
        return str(ExportTarget(self.target).label)

    @property
    def kind(self) -> str:
        """The people in it: W-2, 1099, or everybody."""
        classes = self.form.tax_classes
        return TaxClass(next(iter(classes))).label if len(classes) == 1 else "Everybody"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file; numbers stand at the right."""

    name: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Apart:
    """Somebody whose hours come to other cents at the provider than in the run; `amount` is there less here."""

    name: str
    amount: Decimal

    @property
    def words(self) -> str:
        """`$0.01 more`."""
        return f"{money(abs(self.amount))} {'more' if self.amount > ZERO else 'less'}"


@dataclass(frozen=True, slots=True)
class Rows:
    """A file's rows read back from its bytes, and the sum that must come out.

    `amounts` are the dollars in it, `hours` those that the provider multiplies, `salaries` those it pays by itself;
    `without_row` are people who have nothing but such a salary, `apart` those whose hours it rounds otherwise.
    """

    file: FileOfRun
    columns: list[Column]
    rows: list[list[tuple[str, bool]]]
    left_out: int
    amounts: Decimal
    hours: Decimal
    salaries: Decimal
    without_row: list[str]
    apart: list[Apart]

    @property
    def provider(self) -> str:
        """Who multiplies the hours by its own rates."""
        provider = of_target(self.file.target)
        return provider.name if provider else ""

    @property
    def agrees(self) -> bool:
        """Whether the file says what the run pays its people."""
        return bool(self.amounts + self.hours + self.salaries == self.file.amount)


@dataclass(frozen=True, slots=True)
class Unfiled:
    """Whom a run pays who are in no file that was made yet, and what it pays them."""

    names: list[str]
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Exports:
    """The files of a run for one provider.

    Of the files that were made for other providers, `others` pay the same people and `beside` pay those whom this
    provider does not take; `apart` is what the run pays the latter. `lacks` are the files for which something is
    missing at the provider that the practice uses, whichever is shown.
    """

    run: PayRun
    provider: Provider
    providers: tuple[Provider, ...]
    files: list[FileOfRun]
    rows: Rows | None
    goes: Pairs
    apart: Decimal
    others: list[ExportFile]
    beside: list[ExportFile]
    lacks: list[FileOfRun]
    unfiled: Unfiled
    is_first_import: bool
    may_make: bool
    may_set_up: bool

    @property
    def added(self) -> Decimal:
        """What the files pay together."""
        return total(one.amount for one in self.files)

    @property
    def in_no_file(self) -> Decimal:
        """What is in no file of this provider, nor in one that was made for another."""
        return self.apart - total(one.amount for one in self.beside)

    @property
    def adds_up(self) -> bool:
        """Whether the files, and what is in none of them, are the run."""
        return bool(self.added + self.apart == self.run.gross)

    @property
    def is_previewed(self) -> bool:
        """Whether no file may be made yet."""
        return self.run.is_open

    @property
    def exports_run(self) -> bool:
        """Whether the next file that is made exports the run."""
        return bool(self.run.status == PayRun.Status.APPROVED)
