"""The table of a report as the page writes it: every figure with the address of its rows. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from desk.reports.shapes import MONEY, POSTED, SESSIONS, TOGETHER, Figures, Report, Scope

_HEADS: Final = {
    "held": "Held",
    "late_canceled": "Late",
    "no_show": "No-show",
    "unsigned": "Unsigned",
    "billed": "Billed",
    "carried": "Brought in",
    "insurer_paid": "Insurers paid",
    "client_paid": "Clients paid",
    "contractual": "Contractual",
    "written_off": "Written off",
    "insurer_owes": "Insurers owe",
    "client_owes": "Clients owe",
}
_POSTED: Final = {
    "billed": "Charged",
    "insurer_paid": "Paid by insurers",
    "client_paid": "Paid by clients",
    "contractual": "Contractual adjustments",
    "written_off": "Written off",
}
_RARE: Final = frozenset({"carried"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, what it is called, and where its rows are; zero is quiet and opens nothing."""

    label: str
    url: str
    count: int | None = None
    amount: Decimal | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to open."""
        return not (self.count or self.amount)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row's label with its cells."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """Heads, rows and the sum; how many heads are about sessions; the figures that stand together above."""

    counts: list[str]
    amounts: list[str]
    rows: list[TableRow]
    sum: TableRow
    together: dict[str, Cell]
    posted: list[Cell]
    ages: list[TableRow]


def table_of(report: Report, scope: Scope, url: str) -> Table:
    """The table; a figure that is rare has a column only where it stands in some row."""
    names = [name for name in (*SESSIONS, *MONEY) if name not in _RARE or getattr(report.sum, name)]
    rows = [TableRow(line.label, _cells(line.figures, scope.of(line.key), url, names)) for line in report.lines]
    together = {name: _cell(name, getattr(report.sum, name), scope, url) for name in ("billed", *MONEY, *TOGETHER)}
    posted = [
        replace(_cell(name, getattr(report.posted, name), scope, url, basis=POSTED), label=label)
        for name, label in _POSTED.items()
    ]
    heads = [_HEADS[name] for name in names]
    return Table(
        [head for head, name in zip(heads, names, strict=True) if name in SESSIONS],
        [head for head, name in zip(heads, names, strict=True) if name in MONEY],
        rows,
        TableRow("Total", _cells(report.sum, scope, url, names)),
        together,
        posted,
        [
            TableRow(
                age.label,
                [
                    _cell(name, getattr(age, name), scope, url, age=age.key)
                    for name in ("insurer_owes", "client_owes", "owed")
                ],
            )
            for age in (*report.ages, report.owed_today)
        ],
    )


def _cells(figures: Figures, scope: Scope, url: str, names: list[str]) -> list[Cell]:
    return [_cell(name, getattr(figures, name), scope, url) for name in names]


def _cell(name: str, value: Decimal | int, scope: Scope, url: str, **changes: str) -> Cell:
    label = _HEADS.get(name) or TOGETHER[name][0]
    address = f"{url}?{scope.query(figure=name, **changes)}"
    if name in SESSIONS:
        return Cell(label, address, count=int(value))
    return Cell(label, address, amount=Decimal(value))
