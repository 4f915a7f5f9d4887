"""What each login sent and got over the API, in order: the stream that Stedi's polling endpoint pages through."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sandbox.envelopes import NO_DAY
from sandbox.store import Store

INBOUND: Final = "INBOUND"
OUTBOUND: Final = "OUTBOUND"
NAMES: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://sandbox.invalid/transactions")
NOON: Final = time(12, 0)
COLUMNS: Final = "cursor, login, direction, number, at, content"


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction; `number` names it in addresses, `content` is its interchange, `at` when it was processed."""

    cursor: int
    login: str
    direction: str
    number: str
    at: datetime
    content: bytes


class Journal:
    """The stream in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._run = store.connection.execute

    def add(self, login: str, direction: str, content: bytes) -> None:
        """Put a transaction at the end of a login's stream."""
        cursor = self._store.next_number("transaction")
        number = str(uuid.uuid5(NAMES, f"{login} {cursor}"))
        at = moment(self._store.day, cursor)
        values = (cursor, login, direction, number, at.isoformat(), content)
        self._run(f"INSERT INTO transactions ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", values)  # noqa: S608

    def after(self, login: str, after: int | datetime, limit: int) -> list[Entry]:
        """A page of a login's stream."""
        if isinstance(after, datetime):
            return self._entries("login = ? AND at > ?", login, after.astimezone(UTC).isoformat(), limit)
        return self._entries("login = ? AND cursor > ?", login, after, limit)

    def find(self, login: str | None, number: str) -> Entry | None:
        """One transaction of a login, or of any."""
        found = self._entries("number = ? AND (? IS NULL OR login = ?)", number, login, login, 1)
        return found[0] if found else None

    def _entries(self, condition: str, *values: Any) -> list[Entry]:
        sql = f"SELECT {COLUMNS} FROM transactions WHERE {condition} ORDER BY cursor LIMIT ?"  # noqa: S608 - constants
        return [
            Entry(cursor, login, direction, number, datetime.fromisoformat(at), content)
            for cursor, login, direction, number, at, content in self._run(sql, values)
        ]


def moment(day: date | None, cursor: int) -> datetime:
    """When a transaction counts as processed: noon UTC after the payer's day, later by a millisecond for each one.

    There is no wall clock here. Noon after the day lies behind every moment of that day in any zone of the country,
    so whoever asks for what came since this morning finds it.
    """
    return datetime.combine(day or NO_DAY, NOON, UTC) + timedelta(days=1, milliseconds=cursor)
