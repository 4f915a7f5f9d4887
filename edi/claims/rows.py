"""The rows of the segment table, taken apart: what each element of each segment may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from edi.claims.table import CONDITIONS, ROWS

KINDS: Final = {
    "AN": (1, 1), "FX": (1, 1), "ID": (1, 80), "N0": (1, 1), "R": (1, 15), "DT": (8, 8), "D6": (6, 6), "TM": (4, 4),
    "RD": (8, 17), "NPI": (10, 10), "TAXONOMY": (10, 10), "TAX": (9, 9), "ZIP": (3, 15), "STATE": (2, 2),
    "POS": (2, 2), "DX": (3, 7), "PROC": (5, 5), "MOD": (2, 2), "CARC": (1, 5),
}  # fmt: skip
"""The kinds of elements with their least and greatest length, where a row names none.

AN text, FX text padded to a length, ID a code, N0 a whole number, R an amount, DT and D6 days, TM a time, RD a day or
two; the others are texts of a form of their own.
"""

_spelled = re.compile(
    rf"(?P<foreign>~?)(?P<kind>{'|'.join(sorted(KINDS, key=len, reverse=True))})(?P<usage>!|\?[a-z]+|)(?P<size>[0-9-]*)"
    r"(?:=(?P<codes>[^+]+))?(?P<bound>\+?)"
).fullmatch


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """One element or component: its kind, its length, the codes it may have.

    `condition` names when it must be there; `foreign` says that the guide allows it and we do not write it; `bound`
    that another value has to agree with it. A composite has `parts`; an element that stays empty has the kind "-".
    """

    kind: str
    required: bool = False
    least: int = 0
    most: int = 0
    codes: frozenset[str] = frozenset()
    condition: str = ""
    foreign: bool = False
    bound: bool = False
    parts: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One segment in one loop; `most` is how often it may stand there with the same qualifier (0: any number).

    `foreign` says that the guide allows it and we never write it.
    """

    loop: str
    tag: str
    qualifiers: frozenset[str]
    required: bool
    condition: str
    most: int
    elements: tuple[Element, ...]
    pairs: tuple[tuple[int, int], ...]
    foreign: bool = False


def _element(text: str) -> Element:
    """An element, or a composite of several, from its spelling."""
    if text == "-":
        return Element("-")
    if ":" in text:
        condition, _, inside = text.rpartition("&")
        parts = tuple(map(_element, inside.split(":")))
        needed = parts[0].required and not condition and not parts[0].foreign
        return Element("composite", needed, condition=_condition(condition), parts=parts)
    found = _spelled(text)
    if found is None:
        raise ValueError(f"The segment table spells an element {text!r}.")
    least, most = _lengths(found["kind"], found["size"])
    codes = frozenset(code.lstrip("~") for code in (found["codes"] or "").split("/") if code)
    condition = _condition(found["usage"])
    foreign, bound = bool(found["foreign"]), bool(found["bound"])
    return Element(found["kind"], found["usage"] == "!", least, most, codes, condition, foreign, bound)


def _lengths(kind: str, size: str) -> tuple[int, int]:
    """The least and the greatest length."""
    least, most = KINDS[kind]
    if not size:
        return least, most
    low, _, high = size.rpartition("-")
    return int(low or least), int(high)


def _condition(usage: str) -> str:
    """The name of a condition, which must be explained."""
    name = usage.removeprefix("?") if usage.startswith("?") else ""
    if name and name not in CONDITIONS:
        raise ValueError(f"The segment table names a condition {name!r} that it does not explain.")
    return name


def _row(text: str) -> Row:
    """A row from its spelling."""
    head, _, body = text.partition(" : ")
    loop, segment, usage, most = head.split()
    tag, _, qualifiers = segment.partition("=")
    words = body.split()
    pairs = tuple((int(word[1:3]), int(word[3:])) for word in words if re.fullmatch("P[0-9]{4}", word))
    elements = tuple(_element(word) for word in words if not re.fullmatch("P[0-9]{4}", word))
    kept = frozenset(qualifiers.split("/")) if qualifiers else frozenset()
    return Row(loop, tag, kept, usage == "!", _condition(usage), int(most), elements, pairs, usage == "~")


TABLE: Final = tuple(map(_row, ROWS.strip().splitlines()))
"""Every row."""

BY_LOOP: Final = {
    (loop, tag): [row for row in TABLE if (row.loop, row.tag) == (loop, tag)]
    for loop, tag in {(row.loop, row.tag) for row in TABLE}
}
"""The rows of each tag in each loop."""


def row_of(loop: str, tag: str, qualifier: str) -> Row | None:
    """The row of a segment, or None for one that we do not write."""
    for row in BY_LOOP.get((loop, tag), ()):
        if not row.qualifiers or qualifier in row.qualifiers:
            return row
    return None
