"""Rehearses the whole way on this machine: services of a scratch profile, a real worker and the sandbox payer, then
`manage.py rehearse`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping

os.environ.setdefault("CASELOAD_PROFILE", "rehearse")  # read by every module of this package

from config.local import places, sandbox, services, signals
from config.local.processes import Programs
from config.local.run import wait_for_sandbox
from config.local.shell import LocalError, environment, run, say, step
from config.local.steps import REHEARSED, rehearsed_payer, worker

SCRATCH = "rehearse"


def main() -> int:
    """The command line: 0 when every figure agrees, 1 with a sentence when not."""
    started = time.monotonic()
    signals.as_interrupts()
    try:
        code = _rehearse()
    except KeyboardInterrupt:
        say("\nStopped.")
        return 1
    except LocalError as error:
        say(f"\n{error}")
        return 1
    finally:
        signals.ignore()
        services.stop()
    say(f"Rehearsed in {time.monotonic() - started:.1f} s.")
    return code


def _rehearse() -> int:
    surroundings = environment(DJANGO_SETTINGS_MODULE="config.settings.dev", PYTHONUNBUFFERED="1")
    services.refuse_half_an_address()
    _wipe()
    with step("PostgreSQL and Valkey for the rehearsal"), signals.deferred():
        services.ensure()
    for preparation in REHEARSED:
        with step(preparation.label):
            run([sys.executable, "manage.py", *preparation.command], cwd=places.ROOT, env=dict(surroundings))
    with Programs(surroundings) as running:
        running.start(worker(), rehearsed_payer())
        wait_for_sandbox(running, sandbox.rehearsal_folder())
        return _the_rehearsal(surroundings)


def _wipe() -> None:
    """Begins with nothing: what the last rehearsal left goes away, in its own folder only."""
    services.stop()
    if places.profile().name == SCRATCH:
        shutil.rmtree(places.profile(), ignore_errors=True)
    shutil.rmtree(sandbox.rehearsal_folder(), ignore_errors=True)


def _the_rehearsal(surroundings: Mapping[str, str]) -> int:
    ready = sandbox.ready_file(sandbox.rehearsal_folder())
    command = [sys.executable, "manage.py", "rehearse", "--ready", str(ready)]
    return subprocess.run(command, check=False, cwd=places.ROOT, env=dict(surroundings)).returncode


if __name__ == "__main__":
    sys.exit(main())
