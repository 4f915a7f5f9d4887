"""Reads the two text files of CMS: `icd10cm_order_2027.txt` and `icd10cm_codes_2027.txt`.

The order file has fixed columns (CMS, icd10OrderFiles.pdf): 1–5 the order number, 7–13 the code without its dot,
15 `0` for a heading and `1` for a code that may be claimed, 17–76 short words, from 78 the long ones. The codes file
has the code in columns 1–7 and its words from column 9; headings are not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from clients.diagnoses import PATTERN, written
from clients.icd10.release import Code, ReleaseRefusedError

LONGEST: Final = 300
_ORDER: Final = re.compile(r"\d{5} (?P<code>[A-Z][0-9A-Z]{2,6}) *\s(?P<billable>[01]) (?P<short>.{60}) (?P<words>\S.*)")
_PLAIN: Final = re.compile(r"(?P<code>[A-Z][0-9A-Z]{2,6})\s+(?P<words>\S.*)")
_SHOWN: Final = 60


def read(path: Path) -> list[Code]:
    """The codes of a file. ReleaseRefusedError names the line that is not as CMS writes it."""
    lines = [(number, line) for number, line in enumerate(_lines(path), start=1) if line.strip()]
    if not lines:
        raise ReleaseRefusedError(f"{path.name} is empty.")
    pattern = _ORDER if _ORDER.fullmatch(lines[0][1].rstrip()) else _PLAIN
    codes = [_code(pattern, path, number, line.rstrip()) for number, line in lines]
    _refuse_twice(path, lines, codes)
    return codes


def has_headings(codes: Iterable[Code]) -> bool:
    """Whether the file names the headings too: the order file does, the codes file does not."""
    return any(not code.billable for code in codes)


def with_headings(codes: list[Code], known: Iterable[Code]) -> list[Code]:
    """The codes of a codes file with the headings that an earlier release has above them."""
    stems = {code.code[:length] for code in codes for length in range(3, len(code.code))}
    own = {code.code for code in codes}
    return [*codes, *(found for found in known if found.code in stems and found.code not in own)]


def _lines(path: Path) -> list[str]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReleaseRefusedError(f"{path} cannot be read: {error.strerror}.") from error
    if b"\0" in content:
        raise ReleaseRefusedError(f"{path.name} is no text file. Unpack the archive and give the .txt file in it.")
    try:
        return content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").splitlines()


def _code(pattern: re.Pattern[str], path: Path, number: int, line: str) -> Code:
    found = pattern.fullmatch(line)
    code = written(found["code"]) if found else ""
    if found is None or not PATTERN.fullmatch(code):
        expected = "order number, code, 0 or 1, words" if pattern is _ORDER else "a code and its words"
        raise ReleaseRefusedError(
            f"Line {number} of {path.name} is not as CMS writes it ({expected}): “{line[:_SHOWN]}”. Nothing was loaded."
        )
    if len(found["words"]) > LONGEST:
        raise ReleaseRefusedError(f"Line {number} of {path.name}: {code} has more than {LONGEST} letters.")
    return Code(code, found["words"], found.groupdict().get("billable", "1") == "1")


def _refuse_twice(path: Path, lines: list[tuple[int, str]], codes: list[Code]) -> None:
    seen: dict[str, int] = {}
    for (number, _), code in zip(lines, codes, strict=True):
        if code.code in seen:
            raise ReleaseRefusedError(
                f"Line {number} of {path.name} repeats {code.code} of line {seen[code.code]}. Nothing was loaded."
            )
        seen[code.code] = number
