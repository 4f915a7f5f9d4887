"""Where files are worked on, one after another: taken exactly once, answered in one transaction, then delivered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sandbox.books import Books
from sandbox.intake import take
from sandbox.releasing import release
from sandbox.scenario import Scenario
from sandbox.sftp import INBOUND, OUTBOUND, is_finished
from sandbox.store import Answer, Store
from sandbox.work import Work

OVER_HTTP: Final = "http"
"""The login under which claims that came over HTTP are kept; it has no folders."""


class Office:
    """The sandbox without its doors. Not safe for several threads: one thread makes it and calls it."""

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        self.scenario = scenario
        self.root = folder / "sftp"
        self.store = Store(folder / "state.sqlite3")
        self.books = Books(self.store)

    def close(self) -> None:
        """Let go of the state."""
        self.store.close()

    def catch_up(self) -> None:
        """At the start: deliver what was not, and take what arrived meanwhile, by name."""
        self.deliver()
        for login in self.scenario.logins:
            for path in sorted((self.root / login.user / INBOUND).iterdir()):
                if path.is_file() and is_finished(path.name):
                    self.take_file(login.user, path.name)

    def take_file(self, login: str, name: str) -> None:
        """Work on a file of a login's /inbound, unless it is gone or was worked on before."""
        path = self.root / login / INBOUND / name
        if not path.is_file():
            return
        content = path.read_bytes()
        with self._work() as work:
            if self.store.is_new_file(login, name, _digest(content)):
                take(work, login, content)

    def submit(self, key: str, content: bytes) -> str | None:
        """Work on claims that came over HTTP; the receipt, or None when the key stands for another body."""
        digest = _digest(content)
        known = self.store.submission(key)
        if known is not None:
            return known[1] if known[0] == digest else None
        with self._work() as work:
            taken = take(work, OVER_HTTP, content)
            receipt = json.dumps({"sha256": digest, "taken": taken, "answers": work.names})
            self.store.keep_submission(key, digest, receipt)
        return receipt

    def move_to(self, day: date) -> bool:
        """Move the payer's day on, and send the remittances that are due by then."""
        with self._work() as work:
            moved = self.store.advance(day)
            release(work)
        return moved

    def day(self) -> date | None:
        """The payer's day."""
        return self.store.day

    def answer(self, name: str) -> bytes | None:
        """One answer."""
        found = self.store.answer(name)
        return found.content if found else None

    def answers(self, after: int) -> list[dict[str, Any]]:
        """What was answered after a cursor."""
        return [_listed(answer) for answer in self.store.answers(after)]

    def deliver(self) -> None:
        """Put answers into /outbound under a name that is complete only when the content is."""
        for answer in self.store.undelivered():
            if answer.login != OVER_HTTP:
                folder = self.root / answer.login / OUTBOUND
                unfinished = self.root / answer.login / f"{answer.name}.part"
                unfinished.write_bytes(answer.content)
                unfinished.replace(folder / answer.name)
            self.store.mark_delivered(answer)

    @contextmanager
    def _work(self) -> Iterator[Work]:
        """One transaction, and the delivery of its answers."""
        with self.store.transaction():
            yield Work(self.scenario, self.store, self.books)
        self.deliver()


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _listed(answer: Answer) -> dict[str, Any]:
    """An answer as the list over HTTP names it."""
    facts = {"cursor": answer.cursor, "login": answer.login, "name": answer.name, "size": len(answer.content)}
    return {**facts, "sha256": _digest(answer.content)}
