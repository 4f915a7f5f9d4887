"""Bytes become a table whatever wrote them, or a sentence says why not."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from desk.imports.problems import FileRefusedError
from desk.imports.reading import read


def _book(*rows: list[object], sheets: int = 1) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for number in range(sheets - 1):
        book.create_sheet(f"More {number}")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_names_with_accents_survive_every_encoding(encoding: str) -> None:
    table = read("First name,Last name\nJosé,Núñez\n".encode(encoding))
    assert table.headers == ("First name", "Last name")
    assert table.lines[0].cells == ("José", "Núñez")
    assert bool(table.notices) == (encoding == "cp1252")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiters(mark: str) -> None:
    table = read(f"First name{mark}Last name{mark}City\nAna{mark}Vega{mark}Hull\n".encode())
    assert table.lines[0].cells == ("Ana", "Vega", "Hull")


def test_a_comma_inside_quotes_does_not_make_it_the_delimiter() -> None:
    table = read(b'Name;City;State\n"Vega, Ana";"Hull, East";MA\n"Roe, Jo";"Quincy, W";MA\n')
    assert table.lines[0].cells == ("Vega, Ana", "Hull, East", "MA")


def test_newlines_in_quotes_and_the_number_of_the_line() -> None:
    table = read(b'First name,Note\r\nAna,"one\r\ntwo ""three"""\r\nLuis,four\r\n')
    assert [line.number for line in table.lines] == [2, 4]
    assert table.lines[0].cells[1] == 'one\r\ntwo "three"'


def test_lines_above_the_header_and_empty_ones_are_left_out() -> None:
    table = read(b"Jane Payments\n\nFirst name,Last name,Email\nAna,Vega,ana@example.com\n,,\n")
    assert table.headers == ("First name", "Last name", "Email")
    assert [line.number for line in table.lines] == [4]
    assert table.notices == ("The first 1 line above the column names was left out.",)


def test_short_rows_are_filled_and_long_ones_keep_their_cells() -> None:
    table = read(b"First name,Last name\nAna\nLuis,Vega,extra\n")
    assert table.headers == ("First name", "Last name", "")
    assert [line.cells for line in table.lines] == [("Ana", "", ""), ("Luis", "Vega", "extra")]


def test_repeated_names_stay_apart() -> None:
    assert read(b"Charge,Paid,Charge,Paid\n1,2,3,4\n").lines[0].cells == ("1", "2", "3", "4")


def test_a_workbook_reads_as_a_person_sees_it() -> None:
    table = read(
        _book(
            ["First name", "Code", "Member ID", "Date of birth", "Start time", "Active", "Fee"],
            ["Ana", 90837, "00987654321", dt.date(1990, 4, 7), dt.time(14, 30), True, 185.5],
        )
    )
    assert table.lines[0].cells == ("Ana", "90837", "00987654321", "1990-04-07", "14:30:00", "yes", "185.5")


def test_of_several_sheets_the_first_is_read_and_said() -> None:
    table = read(_book(["First name", "Last name"], ["Ana", "Vega"], sheets=3))
    assert "3 sheets" in table.notices[0]


def _archive(*names: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (b"\n , \n", "This file is empty."),
        (b"\xd0\xcf\x11\xe0rest", "old Excel file"),
        (_archive("a.csv"), "This is an archive."),
        (_archive("xl/workbook.xml", "xl/vbaProject.bin"), "has macros"),
        (_archive("xl/nothing.xml"), "damaged or has a password"),
        (b"PK\x03\x04broken", "damaged"),
        (b"a,b\n\0\0,1\n", "no spreadsheet"),
        (b"%PDF-1.7\n1 0 obj\n", "no spreadsheet"),
        (b"\n<!DOCTYPE html><table>", "no spreadsheet"),
        (b'First name,Last name\n"Ana,Vega\nLuis,Roe\n', "quotation mark"),
        (b"\xff\xfea", "damaged"),
        (("a," * 300 + "\n" + "1," * 300).encode(), "the most is 200"),
        (("First name\n" + "Ana\n" * 50_001).encode(), "more than 50,000 rows"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, words: str) -> None:
    with pytest.raises(FileRefusedError) as refusal:
        read(content)
    assert words in str(refusal.value)
