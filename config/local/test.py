"""The whole check of a checkout: style, types, imports, templates, migrations, then the tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

os.environ["CASELOAD_PROFILE"] = "test"  # read by every module of this package, and by the programs started here
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

from config.local import places, services
from config.local.shell import LocalError, quiet, say, step

BIN: Final = places.VENV / "bin"
QUICK: Final = ("-n", "2", "--dist", "worksteal", "-m", "not long", "--durations", "25")
LONG: Final = ("-m", "long")


@dataclass(frozen=True, slots=True)
class Check:
    """A program that must end well."""

    name: str
    command: Callable[[], list[str | Path]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check said, and how long it took."""

    name: str
    failed: bool
    said: str
    seconds: float


def _templates() -> list[str | Path]:
    return [BIN / "djade", "--check", "--target-version", "5.2", *sorted((places.ROOT / "templates").rglob("*.html"))]


CHECKS: Final = (
    Check("types (mypy)", lambda: [BIN / "mypy", "."]),
    Check("style (ruff check)", lambda: [BIN / "ruff", "check", "."]),
    Check("format (ruff format)", lambda: [BIN / "ruff", "format", "--check", "."]),
    Check("imports (lint-imports)", lambda: [BIN / "lint-imports", "--no-logo"]),
    Check("templates (djade)", _templates),
    Check("migrations", lambda: [BIN / "python", "manage.py", "makemigrations", "--check", "--dry-run"]),
)


def main(arguments: list[str]) -> int:
    """`lint` for the checks alone, `long` for the long tests alone; anything else is handed to pytest."""
    try:
        with step("PostgreSQL and Valkey for tests"):
            started = services.ensure()
    except LocalError as error:
        say(f"\n{error}")
        return 1
    try:
        return _everything(arguments)
    finally:
        if started:
            services.stop()


def _everything(arguments: list[str]) -> int:
    if arguments == ["lint"]:
        return int(not all_well())
    if arguments == ["long"]:
        return pytest(LONG)
    if arguments:
        return pytest(arguments)
    well = all_well()
    code = pytest(QUICK)
    return code or int(not well)


def all_well() -> bool:
    """Runs the checks, two at a time, and prints each verdict with what a failed one said."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        verdicts = []
        for verdict in pool.map(_judge, CHECKS):
            say(f"  {verdict.name}: {'FAILED' if verdict.failed else 'ok'} ({verdict.seconds:.1f} s)")
            if verdict.failed:
                say(verdict.said)
            verdicts.append(verdict)
    failed = [verdict.name for verdict in verdicts if verdict.failed]
    say(f"  Failed checks: {', '.join(failed)}" if failed else "  All checks passed")
    return not failed


def _judge(check: Check) -> Verdict:
    started = time.monotonic()
    result = quiet(check.command(), cwd=places.ROOT)
    return Verdict(check.name, result.returncode != 0, result.stdout, time.monotonic() - started)


def pytest(arguments: tuple[str, ...] | list[str]) -> int:
    """Runs the tests with their output shown, so that pytest's closing line is the last thing printed."""
    command = [BIN / "python", "-m", "pytest", *arguments]
    return subprocess.run(command, check=False, cwd=places.ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
