"""Releases from CMS's files and from the package."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from clients.icd10 import cms, package
from clients.icd10.release import Code, ReleaseRefusedError, fiscal_year, term_of_file

ORDER = (
    f"{'00001 F41     0 ':16}{'Other anxiety disorders':60} Other anxiety disorders\r\n"
    f"{'00002 F410    1 ':16}{'Panic disorder':60} Panic disorder [episodic paroxysmal anxiety]\r\n"
    f"{'00003 T360X1A 1 ':16}{'Poisoning by penicillins':60} Poisoning by penicillins, accidental\r\n"
)
PLAIN = "F410    Panic disorder\nF411    Generalized anxiety disorder\n"


def written(folder: Path, text: str, name: str = "icd10cm_order_2027.txt") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_the_order_file_names_headings_and_codes(tmp_path: Path) -> None:
    assert cms.read(written(tmp_path, ORDER)) == [
        Code("F41", "Other anxiety disorders", billable=False),
        Code("F41.0", "Panic disorder [episodic paroxysmal anxiety]", billable=True),
        Code("T36.0X1A", "Poisoning by penicillins, accidental", billable=True),
    ]


def test_the_codes_file_takes_its_headings_from_the_release_before(tmp_path: Path) -> None:
    codes = cms.read(written(tmp_path, PLAIN))
    assert [code.code for code in codes] == ["F41.0", "F41.1"]
    assert not cms.has_headings(codes)
    before = [Code("F41", "Other anxiety", billable=False), Code("F32", "Depressive episode", billable=False)]
    assert cms.with_headings(codes, before)[2:] == before[:1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        (ORDER + "00004 F41.2   1 wrong\r\n", "Line 4 of icd10cm_order_2027.txt is not as CMS writes it"),
        ("name,address\n", "Line 1 of icd10cm_order_2027.txt is not as CMS writes it"),
        (PLAIN + "F410    Panic disorder again\n", "Line 3 of icd10cm_order_2027.txt repeats F41.0 of line 1"),
        (PLAIN + f"F412    {'x' * 301}\n", "Line 3 of icd10cm_order_2027.txt: F41.2 has more than 300 letters"),
        ("PK\0\1", "is no text file"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ReleaseRefusedError, match=said):
        cms.read(written(tmp_path, text))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefusedError, match="cannot be read"):
        cms.read(tmp_path / "nothing.txt")


def test_the_name_of_a_file_says_its_fiscal_year() -> None:
    term = fiscal_year(2027)
    assert (term.name, term.starts_on, term.ends_on) == ("FY2027", dt.date(2026, 10, 1), dt.date(2027, 9, 30))
    assert term_of_file(Path("icd10cm-order-April-2027.txt")) == term
    with pytest.raises(ReleaseRefusedError, match="does not say which fiscal year"):
        term_of_file(Path("codes.txt"))


def test_the_package_gives_each_code_once_with_its_headings() -> None:
    codes = package.read()
    by_code = {code.code: code for code in codes}
    assert len(by_code) == len(codes) > 98_000
    assert by_code["F41.1"] == Code("F41.1", "Generalized anxiety disorder", billable=True)
    assert not by_code["F41"].billable
    assert sum(code.billable for code in codes) == 74_719
    assert max(len(code.words) for code in codes) <= cms.LONGEST
