"""The sandbox as a process of its own, where Django cannot be imported and no database has an address."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncssh
import httpx

ROOT = Path(__file__).parents[2]
SCENARIOS = Path(__file__).parent / "scenarios"
PATIENCE = 30.0
PASSWORD = "sandbox-only"

GUARD = """
import runpy, sys
class Refused:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "psycopg", "celery", "config", "practice", "billing", "desk"}:
            raise ImportError(f"the sandbox may not import {name}")
sys.meta_path.insert(0, Refused())
runpy.run_module("sandbox", run_name="__main__", alter_sys=True)
"""


def wait_for(found: Callable[[], Any], what: str) -> Any:
    """What is found, as soon as it is; AssertionError at the deadline."""
    deadline, pause = time.monotonic() + PATIENCE, threading.Event()
    while not (result := found()):
        assert time.monotonic() < deadline, f"There was no sign of {what}."
        pause.wait(0.02)
    return result


class Sandbox:
    """A running sandbox and its two doors."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self.folder = folder
        self.process = process
        self.facts = json.loads(wait_for(self._ready, "ready.json"))
        self.pages = httpx.Client(base_url=f"http://127.0.0.1:{self.facts['http_port']}", trust_env=False)

    def _ready(self) -> str:
        assert self.process.poll() is None, "The sandbox ended before it was ready."
        ready = self.folder / "ready.json"
        return ready.read_text(encoding="utf-8") if ready.exists() else ""

    def names(self) -> list[str]:
        """The answers so far, in order."""
        return [answer["name"] for answer in self.pages.get("/answers").json()["answers"]]

    def api(self, key: str = "sandbox-key-caseload") -> httpx.Client:
        """A client of Stedi's API with a key; it follows no redirect by itself."""
        return httpx.Client(base_url=self.pages.base_url, headers={"Authorization": key}, trust_env=False)

    @contextmanager
    def mailbox(self) -> Iterator[Mailbox]:
        """A login over SFTP, with the host key pinned."""
        mailbox = Mailbox(self.facts, PASSWORD)
        try:
            yield mailbox
        finally:
            mailbox.close()


class Mailbox:
    """The SFTP client of a clearinghouse connection, one call at a time."""

    def __init__(self, facts: dict[str, Any], password: str) -> None:
        self._run = asyncio.Runner()
        self._connection: asyncssh.SSHClientConnection | None = None
        try:
            self._run.run(self._open(facts, password))
        except BaseException:
            self._run.close()
            raise

    async def _open(self, facts: dict[str, Any], password: str) -> None:
        pinned = asyncssh.import_known_hosts(f"[127.0.0.1]:{facts['sftp_port']} {facts['host_key']}")
        self._connection = await asyncssh.connect(
            "127.0.0.1",
            facts["sftp_port"],
            username="caseload",
            password=password,
            known_hosts=pinned,
            config=None,
            client_keys=None,
            agent_path=None,
        )
        self._sftp = await self._connection.start_sftp_client()

    def put(self, name: str, content: bytes) -> None:
        """Write a file under the name it is to have."""
        self._run.run(self._put(f"/inbound/{name}", content))

    async def _put(self, path: str, content: bytes) -> None:
        async with self._sftp.open(path, "wb") as file:
            await file.write(content)

    def break_off(self, name: str, content: bytes) -> None:
        """Lose the connection in the middle of a file."""
        self._run.run(self._break_off(f"/inbound/{name}", content))

    async def _break_off(self, path: str, content: bytes) -> None:
        file = await self._sftp.open(path, "wb")
        await file.write(content)
        assert self._connection is not None
        self._connection.abort()
        await self._connection.wait_closed()

    def rename(self, old: str, new: str) -> None:
        """Give a file of /inbound another name."""
        self._run.run(self._sftp.posix_rename(f"/inbound/{old}", f"/inbound/{new}"))

    def remove(self, path: str) -> None:
        """Delete a file."""
        self._run.run(self._sftp.remove(path))

    def outbound(self) -> list[str]:
        """The names in /outbound."""
        names = self._run.run(self._sftp.listdir("/outbound"))
        return sorted(str(name) for name in names if name not in {".", ".."})

    def get(self, name: str) -> bytes:
        """An answer."""
        return self._run.run(self._get(f"/outbound/{name}"))

    async def _get(self, path: str) -> bytes:
        async with self._sftp.open(path, "rb") as file:
            content: bytes = await file.read()
        return content

    def close(self) -> None:
        """Log out."""
        if self._connection is not None:
            self._connection.close()
            self._run.run(self._connection.wait_closed())
        self._run.close()


@contextmanager
def running(folder: Path, scenario: str = "loop") -> Iterator[Sandbox]:
    """A sandbox in a folder; it is ended as a person ends it."""
    (folder / "ready.json").unlink(missing_ok=True)
    process = start(folder, SCENARIOS / f"{scenario}.toml")
    sandbox = None
    try:
        sandbox = Sandbox(folder, process)
        yield sandbox
    finally:
        if sandbox is not None:
            sandbox.pages.close()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        finally:
            process.kill()
            process.wait()


def start(folder: Path, scenario: Path) -> subprocess.Popen[bytes]:
    """The process, behind the guard."""
    surroundings = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    ports = ["--sftp-port", "0", "--http-port", "0"]
    command = [sys.executable, "-c", GUARD, "--folder", str(folder), *ports, "--scenario", str(scenario)]
    return subprocess.Popen(  # noqa: S603 - our own program
        command,
        cwd=ROOT,
        env={**surroundings, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
    )
