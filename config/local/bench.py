"""Takes the figures on this machine: services and data of its own under .data/bench, and pages that answer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

os.environ.setdefault("CASELOAD_PROFILE", "bench")  # read by every module of this package
os.environ["DEBUG"] = "off"  # figures are of what people get

from config.local import places, services, signals, web
from config.local.processes import Programs
from config.local.run import wait_for_pages
from config.local.shell import LocalError, environment, run, say, step
from config.local.steps import REHEARSED, programs

FIRST_PORT = 8900


def main(arguments: list[str]) -> int:
    """The command line: words that a figure's name must hold, or nothing for all figures."""
    signals.as_interrupts()
    try:
        return _bench(arguments)
    except KeyboardInterrupt:
        say("\nStopped.")
        return 1
    except LocalError as error:
        say(f"\n{error}")
        return 1
    finally:
        signals.ignore()
        services.stop()


def _bench(arguments: list[str]) -> int:
    surroundings = environment(DJANGO_SETTINGS_MODULE="config.settings.dev", PYTHONUNBUFFERED="1")
    with step("PostgreSQL and Valkey for the bench"), signals.deferred():
        services.ensure()
    for preparation in REHEARSED:
        with step(preparation.label):
            run([sys.executable, "manage.py", *preparation.command], cwd=places.ROOT, env=dict(surroundings))
    port = web.free_port(FIRST_PORT)
    if _manage(surroundings, "--make"):
        return 1
    with Programs(surroundings) as running:
        running.start(programs(port)[0])
        wait_for_pages(running, port)
        return _manage(surroundings, "--port", str(port), "--only", " ".join(arguments))


def _manage(surroundings: Mapping[str, str], *options: str) -> int:
    kept = str(places.profile() / "made.json")
    size = os.environ.get("BENCH_CLINICIANS", "100")
    command = [sys.executable, "manage.py", "bench", "--kept", kept, "--clinicians", size, *options]
    return subprocess.run(command, check=False, cwd=places.ROOT, env=dict(surroundings)).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
