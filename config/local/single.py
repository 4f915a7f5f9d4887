"""One `make run` a checkout: whoever runs holds a file and says there who and where it is."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from config.local import places
from config.local.shell import LocalError, private_folder
from config.local.web import FIRST_PORT, address

STOP_SECONDS = 60


class AlreadyRunsError(LocalError):
    """Another `make run` of this checkout has not ended."""


@contextlib.contextmanager
def alone(port: int) -> Iterator[None]:
    """Holds this checkout's place; AlreadyRunsError, with the address, when another process holds it."""
    with _file().open("a+", encoding="utf-8") as place:
        if not _taken(place):
            where = address(_holder().get("port", FIRST_PORT))
            raise AlreadyRunsError(f"Caseload runs already, at {where}   (make stop ends it)")
        place.truncate(0)
        place.write(json.dumps({"pid": os.getpid(), "port": port}))
        place.flush()
        yield
        place.truncate(0)


@contextlib.contextmanager
def nobody_runs() -> Iterator[bool]:
    """Ends the one who runs and holds the place instead; yields whether there was one."""
    with _file().open("a+", encoding="utf-8") as place:
        deadline = time.monotonic() + STOP_SECONDS
        ended = False
        while not _taken(place):
            if time.monotonic() > deadline:
                raise LocalError(f"Caseload does not stop; its process is {_holder().get('pid')}.")
            ended = _end(_holder().get("pid")) or ended
            time.sleep(0.5)
        yield ended


def _end(pid: int | None) -> bool:
    if pid is None:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    return True


def _taken(place: TextIO) -> bool:
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder() -> dict[str, int]:
    """Process and port of the one who runs; empty for the moment before it has said so."""
    said: dict[str, int] = json.loads(_file().read_text(encoding="utf-8") or "{}")
    return said


def _file() -> Path:
    return private_folder(places.profile()) / "run.json"
