"""The sandbox payer while history is made: a process of its own whose day is moved on by hand."""

from __future__ import annotations

import ctypes
import datetime as dt
import http.client
import json
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from desk.demo.sandbox import Doorway

SCENARIO: Final = Path(settings.BASE_DIR) / "sandbox" / "scenarios" / "history.toml"
PATIENCE: Final = 30
GLANCE: Final = 0.05
DIE_WITH_PARENT: Final = 1  # Linux: prctl(PR_SET_PDEATHSIG, …)


class PayerError(RuntimeError):
    """The sandbox payer did not start or did not do what it was told."""


@dataclass(frozen=True, slots=True)
class Payer:
    """A payer that runs."""

    doorway: Doorway
    http_port: int

    def move_on(self, day: dt.date) -> None:
        """Lets the payer's day be this one: what is due by then is paid. A day that has passed already stays."""
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=PATIENCE)
        try:
            body = json.dumps({"day": day.isoformat()})
            connection.request("POST", "/day", body, {"Content-Type": "application/json"})
            status = connection.getresponse().status
        finally:
            connection.close()
        if status not in {http.HTTPStatus.OK, http.HTTPStatus.CONFLICT}:
            raise PayerError(f"The sandbox payer answered {status} when its day was moved on to {day}.")


@contextmanager
def running(folder: Path) -> Iterator[Payer]:
    """Runs the payer in a folder, where it goes on from what it knew; it has ended when the block has."""
    folder.mkdir(parents=True, exist_ok=True)
    ready = folder / "ready.json"
    ready.unlink(missing_ok=True)
    command = [sys.executable, "-m", "sandbox", "--folder", str(folder), "--scenario", str(SCENARIO)]
    with (folder / "history.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=_die_with_us if platform.system() == "Linux" else None,  # noqa: PLW1509 - no threads here
        )
    try:
        yield _wait(ready, process, folder)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        ready.unlink(missing_ok=True)


def _die_with_us() -> None:
    """Has the kernel end the payer when we are killed outright and cannot."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def _wait(ready: Path, process: subprocess.Popen[bytes], folder: Path) -> Payer:
    deadline = time.monotonic() + PATIENCE
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise PayerError(f"The sandbox payer did not start. See {folder / 'history.log'}.")
        time.sleep(GLANCE)
    facts = json.loads(ready.read_text(encoding="utf-8"))
    return Payer(Doorway(int(facts["sftp_port"]), str(facts["host_key"])), int(facts["http_port"]))
