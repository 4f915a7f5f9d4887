"""What stands behind the pages; every call waits its turn at the office's one thread."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Protocol

from sandbox.journal import Entry
from sandbox.mischief import Mischief
from sandbox.realtime import Kind


class InFlightError(RuntimeError):
    """The first request with this key is still worked on."""


class Counter(Protocol):
    """The calls that pages make, and the misdeeds that are ordered."""

    mischief: Mischief

    def login_of(self, key: str) -> str | None:
        """The login whose API key this is."""

    def submit(self, login: str, key: str, content: bytes) -> tuple[int, str] | None:
        """Status and body for claims, or None when the key was used for another body; InFlightError."""

    def ask(self, login: str, kind: Kind, content: bytes) -> tuple[int, str]:
        """Status and body for a question."""

    def entries(self, login: str, after: int | datetime, limit: int) -> list[Entry]:
        """What a login sent and what came for it, after a cursor or a moment."""

    def entry(self, login: str | None, number: str) -> Entry | None:
        """One of them by its transaction or execution; of any login when it is None."""

    def answers(self, after: int) -> list[dict[str, Any]]:
        """The answers after a cursor."""

    def answer(self, name: str) -> bytes | None:
        """One answer."""

    def day(self) -> date | None:
        """The payer's day."""

    def move_to(self, day: date) -> bool:
        """Move the payer's day on; whether it was not later already."""
