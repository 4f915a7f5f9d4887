"""Runs the installation on this machine until Ctrl-C: services, sandbox payer, preparations, web, worker, beat."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from config.local import places, sandbox, services, signals, single, web
from config.local.processes import Programs
from config.local.shell import LocalError, environment, say, step
from config.local.steps import CLOSING_WORDS, programs, sandbox_payer

HEALTH_SECONDS = 60
SANDBOX_SECONDS = 30


def main(arguments: list[str]) -> int:
    """The command line: nothing to run, `stop` to end the one that runs and its services."""
    try:
        stop() if arguments == ["stop"] else run()
    except single.AlreadyRunsError as answer:
        say(str(answer))
    except LocalError as error:
        say(f"\n{error}")
        return 1
    return 0


def run() -> None:
    """Starts everything, says where it is, and stops everything again at the end, however the end comes."""
    signals.as_interrupts()
    port = web.free_port(int(os.environ.get("PORT") or web.FIRST_PORT))
    with single.alone(port):
        try:
            with step("PostgreSQL and Valkey"), signals.deferred():
                services.ensure()
            _run_until_stopped(port)
        except KeyboardInterrupt:
            say("\nStopping …")
        finally:
            signals.ignore()
            services.stop()


def stop() -> None:
    """Ends the `make run` that runs, or the services that one left behind when it was killed."""
    with single.nobody_runs() as ended:
        stopped = services.stop()
    say("Caseload is stopped." if ended or stopped else "Caseload does not run.")


def _run_until_stopped(port: int) -> None:
    surroundings = environment(DJANGO_SETTINGS_MODULE="config.settings.dev", PYTHONUNBUFFERED="1")
    pages, *others = programs(port)
    with Programs(surroundings) as running:
        _prepare(surroundings)
        sandbox.forget_readiness()
        running.start(sandbox_payer())
        wait_for_sandbox(running)
        _prepare(surroundings, "connected")
        with step("Pages"):
            running.start(pages)
            wait_for_pages(running, port)
        running.start(*others)
        say(f"\nCaseload runs at {web.address(port)}   (Ctrl-C stops it)")
        if CLOSING_WORDS:
            _prepare(surroundings, "closing")
        running.watch(until=lambda: False)


def _prepare(surroundings: Mapping[str, str], *arguments: str) -> None:
    """In a session of its own, so that a Ctrl-C at the terminal reaches only us, who then end it without a trace."""
    command = [sys.executable, "-m", "config.local.prepare", *arguments]
    quick = {**surroundings, "DEBUG": "off"}  # with DEBUG Django writes every statement of the demo down
    code = subprocess.run(command, check=False, cwd=places.ROOT, env=quick, start_new_session=True).returncode
    if code:
        raise LocalError("The installation could not be prepared; the reason stands above.")


def wait_for_sandbox(running: Programs, folder: Path | None = None) -> None:
    """Returns once the sandbox payer answers, which what follows needs; LocalError when it does not."""
    deadline = time.monotonic() + SANDBOX_SECONDS
    with step("Sandbox payer"):
        running.watch(until=lambda: sandbox.is_ready(folder) or time.monotonic() > deadline)
        if not sandbox.is_ready(folder):
            raise LocalError(f"The sandbox payer does not answer. See {places.profile() / 'log'}.")


def wait_for_pages(running: Programs, port: int) -> None:
    """Returns once the pages answer; LocalError when they do not."""
    deadline = time.monotonic() + HEALTH_SECONDS
    running.watch(until=lambda: web.is_healthy(port) or time.monotonic() > deadline)
    if not web.is_healthy(port):
        raise LocalError(f"The pages do not answer at {web.address(port)}healthz. See {places.profile() / 'log'}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
