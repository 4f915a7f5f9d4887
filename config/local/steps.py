"""What `make run` does between the services and the pages: the list to extend."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from config.local import places, sandbox


@dataclass(frozen=True, slots=True)
class Preparation:
    """A management command that must have run before the pages open; safe to run at every start.

    Those that meet the sandbox payer run once it answers; the others before it starts.
    """

    label: str
    command: tuple[str, ...]
    meets_payer: bool = False


@dataclass(frozen=True, slots=True)
class Program:
    """A process that runs as long as the installation does."""

    name: str
    command: tuple[str, ...]

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return places.profile() / "log" / f"{self.name.replace(' ', '-')}.log"


PREPARATIONS: Final = (
    Preparation("Database tables", ("migrate", "--database", "owner", "--verbosity", "0")),
    Preparation("Payer directory and code sets", ("load_reference", "--verbosity", "0")),
    Preparation("Diagnosis codes", ("load_icd10", "--if-missing", "--verbosity", "0")),
    Preparation("Demo", ("seed_demo", "--payer", str(sandbox.folder()))),
    Preparation("Sandbox payer connected", ("connect_sandbox", "--ready", str(sandbox.ready_file())), meets_payer=True),
)

REHEARSED: Final = PREPARATIONS[:3]  # the rehearsal makes a practice of its own

# Commands whose output closes the start, below the address: the logins to try.
CLOSING_WORDS: Final[tuple[tuple[str, ...], ...]] = (("demo_logins",),)

PYTHON: Final = (sys.executable, "-m")
CELERY: Final = (*PYTHON, "celery", "--quiet", "-A", "config.celery")
WEB_OPTIONS: Final = (
    *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
    *("--preload", "--graceful-timeout", "5", "--no-control-socket"),
)


def sandbox_payer() -> Program:
    """The test payer: up before the demo is connected to it."""
    doors = [argument for name, port in sandbox.ports().items() for argument in (f"--{name}-port", str(port))]
    return _payer(sandbox.folder(), sandbox.SCENARIO, *doors)


def rehearsed_payer() -> Program:
    """The test payer of the rehearsal, at whatever ports are free."""
    return _payer(sandbox.rehearsal_folder(), sandbox.CLEAN)


def _payer(folder: Path, scenario: Path, *doors: str) -> Program:
    where = ("--folder", str(folder), "--scenario", str(scenario))
    return Program("sandbox payer", (*PYTHON, "sandbox", *where, *doors))


def programs(port: int) -> tuple[Program, ...]:
    """The processes of the installation: the pages first, the others once the pages answer."""
    schedule = str(places.profile() / "beat")
    return (
        Program("web server", (*PYTHON, "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", *WEB_OPTIONS)),
        worker(),
        Program("beat", (*CELERY, "beat", "--schedule", schedule, "--pidfile=")),
    )


def worker(concurrency: int = 2) -> Program:
    """The process that does what is due."""
    many = ("--concurrency", str(concurrency))
    return Program("worker", (*CELERY, "worker", *many, "--without-gossip", "--without-mingle"))
