"""Where files are worked on, one after another: taken exactly once, answered in one transaction, then delivered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sandbox import realtime
from sandbox.books import Books
from sandbox.intake import take
from sandbox.journal import Entry, Journal
from sandbox.mischief import Mischief, Misdeed
from sandbox.realtime import Kind
from sandbox.releasing import release
from sandbox.scenario import Scenario
from sandbox.sftp import INBOUND, OUTBOUND, is_finished
from sandbox.store import Answer, Store
from sandbox.submitting import submit
from sandbox.work import API, Work

Later = Callable[[float, Callable[[], None]], None]
"""Has something done after so many seconds, by the one thread that may."""


def _never(_: float, __: Callable[[], None]) -> None:
    """Without a program around it nothing happens later by itself; the next piece of work delivers what waits."""


class Office:
    """The sandbox without its doors. Not safe for several threads: one thread makes it and calls it."""

    def __init__(
        self, scenario: Scenario, folder: Path, mischief: Mischief | None = None, later: Later = _never
    ) -> None:
        self.scenario = scenario
        self.mischief = mischief or Mischief(scenario.misbehave)
        self._later = later
        self.root = folder / "sftp"
        self.store = Store(folder / "state.sqlite3")
        self.books = Books(self.store)
        self.journal = Journal(self.store)

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

    def submit(self, login: str, key: str, content: bytes) -> tuple[int, str] | None:
        """Work on claims that came over the API; status and body, or None when the key stands for another body."""
        digest, kept_as = _digest(content), f"{login} {key}"
        known = self.store.submission(kept_as) if key else None
        if known is not None:
            status, _, body = known[1].partition(" ")
            return (int(status), body) if known[0] == digest else None
        with self._work() as work:
            receipt = submit(work, login, content)
            body = json.dumps(receipt.body)
            if key:
                self.store.keep_submission(kept_as, digest, f"{receipt.status.value} {body}")
        return receipt.status.value, body

    def ask(self, kind: Kind, content: bytes) -> tuple[int, str]:
        """Answer a question; status and body."""
        with self._work() as work:
            receipt = realtime.ask(work, kind, content)
        return receipt.status.value, json.dumps(receipt.body)

    def entries(self, login: str, after: int | datetime, limit: int) -> list[Entry]:
        """A page of a login's stream."""
        return self.journal.after(login, after, limit)

    def entry(self, login: str | None, number: str) -> Entry | None:
        """One transaction of the stream of a login, or of any."""
        return self.journal.find(login, number)

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
        """Put answers into /outbound under a name that is complete only when the content is, unless told otherwise."""
        waiting = self.store.undelivered()
        held = self._held_back(waiting)
        for answer in waiting:
            if answer not in held and self._put(answer):
                self.store.mark_delivered(answer)

    def _held_back(self, waiting: list[Answer]) -> list[Answer]:
        """What comes later: all but the last of several answers, where they are to come out of order."""
        into_folders = [one for one in waiting if not one.login.endswith(API)]
        if len(into_folders) < 2:  # noqa: PLR2004 - one answer has no order
            return []
        order = self.mischief.take(Misdeed.OUT_OF_ORDER, into_folders[-1].login)
        if order is None:
            return []
        self._later(order.seconds, self.deliver)
        return into_folders[:-1]

    def _put(self, answer: Answer) -> bool:
        """Write an answer; whether it is whole."""
        folder = self.root / answer.login / OUTBOUND
        if answer.login.endswith(API) or not folder.is_dir():
            return True
        order = self.mischief.take(Misdeed.PARTIAL_FILE, answer.login)
        if order is not None:
            (folder / answer.name).write_bytes(answer.content[: len(answer.content) // 2])
            self._later(order.seconds, self.deliver)
            return False
        unfinished = self.root / answer.login / f"{answer.name}.part"
        unfinished.write_bytes(answer.content)
        unfinished.replace(folder / answer.name)
        return True

    @contextmanager
    def _work(self) -> Iterator[Work]:
        """One transaction, and the delivery of its answers."""
        with self.store.transaction():
            work = Work(self.scenario, self.store, self.books, self.mischief)
            yield work
            work.keep()
        self.deliver()


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _listed(answer: Answer) -> dict[str, Any]:
    """An answer as the list over HTTP names it."""
    facts = {"cursor": answer.cursor, "login": answer.login, "name": answer.name, "size": len(answer.content)}
    return {**facts, "sha256": _digest(answer.content)}
