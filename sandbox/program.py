"""The running program: one thread works on files, SFTP and HTTP are its doors."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from threading import Lock, Thread, Timer
from typing import Any, TypeVar

import asyncssh

from sandbox import sftp
from sandbox.doors.counter import InFlightError
from sandbox.doors.server import Server
from sandbox.journal import Entry
from sandbox.mischief import Mischief
from sandbox.office import Office
from sandbox.realtime import Kind
from sandbox.scenario import Scenario

Given = TypeVar("Given")

log = logging.getLogger("sandbox")


class Clerk:
    """Passes calls to the office's one thread, in the order they come."""

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        self._thread = ThreadPoolExecutor(1, "office")
        self._logins = {login.key: login.user for login in scenario.logins if login.key}
        self._lock = Lock()
        self._in_flight: set[tuple[str, str]] = set()
        self.mischief = Mischief(scenario.misbehave)
        self.office = self._wait(lambda: Office(scenario, folder, self.mischief, self._later))

    def arrived(self, login: str, name: str) -> None:
        """A file is complete; it is worked on when its turn comes."""
        self._thread.submit(self.office.take_file, login, name).add_done_callback(_report)

    def catch_up(self) -> None:
        """See to what lay there before the start."""
        self._wait(self.office.catch_up)

    def login_of(self, key: str) -> str | None:
        """The login whose API key this is."""
        return self._logins.get(key)

    def submit(self, login: str, key: str, content: bytes) -> tuple[int, str] | None:
        """Claims over the API; InFlightError while the first request with the key is worked on."""
        with self._in_hand(login, key):
            receipt = self._wait(lambda: self.office.submit(login, key, content))
            self.mischief.hang(login)
        return receipt

    def ask(self, login: str, kind: Kind, content: bytes) -> tuple[int, str]:
        """A question over the API."""
        self.mischief.hang(login)
        return self._wait(lambda: self.office.ask(kind, content))

    @contextmanager
    def _in_hand(self, login: str, key: str) -> Iterator[None]:
        """Nobody else works under this key meanwhile."""
        with self._lock:
            if key and (login, key) in self._in_flight:
                raise InFlightError(key)
            self._in_flight.add((login, key))
        try:
            yield
        finally:
            with self._lock:
                self._in_flight.discard((login, key))

    def entries(self, login: str, after: int | datetime, limit: int) -> list[Entry]:
        """A page of a login's stream."""
        self.mischief.hang(login)
        return self._wait(lambda: self.office.entries(login, after, limit))

    def entry(self, login: str | None, number: str) -> Entry | None:
        """One transaction of a stream."""
        return self._wait(lambda: self.office.entry(login, number))

    def answers(self, after: int) -> list[dict[str, Any]]:
        """The answers after a cursor."""
        return self._wait(lambda: self.office.answers(after))

    def answer(self, name: str) -> bytes | None:
        """One answer."""
        return self._wait(lambda: self.office.answer(name))

    def day(self) -> date | None:
        """The payer's day."""
        return self._wait(self.office.day)

    def move_to(self, day: date) -> bool:
        """Move the payer's day on."""
        return self._wait(lambda: self.office.move_to(day))

    def close(self) -> None:
        """Finish what is being worked on; what waits is taken at the next start."""
        self._thread.shutdown(cancel_futures=True)

    def _later(self, seconds: float, call: Callable[[], None]) -> None:
        """Have the office do something after a while; not any more once the program ends."""

        def ring() -> None:
            with suppress(RuntimeError):
                self._thread.submit(call).add_done_callback(_report)

        timer = Timer(seconds, ring)
        timer.daemon = True
        timer.start()

    def _wait(self, call: Callable[[], Given]) -> Given:
        return self._thread.submit(call).result()


async def run(scenario: Scenario, folder: Path, sftp_port: int, http_port: int, ready: Callable[[str], None]) -> None:
    """Serve until cancelled; `ready` gets the line that says where."""
    logins = {login.user: login.password for login in scenario.logins}
    root, key = folder / "sftp", await asyncio.to_thread(_prepare, folder, logins)
    clerk = await asyncio.to_thread(Clerk, scenario, folder)
    await asyncio.to_thread(clerk.catch_up)
    pages = Server(http_port, clerk)
    Thread(target=pages.serve_forever, daemon=True).start()
    acceptor = await sftp.serve(sftp_port, root, key, logins, clerk)
    try:
        ready(_announcement(folder, acceptor.get_port(), pages.server_port, key.export_public_key().decode().strip()))
        await asyncio.Event().wait()
    finally:
        acceptor.close()
        pages.shutdown()
        pages.server_close()
        clerk.close()


def _prepare(folder: Path, logins: Mapping[str, str]) -> asyncssh.SSHKey:
    """Make the folders that are not there, and the host key; what an earlier run said of itself is over."""
    (folder / "ready.json").unlink(missing_ok=True)
    sftp.make_folders(folder / "sftp", logins)
    return sftp.host_key(folder)


def _announcement(folder: Path, sftp_port: int, http_port: int, host_key: str) -> str:
    """Write ready.json, and say the same in one line."""
    facts = {"sftp_port": sftp_port, "http_port": http_port, "host_key": host_key}
    unfinished = folder / "ready.json.part"
    unfinished.write_text(json.dumps(facts), encoding="utf-8")
    unfinished.replace(folder / "ready.json")
    return f"ready sftp={sftp_port} http={http_port} host-key={host_key}"


def _report(done: Future[None]) -> None:
    """Say on standard error what went wrong with a file; it stays to be taken at the next start."""
    if not done.cancelled() and (error := done.exception()):
        log.error("A file could not be worked on.", exc_info=error)
