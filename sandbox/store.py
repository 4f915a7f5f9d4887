"""What the sandbox remembers: which files it has taken, what it answered, which day it is for the payer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sandbox.schema import SCHEMA


@dataclass(frozen=True, slots=True)
class Answer:
    """A file the sandbox wrote; cursors grow in the order of writing."""

    cursor: int
    login: str
    name: str
    content: bytes


class Store:
    """The state of one folder. One thread uses it; a file and all its answers are one transaction."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.executescript(SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is done inside."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    @property
    def day(self) -> date | None:
        """What day it is for the payer; None until a file or somebody said so."""
        value = self._fact("day")
        return date.fromisoformat(value) if value else None

    def advance(self, day: date) -> bool:
        """Move the payer's day on to `day`; whether it has not already been later."""
        if self.day is not None and day < self.day:
            return False
        self._set_fact("day", day.isoformat())
        return True

    def next_number(self, counter: str) -> int:
        """The next number of a counter, from 1."""
        number = int(self._fact(counter) or 0) + 1
        self._set_fact(counter, str(number))
        return number

    def is_new_file(self, login: str, name: str, digest: str) -> bool:
        """Remember a file; whether it was not known under this name with this content."""
        return self._insert("INSERT OR IGNORE INTO files VALUES (?, ?, ?)", login, name, digest)

    def is_new_interchange(self, sender: str, control: str) -> bool:
        """Remember an interchange control number; whether its sender has not used it before."""
        return self._insert("INSERT OR IGNORE INTO interchanges VALUES (?, ?)", sender, control)

    def submission(self, key: str) -> tuple[str, str] | None:
        """The digest and the receipt given under an idempotency key."""
        found = self.connection.execute("SELECT digest, receipt FROM submissions WHERE key = ?", (key,)).fetchone()
        return (found[0], found[1]) if found else None

    def keep_submission(self, key: str, digest: str, receipt: str) -> None:
        """Remember what was answered under an idempotency key."""
        self.connection.execute("INSERT INTO submissions VALUES (?, ?, ?)", (key, digest, receipt))

    def keep_answer(self, login: str, name: str, content: bytes) -> None:
        """Remember an answer; it is delivered after the commit."""
        self.connection.execute("INSERT INTO answers (login, name, content) VALUES (?, ?, ?)", (login, name, content))

    def answers(self, after: int = 0) -> list[Answer]:
        """The answers after a cursor."""
        return self._answers("cursor > ? ORDER BY cursor", after)

    def answer(self, name: str) -> Answer | None:
        """One answer by its name."""
        return next(iter(self._answers("name = ?", name)), None)

    def undelivered(self) -> list[Answer]:
        """The answers that do not yet lie in /outbound."""
        return self._answers("delivered = ? ORDER BY cursor", 0)

    def mark_delivered(self, answer: Answer) -> None:
        """Say that an answer lies in /outbound."""
        self.connection.execute("UPDATE answers SET delivered = 1 WHERE cursor = ?", (answer.cursor,))

    def _answers(self, condition: str, value: int | str) -> list[Answer]:
        sql = f"SELECT cursor, login, name, content FROM answers WHERE {condition}"  # noqa: S608 - constants
        return [Answer(*row) for row in self.connection.execute(sql, (value,))]

    def _insert(self, sql: str, *values: str) -> bool:
        return self.connection.execute(sql, values).rowcount == 1

    def _fact(self, name: str) -> str | None:
        found = self.connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def _set_fact(self, name: str, value: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))
