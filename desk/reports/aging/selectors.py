"""The aging with its names, and the rows a figure opens to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator

from billing.models import Charge, Claim, ClaimSession
from clients.models import Client
from desk.reports.aging import ledger
from desk.reports.aging.shapes import CLIENT, CLINICIAN, NOBODY, Aged, Line, added
from desk.reports.selectors import Names
from practice.actors import Actor
from practice.models import Practice
from practice.money import total

ON_A_PAGE: Final = 50
_THEMSELVES: Final = "Clients themselves"


@dataclass(frozen=True, slots=True)
class Aging:
    """The table: a page of lines, the sum of all of them, and how many there are."""

    page: Page[Any]
    lines: list[Line]
    sum: Line
    every: list[Line]


@dataclass(frozen=True, slots=True)
class Row:
    """One charge that is open, and what is asked with it now."""

    charge_id: int | None
    client_id: int
    client: str
    client_number: int
    since: dt.date
    what: str
    payer: str
    clinician: str
    claim_id: int | None
    claim: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of rows with the sum of all."""

    page: Page[Any]
    rows: list[Row]
    sum: Decimal


def aging(actor: Actor, practice: Practice, aged: Aged, known: Names, number: str = "1") -> Aging:
    """The receivables of a day; at most two queries besides the names."""
    actor.require("reports:view")
    found = ledger.by_key(aged, practice)
    labels = _labels(aged, found, known)
    lines = [Line(key, labels[key], ages) for key, ages in found.items()]
    lines = [line for line in lines if any(line.ages.values())]
    lines.sort(key=lambda line: (-line.sum, line.label))
    page: Page[Any] = Paginator(lines, ON_A_PAGE).get_page(number)
    return Aging(page, list(page.object_list), added(lines), lines)


def rows_of(
    actor: Actor, practice: Practice, aged: Aged, known: Names, *, number: str = "1", most: int = ON_A_PAGE
) -> Rows:
    """What a figure opens to, the oldest first; at most four queries besides the names."""
    actor.require("reports:view")
    found = ledger.by_charge(aged, practice)
    page: Page[Any] = Paginator(found, most).get_page(number)
    return Rows(page, _rows(list(page.object_list), known), total(row["amount"] for row in found))


def _labels(aged: Aged, keys: Iterable[int], known: Names) -> dict[int, str]:
    if aged.by == CLIENT:
        names = {row.pk: row.name for row in Client.objects.filter(pk__in=list(keys))}
        return {key: names.get(key, "No client") for key in keys}
    if aged.by == CLINICIAN:
        return {key: known.clinician(key or None) for key in keys}
    return {key: known.payers.get(key, _THEMSELVES) if key != NOBODY else _THEMSELVES for key in keys}


def _rows(found: Sequence[Mapping[str, Any]], known: Names) -> list[Row]:
    charges = Charge.objects.in_bulk({one["charge_id"] for one in found if one["charge_id"]})
    clients = Client.objects.in_bulk({one["client_id"] for one in found if one["client_id"]})
    claims = _claims([row.attendance_id for row in charges.values()])
    return [_row(one, charges.get(one["charge_id"]), clients.get(one["client_id"]), claims, known) for one in found]


def _claims(attendance_ids: Sequence[int]) -> dict[tuple[int, int], Claim]:
    """The last claim of each session with each payer."""
    rows = ClaimSession.objects.filter(attendance__in=attendance_ids).exclude(claim__status=Claim.Status.WITHDRAWN)
    found = rows.select_related("claim").order_by("claim")
    return {(row.attendance_id, row.claim.payer_id): row.claim for row in found}


def _row(
    one: Mapping[str, Any],
    charge: Charge | None,
    client: Client | None,
    claims: Mapping[tuple[int, int], Claim],
    known: Names,
) -> Row:
    claim = claims.get((charge.attendance_id, one["asked"] or 0)) if charge else None
    return Row(
        charge_id=one["charge_id"],
        client_id=client.pk if client else 0,
        client=client.name if client else "No client",
        client_number=client.number if client else 0,
        since=one["since"],
        what=(charge.code or charge.get_kind_display()) if charge else "Opening balance",
        payer=known.payers.get(one["asked"], _THEMSELVES) if one["asked"] else _THEMSELVES,
        clinician=known.clinician(one["giver"]),
        claim_id=claim.pk if claim else None,
        claim=claim.get_status_display() if claim else "",
        amount=one["amount"],
    )
