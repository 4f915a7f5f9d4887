"""Real processes for tests: a worker and a web server on the test database, and waiting for what they do."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Self

from django.db import connections
from psycopg.conninfo import make_conninfo

from config.celery import app
from config.local import places, steps, web

PATIENCE = 30.0
GLANCE = 0.02
FIRST_PORT, PORTS = 20000, 100
_TIED = "import ctypes, os, sys; ctypes.CDLL(None).prctl(1, 15); os.execv(sys.argv[1], sys.argv[1:])"
_ROLES = {"DATABASE_URL": "app_web", "DATABASE_OWNER_URL": "app_owner"}
_PAGES = ("--workers", "1", "--threads", "4", "--graceful-timeout", "1", "--no-control-socket")


def wait_until(condition: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Returns as soon as the condition holds; AssertionError, saying what was waited for, at the deadline."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, f"After {seconds:.0f} s there was still no sign of: {what}."
        pause.wait(GLANCE)


class Running:
    """A process with its children, of which nothing is left when the block ends, however it ends."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self._said = TemporaryFile()  # noqa: SIM115 - open as long as the process runs
        self._process = subprocess.Popen(  # noqa: S603 - our own programs
            tied(command),
            cwd=places.ROOT,
            env=surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._said.close()

    @property
    def said(self) -> str:
        """What it wrote, for who wonders why it does not do what it should."""
        self._said.seek(0)
        return self._said.read().decode(errors="replace")

    @property
    def lives(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def kill(self) -> None:
        """SIGKILL to it and its children at once: nothing is finished, nothing is said."""
        if self.lives or self._process.returncode is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def tied(command: tuple[str, ...]) -> tuple[str, ...]:
    """The same program, which Linux ends when this process is killed and cannot end it (PR_SET_PDEATHSIG)."""
    return (sys.executable, "-c", _TIED, *command) if platform.system() == "Linux" else command


def surroundings() -> dict[str, str]:
    """This environment, with the addresses of the test database in it."""
    name = str(connections["owner"].settings_dict["NAME"])
    assert name.startswith("test"), f"{name} is no test database."
    given = {key: os.environ.get(key) or places.database_url(role) for key, role in _ROLES.items()}
    addresses = {key: make_conninfo(url, dbname=name) for key, url in given.items()}
    return {**os.environ, **addresses, "DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONUNBUFFERED": "1"}


def empty_queue() -> None:
    """Forgets what earlier tests asked for on this test process's own queue."""
    app.control.purge()


def worker() -> Running:
    """A Celery worker on this test process's own queue."""
    return Running(steps.worker(concurrency=1).command)


class Pages(Running):
    """A web server of these pages, which answers once it is made."""

    def __init__(self, module: str) -> None:
        port = web.free_port(FIRST_PORT + PORTS * (os.getpid() % PORTS))
        self.address = f"http://localhost:{port}"
        super().__init__((*steps.PYTHON, "gunicorn", module, "--bind", f"127.0.0.1:{port}", *_PAGES))
        try:
            wait_until(lambda: web.is_healthy(port) or not self.lives, "an answer of the pages")
            assert self.lives, self.said
        except BaseException:
            self.kill()
            raise


def chromium() -> Path:
    """The Chromium of this machine; without one the test fails with the line that installs it."""
    from practice.management import machine

    path = machine.browser()
    assert path, f"Browser tests: {machine.install_line(list(machine.BROWSER_PACKAGES))}"
    return Path(path)
