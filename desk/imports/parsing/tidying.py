"""What is seen only when all rows are read: who occurs on several rows, and since when they are known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from desk.imports.parsing.records import CoverageRow, Parsed
from desk.imports.problems import Problem, Severity


def once(found: Parsed) -> None:
    """A client or a coverage that stands on many rows of a list of sessions is taken once."""
    if found.sessions:
        found.clients = list({row.who.key: row for row in reversed(found.clients)}.values())[::-1]
    found.coverage = list({_same(row): row for row in reversed(found.coverage)}.values())[::-1]
    _sessions_once(found)


def earliest_days(found: Parsed) -> None:
    """Who comes without a first day is known since their first session, and so is their insurance."""
    first: dict[str, dt.date] = {}
    for row in found.sessions:
        first[row.client.key] = min(row.date, first.get(row.client.key, row.date))
    for client in found.clients:
        client.values["since"] = client.values["since"] or first.get(client.who.key)
    since = {client.who.key: client.values["since"] for client in found.clients}
    found.coverage = [
        replace(row, starts_on=row.starts_on or first.get(row.client.key) or since.get(row.client.key))
        for row in found.coverage
    ]


def _same(row: CoverageRow) -> tuple[object, ...]:
    return (row.client.key, row.payer_name.casefold(), row.values.get("rank"), row.values["member_id"], row.starts_on)


def _sessions_once(found: Parsed) -> None:
    seen: dict[tuple[object, ...], int] = {}
    kept = []
    for row in found.sessions:
        key = (row.client.key, row.clinician.key, row.date, row.time, row.code or row.title)
        first = seen.setdefault(key, row.row)
        if first == row.row:
            kept.append(row)
            continue
        words = f"Row {first} has the same client, clinician, time and service. This one is left out."
        found.problems.append(Problem(row.row, "", "", words, "W-DUP", Severity.WARNING))
    found.sessions = kept
