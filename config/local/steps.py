"""What `make run` does between the services and the pages: the list to extend."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from config.local import places


@dataclass(frozen=True, slots=True)
class Preparation:
    """A management command that must have run before the pages open; safe to run at every start."""

    label: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A process that runs as long as the installation does."""

    name: str
    command: tuple[str, ...]

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return places.profile() / "log" / f"{self.name.replace(' ', '-')}.log"


PREPARATIONS: Final = (Preparation("Database tables", ("migrate", "--database", "owner", "--verbosity", "0")),)

# Commands whose output closes the start, below the address: the logins to try.
CLOSING_WORDS: Final[tuple[tuple[str, ...], ...]] = ()


def programs(port: int) -> tuple[Program, ...]:
    """The processes of the installation, in the order they start."""
    python = (sys.executable, "-m")
    celery = (*python, "celery", "--quiet", "-A", "config.celery")
    threads = ("--worker-class", "gthread", "--workers", "2", "--threads", "4")
    web = (*python, "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", *threads, "--graceful-timeout", "5")
    schedule = str(places.profile() / "beat")
    return (
        Program("web server", (*web, "--no-control-socket")),
        Program("worker", (*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle")),
        Program("beat", (*celery, "beat", "--schedule", schedule, "--pidfile=")),
    )
