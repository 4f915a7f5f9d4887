"""Speaking to the person at the terminal and running other programs. Standard library only."""

from __future__ import annotations

import fcntl
import os
import pwd
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LAST_LINES = 25


class LocalError(Exception):
    """Something the person must put right; the text says what and how."""


def say(text: str = "", end: str = "\n") -> None:
    """Prints at once, also when the output is a pipe."""
    sys.stdout.write(text + end)
    sys.stdout.flush()


@contextmanager
def step(label: str) -> Iterator[None]:
    """Prints what is being done, and how long it took once it is done."""
    say(f"  {label} … ", end="")
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say("stopped")
        raise
    say(f"{time.monotonic() - started:.1f} s")


def quiet(command: Sequence[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
    """Runs a program without showing anything and returns its code with all it wrote, errors included."""
    return subprocess.run(
        [str(part) for part in command],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    )


def run(command: Sequence[str | Path], **options: Any) -> str:
    """Runs a program silently and returns what it wrote; raises LocalError with its last lines when it fails."""
    try:
        result = quiet(command, **options)
    except OSError as error:
        raise LocalError(f"{command[0]} cannot be started: {error.strerror}.") from error
    if result.returncode:
        raise LocalError(f"{command[0]} failed with exit code {result.returncode}:\n{tail(result.stdout)}")
    return result.stdout


def works(command: Sequence[str | Path], **options: Any) -> bool:
    """True when the program is there and ends well."""
    try:
        return quiet(command, **options).returncode == 0
    except OSError:
        return False


def tail(text: str) -> str:
    """The last lines of a program's output, which is where it says what went wrong."""
    return "\n".join(f"    {line}" for line in text.splitlines()[-LAST_LINES:])


def private_folder(folder: Path) -> Path:
    """Makes a folder that nobody else may enter, or raises LocalError when it is somebody else's."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    trusted = {os.geteuid()} if os.geteuid() else {0, pwd.getpwnam("nobody").pw_uid}
    if folder.stat().st_uid not in trusted:
        raise LocalError(f"{folder} belongs to another user. Work as that user, or remove the folder.")
    return folder


@contextmanager
def only_one(file: Path) -> Iterator[None]:
    """Waits until no other process holds this file, so that two starts do not meet."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def environment(**changes: str) -> Mapping[str, str]:
    """This process's environment with changes."""
    return {**os.environ, **changes}
