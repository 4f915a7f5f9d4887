"""What the pages about imports show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator

from desk.imports import keeping
from desk.imports.columns import FIELDS, KIND_WORDS, Kind
from desk.imports.layouts.signatures import layouts
from desk.models import ImportedRow, ImportRun
from practice.models import PracticePayer, Service

_ON_A_PAGE: Final = 50
_FIRST_VALUES: Final = 3
_CHIPS: Final = {
    "open": ("wait", "Not brought over yet"),
    "waiting": ("move", "Waiting in line"),
    "running": ("move", "Being brought over"),
    "done": ("done", "Brought over"),
    "failed": ("stop", "Stopped by an error"),
    "undoing": ("move", "Being taken back"),
    "undone": ("calm", "Taken back"),
}
_MOVING: Final = frozenset({"waiting", "running", "failed", "undoing"})
_KNOWN: Final = {
    Kind.CLINICIANS: "clinicians_known", Kind.CLIENTS: "clients_known", Kind.SESSIONS: "sessions_known",
    Kind.BALANCES: "balances_known",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunRow:
    """One file in the list."""

    run: ImportRun
    name: str
    chip: str
    state: str
    made: str


@dataclass(frozen=True, slots=True)
class Result:
    """How many of a kind were brought over, and how many were there already."""

    words: str
    made: int
    known: int


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of the file as the mapping page shows it: its name, its first values, and what it is taken for."""

    header: str
    values: list[str]
    words: str


def run_list(page: str) -> tuple[Page[ImportRun], list[RunRow]]:
    """Every file, newest first; three queries."""
    rows = ImportRun.objects.select_related("file").defer("found", "left", "answers", "fields", "headers")
    found = Paginator(rows.order_by("-made_at", "-pk"), _ON_A_PAGE).get_page(page)
    return found, [_row(run) for run in found]


def one_run(pk: int) -> ImportRun | None:
    """One file, or None."""
    return ImportRun.objects.select_related("file").filter(pk=pk).first()


def layout_name(run: ImportRun) -> str:
    """`SimplePractice: Client details`; empty for a file nobody knows."""
    return next((layout.name for layout in layouts() if layout.key == run.layout), "")


def kind_words(run: ImportRun) -> str:
    """`Clients, coverage`."""
    words = [KIND_WORDS[kind] for kind in run.kinds]
    return ", ".join([*words[:1], *(word.lower() for word in words[1:])])


def results(run: ImportRun) -> list[Result]:
    """What a finished run did, by kind."""
    return [
        Result(KIND_WORDS[kind], run.result.get(kind.value, 0), run.result.get(_KNOWN.get(kind, ""), 0))
        for kind in Kind
        if kind in run.kinds or run.result.get(kind.value)
    ]


def column_rows(run: ImportRun) -> list[ColumnRow]:
    """The columns of a file with the first values in each."""
    table = keeping.opened(run.file)
    return [
        ColumnRow(header, _first([line.cells[place] for line in table.lines]), _field(run.fields[place]))
        for place, header in enumerate(table.headers)
    ]


def owed(run: ImportRun) -> list[tuple[str, Decimal]]:
    """What would be posted, by who owes it, in dollars."""
    words = {
        "clients": "Owed by clients",
        "insurers": "Owed by insurers",
        "clients_credit": "Credit of clients",
        "insurers_credit": "Overpaid by insurers",
    }
    sums = run.found.get("owed", {})
    return [(text, Decimal(sums.get(key, "0.00"))) for key, text in words.items()]


def added(run: ImportRun) -> list[tuple[str, list[str]]]:
    """What the run added to the set-up and is still there, by what it is; three queries."""
    ids: dict[str, list[int]] = {}
    kinds = (ImportedRow.Kind.PAYER, ImportedRow.Kind.SERVICE)
    for kind, pk in ImportedRow.objects.filter(run=run, kind__in=kinds).values_list("kind", "object_id"):
        ids.setdefault(kind, []).append(pk)
    payers = [str(row) for row in PracticePayer.objects.filter(pk__in=ids.get("payer", []))]
    services = [str(row) for row in Service.objects.filter(pk__in=ids.get("service", []))]
    return [(words, names) for words, names in (("Payers", payers), ("Services", services)) if names]


def can_undo(run: ImportRun) -> bool:
    """Whether there is something to take back."""
    return run.status in {ImportRun.Status.DONE, ImportRun.Status.FAILED}


def is_moving(run: ImportRun) -> bool:
    """Whether something goes on with it that a page can follow."""
    return run.status in _MOVING


def chip(run: ImportRun) -> tuple[str, str]:
    """The state as a glyph’s kind and words."""
    return _CHIPS[run.status]


def left(run: ImportRun) -> list[tuple[int, str]]:
    """The rows that were left out, each reason once: one row may bring several things."""
    return list(dict.fromkeys((one["row"], one["words"]) for one in run.left))


def _counted(count: int, words: str) -> str:
    return f"{count} {words.removesuffix('s') if count == 1 else words}"


def _row(run: ImportRun) -> RunRow:
    kind, words = _CHIPS[run.status]
    made = [_counted(run.result[one.value], KIND_WORDS[one].lower()) for one in Kind if run.result.get(one.value)]
    return RunRow(run, layout_name(run) or run.source or "Another spreadsheet", kind, words, ", ".join(made))


def _first(values: Sequence[str]) -> list[str]:
    found: list[Any] = []
    for value in values:
        if value.strip() and value not in found:
            found.append(value if len(value) <= 40 else f"{value[:39]}…")  # noqa: PLR2004
        if len(found) == _FIRST_VALUES:
            break
    return found


def _field(name: str | None) -> str:
    return FIELDS[name].words if name else ""
