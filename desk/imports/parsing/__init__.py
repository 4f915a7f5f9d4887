"""From a table to facts: every row read by what its columns are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Final

from desk.imports.columns import FIELDS, Kind
from desk.imports.parsing.balances import balance_rows
from desk.imports.parsing.cells import Row, Sheet
from desk.imports.parsing.clients import client_row
from desk.imports.parsing.clinicians import clinician_row
from desk.imports.parsing.coverage import coverage_rows
from desk.imports.parsing.records import CoverageRow, DateQuestion, Parsed, Who
from desk.imports.parsing.sessions import is_session, session_row
from desk.imports.parsing.tidying import earliest_days, once
from desk.imports.problems import FileRefusedError, Problem, Severity
from desk.imports.reading import Line, Table
from desk.imports.values import day_order

_DATED: Final = frozenset({"date", "birth", "moment"})
_SUMMARY: Final = re.compile(r"[\d,]+ (clients?|clinicians?|appointments?|offices?|statuses)", re.IGNORECASE)
_TOTALS: Final = frozenset({"total", "totals", "grand total", "sum"})
_SUMMARY_CELLS: Final = 2
_SKIP_WORDS: Final = {
    "totals": "lines of totals",
    "repeated": "rows that repeat another one",
    "status": "rows that are no sessions: archived, deleted, rescheduled or a payment",
}


def parse(
    table: Table,
    fields: Sequence[str | None],
    kinds: frozenset[str],
    *,
    today: dt.date,
    orders: Mapping[int, str] | None = None,
    known_order: str = "",
) -> Parsed:
    """Reads every row. `orders` says of columns by position how they write day and month (`mdy`, `dmy`).

    `known_order` is that of a known export. FileRefusedError for a column that writes dates in two ways.
    """
    found = Parsed(lines=len(table.lines))
    settled = _orders(table, fields, dict(orders or {}), known_order, found)
    places = {name: place for place, name in enumerate(fields) if name}
    sheet = Sheet(places, table.headers, settled, today)
    seen: dict[tuple[str, ...], int] = {}
    for line in table.lines:
        reason = _left_out(line, seen, found)
        if reason:
            found.skipped[_SKIP_WORDS[reason]] += 1
        else:
            _take(Row(sheet, line), kinds, found)
    once(found)
    earliest_days(found)
    found.notices += table.notices
    return found


def _take(row: Row, kinds: frozenset[str], found: Parsed) -> None:
    """All that one row says; a row with an error brings nothing at all."""
    taken = Parsed()
    if Kind.CLINICIANS in kinds and (clinician := clinician_row(row)):
        taken.clinicians.append(clinician)
    if kinds - {Kind.CLINICIANS}:
        _take_client(row, kinds, taken, found)
    found.problems += row.problems
    if not row.is_bad:
        for kind in Kind:
            found.of_kind(kind).extend(taken.of_kind(kind))


def _take_client(row: Row, kinds: frozenset[str], taken: Parsed, found: Parsed) -> None:
    who = row.client()
    if Kind.CLIENTS in kinds and (client := client_row(row)):
        taken.clients.append(client)
    if Kind.COVERAGE in kinds:
        taken.coverage += _coverage(row, who, is_all=kinds == {Kind.COVERAGE})
    if Kind.SESSIONS in kinds:
        session = session_row(row, who) if is_session(row) else None
        if session:
            taken.sessions.append(session)
        elif not row.is_bad:
            found.skipped[_SKIP_WORDS["status"]] += 1
    if Kind.BALANCES in kinds:
        taken.balances += balance_rows(row, who)


def _coverage(row: Row, who: Who, *, is_all: bool) -> list[CoverageRow]:
    if not who and not row.is_bad:
        row.refuse("client.full_name", "The client is missing.", "E-KEY")
    found = coverage_rows(row, who)
    if is_all and not found and not row.is_bad:
        row.refuse("coverage.payer_name", "The insurer is missing.", "E-KEY")
    return found


def _left_out(line: Line, seen: dict[tuple[str, ...], int], found: Parsed) -> str:
    cells = tuple(" ".join(cell.split()) for cell in line.cells)
    if sum(bool(_SUMMARY.fullmatch(cell)) for cell in cells) >= _SUMMARY_CELLS or cells[0].lower() in _TOTALS:
        return "totals"
    first = seen.setdefault(cells, line.number)
    if first != line.number:
        words = f"This row is the same as row {first}. It is brought over once."
        found.problems.append(Problem(line.number, "", "", words, "W-DUP", Severity.NOTICE))
        return "repeated"
    return ""


def _orders(
    table: Table, fields: Sequence[str | None], told: dict[int, str], known: str, found: Parsed
) -> dict[int, str]:
    """How each column with dates writes day and month; what stays open becomes a question."""
    settled = {}
    for place, name in enumerate(fields):
        if name is None or FIELDS[name].shape not in _DATED:
            continue
        values = [line.cells[place].strip() for line in table.lines]
        order = day_order(values)
        if order == "mixed":
            raise FileRefusedError(
                f"The column “{table.headers[place]}” writes some dates with the month first and some with the day "
                "first. Write them all in one way and upload the file again."
            )
        if order in {"mdy", "dmy"}:
            settled[place] = order
        elif place in told or known:
            settled[place] = told.get(place, known)
        elif order == "open":
            example = next(value for value in values if day_order([value]) == "open")
            found.dates.append(DateQuestion(place, table.headers[place], example))
    return settled
