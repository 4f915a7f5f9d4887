"""What held on given dates, for the rooms above: coverages and diagnoses of many clients in one query each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol, TypeVar

from clients.models import ClientDiagnosis, Coverage

Wanted = tuple[int, dt.date]


class _Spanned(Protocol):
    client_id: int
    starts_on: dt.date
    ends_on: dt.date | None


_Row = TypeVar("_Row", bound=_Spanned)


def coverages_for(wanted: Collection[Wanted]) -> dict[Wanted, list[Coverage]]:
    """The coverages, with their payers, of each (client id, date): the primary first, an empty list for none."""
    rows = Coverage.objects.filter(client__in={client_id for client_id, _ in wanted})
    return _on(wanted, rows.select_related("payer").order_by("rank", "starts_on"))


def coverages_on(date_by_client: Mapping[int, dt.date]) -> dict[int, list[Coverage]]:
    """As `coverages_for`, for one date of each client; by client id."""
    return {client_id: rows for (client_id, _), rows in coverages_for(list(date_by_client.items())).items()}


def diagnoses_for(wanted: Collection[Wanted]) -> dict[Wanted, list[ClientDiagnosis]]:
    """The diagnoses of each (client id, date), in the order claims list them; an empty list for none."""
    rows = ClientDiagnosis.objects.filter(client__in={client_id for client_id, _ in wanted})
    return _on(wanted, rows.order_by("rank", "pk"))


def diagnoses_on(date_by_client: Mapping[int, dt.date]) -> dict[int, list[ClientDiagnosis]]:
    """As `diagnoses_for`, for one date of each client; by client id."""
    return {client_id: rows for (client_id, _), rows in diagnoses_for(list(date_by_client.items())).items()}


def _on(wanted: Collection[Wanted], rows: Iterable[_Row]) -> dict[Wanted, list[_Row]]:
    of_client: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        of_client[row.client_id].append(row)
    return {(pk, date): [row for row in of_client[pk] if holds(row, date)] for pk, date in wanted}


def holds(row: _Spanned, date: dt.date) -> bool:
    """Whether the row's days contain the date, both ends included."""
    return row.starts_on <= date and (row.ends_on is None or date <= row.ends_on)
