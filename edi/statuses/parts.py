"""The segments that writers of claim statuses have in common: NM1, STC, REF and DTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from edi.amounts import format_amount
from edi.dates import format_date, format_range
from edi.errors import X12Error
from edi.parties import Name, Reference
from edi.statuses.stc import Status, StatusCode
from edi.writing import Part

CODES = 3

Elements = tuple[Part, ...]
Levels = Iterator[Elements]


def named(name: Name | None) -> Levels:
    """NM1, where somebody is named."""
    if name is not None:
        kind = "1" if name.is_person else "2"
        said = (name.last, name.first, name.middle, "", name.suffix)
        yield "NM1", name.role, kind, *said, name.id_qualifier, name.id


def statuses(found: Iterable[Status]) -> Levels:
    """STC for each status; raises X12Error for one without codes or with more than three."""
    for one in found:
        if not 1 <= len(one.codes) <= CODES:
            raise X12Error("A status has one to three codes.")
        first, second, third = ([_code(code) for code in one.codes] + ["", ""])[:CODES]
        money = (amount(one.amount), amount(one.paid), day(one.decided_on), "", day(one.remitted_on))
        yield "STC", first, day(one.effective_on), one.action, *money, one.remittance_number, second, third, one.text


def _code(code: StatusCode) -> Part:
    parts = (code.category, code.code, code.entity, code.code_list)
    return parts[: 4 if code.code_list else 3 if code.entity else 2]


def references(found: Iterable[Reference]) -> Levels:
    """REF for each identifier."""
    for one in found:
        yield "REF", one.qualifier, one.value


def period(qualifier: str, first: date | None, last: date | None) -> Levels:
    """DTP: a day (D8) or a period (RD8)."""
    if first and last and last != first:
        yield "DTP", qualifier, "RD8", format_range(first, last)
    elif first:
        yield "DTP", qualifier, "D8", format_date(first)


def amount(value: Decimal | None) -> str:
    """An amount, or nothing."""
    return "" if value is None else format_amount(value)


def day(value: date | None) -> str:
    """A day, or nothing."""
    return format_date(value) if value else ""
