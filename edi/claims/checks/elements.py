"""Checks one segment against its row of the segment table: SNIP level 1 for syntax, 2 for what the guide asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from edi.claims.rows import Element, Row
from edi.dates import parse_date, parse_range, parse_time
from edi.errors import X12Error
from edi.segments import Segment

NAMED_BY_QUALIFIER: Final = frozenset({"REF", "DTP", "AMT"})
"""The segments that the checks name by their qualifier (REF*G1)."""

_is_number = re.compile("[0-9]+").fullmatch
_is_decimal = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)").fullmatch
_is_text = re.compile(r"[ -~\u00a0-\uffff]*[!-~\u00a1-\uffff]").fullmatch
_is_code = re.compile("[0-9A-Za-z]+").fullmatch


class Fault(NamedTuple):
    """What is wrong with one element: its level, its name as the other checks say it, a code and a sentence."""

    level: int
    element: str
    code: str
    words: str


def elements(row: Row, segment: Segment) -> tuple[Fault, ...]:
    """Everything about the elements of one segment that its row forbids."""
    return _looked_up(row, tuple(segment.elements), segment.delimiters.component)


@lru_cache(maxsize=4096)
def _looked_up(row: Row, texts: tuple[str, ...], component: str) -> tuple[Fault, ...]:
    """The same, kept for segments that a file repeats."""
    return tuple(_faults(row, texts, component))


def _faults(row: Row, texts: tuple[str, ...], component: str) -> Iterator[Fault]:
    """Each fault of a segment, in the order of its elements."""
    if len(texts) - 1 > len(row.elements):
        words = f"{row.tag} has {len(texts) - 1} elements; it may have {len(row.elements)}."
        yield Fault(1, row.tag, "too-many-elements", words)
    for place, element in enumerate(row.elements, 1):
        text = texts[place] if place < len(texts) else ""
        if element.parts:
            yield from _composite(row, place, element, text.split(component))
        else:
            yield from _value(_name(row, place, texts), f"{row.tag}{place:02}", element, text)
    for first, second in row.pairs:
        values = [texts[place] if place < len(texts) else "" for place in (first, second)]
        if any(values) and not all(values):
            place = second if values[0] else first
            words = f"{row.tag}{first:02} and {row.tag}{second:02} come together; one of them is missing."
            yield Fault(1, f"{row.tag}{place:02}", "missing", words)


def _composite(row: Row, place: int, element: Element, texts: list[str]) -> Iterator[Fault]:
    """Each fault of a composite element."""
    name = f"{row.tag}{place:02}"
    if len(texts) > len(element.parts):
        yield Fault(1, name, "too-many-elements", f"{name} has {len(texts)} parts; it may have {len(element.parts)}.")
    if not any(texts) and not element.required:
        return
    for number, part in enumerate(element.parts, 1):
        text = texts[number - 1] if number <= len(texts) else ""
        yield from _value(name, f"{name}-{number}", part, text)


def _name(row: Row, place: int, texts: tuple[str, ...]) -> str:
    """An element as the other checks name it."""
    if row.tag in NAMED_BY_QUALIFIER and place > 1:
        return f"{row.tag}*{texts[1]}"
    return f"{row.tag}{place:02}"


def _value(name: str, at: str, element: Element, text: str) -> Iterator[Fault]:
    """Each fault of one value; `at` is where it stands."""
    if not text:
        if element.required:
            yield Fault(2, name, "missing", f"{at} is missing.")
    elif element.kind == "-":
        yield Fault(2, name, "unused", f"{at} is “{text}”; it stays empty.")
    elif not element.least <= len(text) <= element.most:
        size = str(element.most) if element.least == element.most else f"{element.least} to {element.most}"
        yield Fault(1, name, "length", f"{at} has {len(text)} characters; it should have {size}.")
    elif not _has_form(element.kind, text):
        yield Fault(1, name, "form", f"{at} is “{text}”, which is not {FORMS[element.kind][1]}.")
    elif element.codes and text not in element.codes:
        yield Fault(2, name, "code", f"{at} is “{text}”, which is not one of its codes.")


def _has_form(kind: str, text: str) -> bool:
    """Whether a text is what its kind says."""
    return kind not in FORMS or bool(FORMS[kind][0](text))


def _is_day(text: str) -> bool:
    """A day of the calendar with as many digits as it stands with."""
    try:
        parse_date(text)
    except X12Error:
        return False
    return True


def _is_days(text: str) -> bool:
    """A day, or the first and the last of several."""
    try:
        parse_range(text)
    except X12Error:
        return False
    return True


def _is_time(text: str) -> bool:
    """A time of the day."""
    try:
        parse_time(text)
    except X12Error:
        return False
    return True


FORMS: Final[dict[str, tuple[Callable[[str], object], str]]] = {
    "AN": (_is_text, "text that can be sent"),
    "ID": (_is_code, "a code"),
    "N0": (_is_number, "a whole number"),
    "R": (_is_decimal, "a number"),
    "DT": (_is_day, "a day"),
    "D6": (_is_day, "a day"),
    "RD": (_is_days, "a day or a range of days"),
    "TM": (_is_time, "a time"),
    "MOD": (_is_code, "a modifier"),
    "TAXONOMY": (_is_code, "a taxonomy code"),
    "CARC": (_is_code, "an adjustment reason"),
}
"""What each kind of value looks like; forms of level 4 and 5 (NPI, ZIP, codes of services) are asked elsewhere."""
