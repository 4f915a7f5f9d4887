"""The first rows of each kind as a preview shows them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from desk.imports.columns import Kind
from desk.imports.parsing.records import Parsed

_FIRST: Final = 5
_RANKS: Final = {"primary": "Primary", "secondary": "Secondary"}
_STATUS: Final = {
    "held": "Held", "scheduled": "Scheduled", "no_show": "No-show", "late_canceled": "Late cancel",
    "canceled": "Canceled",
}  # fmt: skip
_HEADS: Final = {
    Kind.CLINICIANS: ("Name", "Letters", "NPI", "Email", "Started"),
    Kind.CLIENTS: ("Name", "Born", "Phone", "Email", "Clinician"),
    Kind.COVERAGE: ("Client", "Insurer", "Member ID", "Rank", "From"),
    Kind.SESSIONS: ("Client", "Clinician", "Day", "Time", "Service", "What happened"),
    Kind.BALANCES: ("Client", "Owed by", "Of", "Amount"),
}


def sample(parsed: Parsed) -> list[dict[str, Any]]:
    """A small table of each kind that the file brings."""
    return [
        {
            "kind": kind,
            "heads": heads,
            "of": len(parsed.of_kind(kind)),
            "rows": [
                (row.row, list(zip(heads, _cells(kind, row), strict=True))) for row in parsed.of_kind(kind)[:_FIRST]
            ],
        }
        for kind, heads in _HEADS.items()
        if parsed.of_kind(kind)
    ]


def _cells(kind: str, row: Any) -> list[str]:
    tellers = {
        Kind.CLINICIANS: _clinician, Kind.CLIENTS: _client, Kind.COVERAGE: _coverage, Kind.SESSIONS: _session,
        Kind.BALANCES: _balance,
    }  # fmt: skip
    return tellers[Kind(kind)](row)


def _clinician(row: Any) -> list[str]:
    return [row.who.name, row.values["credentials"], row.who.npi, row.who.email, _day(row.starts_on)]


def _client(row: Any) -> list[str]:
    values = row.values
    return [row.who.name, _day(row.who.date_of_birth), values["phone"], values["email"], row.clinician.name]


def _coverage(row: Any) -> list[str]:
    rank = _RANKS[row.values["rank"]]
    return [row.client.name, row.payer_name, row.values["member_id"], rank, _day(row.starts_on)]


def _session(row: Any) -> list[str]:
    at = f"{row.time:%I:%M %p}".lstrip("0") if row.has_time else ""
    service = row.code or row.title
    return [row.client.name, row.clinician.name, _day(row.date), at, service, _STATUS[row.status]]


def _balance(row: Any) -> list[str]:
    by = (row.payer_name or "Insurer") if row.by_insurer else "Client"
    by = f"{by}, credit" if row.is_credit else by
    return [row.client.name, by, _day(row.on), f"${row.amount:,.2f}"]


def _day(day: dt.date | None) -> str:
    return f"{day:%b} {day.day}, {day.year}" if day else ""
