"""From bytes to a table of text: CSV in any common encoding and delimiter, or XLSX. Nothing is interpreted here."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from desk.imports.aliases import KNOWN_HEADERS, normal
from desk.imports.problems import FileRefusedError

MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
_HEADER_WITHIN: Final = 10
_DELIMITERS: Final = ",;\t|"
_LONGEST_CELL: Final = 32_000
_MOST_UNZIPPED: Final = 400 * 1024 * 1024
_SHEET: Final = "Billing Transactions"
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_NO_TABLES: Final = (b"%PDF", b"{\\rtf", b"<!doctype", b"<html", b"<?xml")
_NO_SPREADSHEET: Final = "This is no spreadsheet. Upload a CSV or XLSX file."
_DAMAGED: Final = "This Excel file is damaged or has a password. Open it and save it again as .xlsx, or as CSV."
_DAMAGE: Final = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, EOFError, OSError, LookupError, TypeError,
    ValueError, AttributeError, RuntimeError,
)  # fmt: skip
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its number as a person counts it, and its cells in the order of the columns."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows. Names of columns may repeat; a column is its position."""

    headers: tuple[str, ...]
    lines: tuple[Line, ...]
    notices: tuple[str, ...] = field(default=())


def read(content: bytes) -> Table:
    """The table in the bytes, whatever the file is called. FileRefusedError with a sentence when there is none."""
    notices: list[str] = []
    if content.startswith(_OLE):
        raise FileRefusedError(
            "This is an old Excel file (.xls), or one with a password. Save it as .xlsx or CSV without a password."
        )
    if content.lstrip()[:16].lower().startswith(tuple(start.lower() for start in _NO_TABLES)):
        raise FileRefusedError(_NO_SPREADSHEET)
    rows = _sheet(content, notices) if content.startswith(_ZIP) else _csv(content, notices)
    return _table(list(_limited(rows)), notices)


def _limited(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for count, (number, cells) in enumerate(rows):
        if count > MOST_ROWS:
            raise FileRefusedError(f"This file has more than {MOST_ROWS:,} rows. Export it in parts, a year at a time.")
        if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
            raise FileRefusedError(f"Row {number} has {len(cells)} columns; the most is {MOST_COLUMNS}.")
        yield number, cells[:MOST_COLUMNS]


def _table(rows: list[tuple[int, list[str]]], notices: list[str]) -> Table:
    filled = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise FileRefusedError("This file is empty.")
    at = _header_place([cells for _, cells in filled[:_HEADER_WITHIN]])
    if at:
        notices.append(f"The first {at} line{'s' if at > 1 else ''} above the column names {_were(at)} left out.")
    headers = [" ".join(cell.split()) for cell in filled[at][1]]
    width = max(len(headers), *(len(cells) for _, cells in filled[at:]))
    headers += [""] * (width - len(headers))
    lines = tuple(Line(number, tuple(cells + [""] * (width - len(cells)))) for number, cells in filled[at + 1 :])
    width = _used(headers, lines)
    if not any(headers):
        raise FileRefusedError("This file has no line with the names of its columns.")
    return Table(tuple(headers[:width]), tuple(Line(one.number, one.cells[:width]) for one in lines), tuple(notices))


def _used(headers: list[str], lines: tuple[Line, ...]) -> int:
    """How many columns hold anything; spreadsheets keep empty ones at the right."""
    width = len(headers)
    while width > 1 and not headers[width - 1] and not any(line.cells[width - 1].strip() for line in lines):
        width -= 1
    return width


def _were(count: int) -> str:
    return "were" if count > 1 else "was"


def _header_place(rows: list[list[str]]) -> int:
    """The row with the most names we know; the first one where that is a tie or nothing is known."""
    known = [sum(normal(cell) in KNOWN_HEADERS for cell in cells) for cells in rows]
    return known.index(max(known))


def _csv(content: bytes, notices: list[str]) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content, notices)
    if "\0" in text:
        raise FileRefusedError(_NO_SPREADSHEET)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    before = 0
    try:
        for cells in reader:
            yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise FileRefusedError(
            f"Line {before + 1} cannot be read: a quotation mark is not closed, or a cell is longer than "
            f"{_LONGEST_CELL:,} characters."
        ) from error


def _decoded(content: bytes, notices: list[str]) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise FileRefusedError("This file is damaged: its text cannot be decoded.") from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    notices.append("The text is not UTF-8. It was read as Windows text; look whether names with accents are right.")
    return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The delimiter that splits the first lines most evenly into the most cells."""
    sample = "".join(text.splitlines(keepends=True)[:20])

    def evenness(mark: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=mark) if row]
        except csv.Error:
            return (0, 0)
        most = max(set(widths), key=lambda width: (widths.count(width), width)) if widths else 1
        return (widths.count(most) * (most - 1), most)

    return max(_DELIMITERS, key=evenness)


def _sheet(content: bytes, notices: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a workbook. What a damaged one makes its reader stumble over is said in one sentence."""
    try:
        _refuse_bomb(content)
        yield from _cells(content, notices)
    except FileRefusedError:
        raise
    except _DAMAGE as error:
        raise FileRefusedError(_DAMAGED) from error


def _cells(content: bytes, notices: list[str]) -> Iterator[tuple[int, list[str]]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        names = [sheet.title for sheet in book.worksheets]
        if not names:
            raise FileRefusedError("This Excel file has no sheet with cells.")
        name = _SHEET if _SHEET in names else names[0]
        if len(names) > 1:
            notices.append(f"The file has {len(names)} sheets; “{name}” was read.")
        sheet = book[name]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, [_text(value) for value in row]
    finally:
        book.close()


def _refuse_bomb(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        size = sum(one.file_size for one in packed.infolist())
        has_macros = any(one.filename.lower().endswith("vbaproject.bin") for one in packed.infolist())
        is_book = any(one.filename.startswith("xl/") for one in packed.infolist())
    if not is_book:
        raise FileRefusedError("This is an archive. Unpack it and upload the spreadsheets in it one by one.")
    if has_macros:
        raise FileRefusedError("This Excel file has macros. Save it as .xlsx without macros.")
    if size > _MOST_UNZIPPED:
        raise FileRefusedError("This Excel file is too large once it is unpacked. Export it in parts.")


def _text(value: Any) -> str:
    """A cell of a spreadsheet as text; numbers exactly as a person sees them, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="minutes") if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, (int, Decimal)):
        return str(value)
    return _number(repr(value)) if not isinstance(value, str) else value


def _number(text: str) -> str:
    """Excel keeps every number as a fraction: 90837 arrives as 90837.0."""
    return text.removesuffix(".0")
