"""Runs the whole installation on this machine until Ctrl-C: services, preparations, web, worker, beat."""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config.local import places, services
from config.local.processes import Programs
from config.local.shell import Trouble, environment, private_folder, say, step
from config.local.steps import CLOSING_WORDS, programs

FIRST_PORT = 8000
PORTS_TO_TRY = 50
HEALTH_SECONDS = 60
STOP_SECONDS = 40


class AlreadyRunsError(Trouble):
    """Another `make run` of this checkout has not ended."""


def main(arguments: list[str]) -> int:
    """The command line: `run`, or `stop` for the one that runs and its services."""
    try:
        stop() if arguments == ["stop"] else run()
    except AlreadyRunsError as answer:
        say(str(answer))
    except Trouble as trouble:
        say(f"\n{trouble}")
        return 1
    return 0


def run() -> None:
    """Starts everything, says where it is, and stops everything again at the end, however the end comes."""
    port = free_port(int(os.environ.get("PORT") or FIRST_PORT))
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    with _alone(port), _services():
        try:
            _run_until_stopped(port)
        except KeyboardInterrupt:
            say("\nStopping …")
        finally:
            _finish_undisturbed()


def _run_until_stopped(port: int) -> None:
    surroundings = environment(DJANGO_SETTINGS_MODULE="config.settings.dev", PYTHONUNBUFFERED="1")
    _prepare(surroundings)
    with Programs(programs(port), surroundings) as running:
        try:
            with step("Web, worker and beat"):
                deadline = time.monotonic() + HEALTH_SECONDS
                running.watch(until=lambda: is_healthy(port) or time.monotonic() > deadline)
            _say_ready(port, surroundings)
            running.watch(until=lambda: False)
        finally:
            _finish_undisturbed()


def _prepare(surroundings: Mapping[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", "config.local.prepare", *arguments]
    code = subprocess.run(command, check=False, cwd=places.ROOT, env=dict(surroundings)).returncode  # noqa: S603
    if code:
        raise Trouble("The installation could not be prepared; the reason stands above.")


def _say_ready(port: int, surroundings: Mapping[str, str]) -> None:
    if not is_healthy(port):
        raise Trouble(f"The pages do not answer at {address(port)}healthz. See {places.profile() / 'log'}.")
    say(f"\nCaseload runs at {address(port)}   (Ctrl-C stops it)")
    if CLOSING_WORDS:
        _prepare(surroundings, "closing")


@contextmanager
def _services() -> Iterator[None]:
    """The embedded services for as long as we run."""
    try:
        with step("PostgreSQL and Valkey"):
            services.ensure()
        yield
    finally:
        services.stop()


@contextmanager
def _alone(port: int) -> Iterator[None]:
    """Holds this checkout's place; AlreadyRunsError, with the address, when another process holds it."""
    with _place().open("a+", encoding="utf-8") as place:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = json.loads(_place().read_text(encoding="utf-8") or "{}")
            where = address(holder.get("port", FIRST_PORT))
            raise AlreadyRunsError(f"Caseload runs already, at {where}   (make stop ends it)") from None
        place.truncate(0)
        place.write(json.dumps({"pid": os.getpid(), "port": port}))
        place.flush()
        yield
        place.truncate(0)


def stop() -> None:
    """Ends the `make run` that runs, or the services that an ended one left behind."""
    with _place().open("a+", encoding="utf-8") as place:
        deadline = time.monotonic() + STOP_SECONDS
        while not _is_free(place.fileno()):
            holder = json.loads(_place().read_text(encoding="utf-8") or "{}")
            if time.monotonic() > deadline:
                raise Trouble(f"Caseload does not stop; its process is {holder.get('pid')}.")
            if holder.get("pid"):
                os.kill(holder["pid"], signal.SIGTERM)
            time.sleep(1)
    say(f"Stopped. {' and '.join(services.stop())}".strip())


def _is_free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _place() -> Path:
    return private_folder(places.profile()) / "run.json"


def _finish_undisturbed() -> None:
    """A second Ctrl-C must not leave half of the processes behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def free_port(first: int) -> int:
    """The first port from here on that nobody listens on; Trouble when all are taken."""
    for port in range(first, first + PORTS_TO_TRY):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if _binds(probe, port):
                return port
    raise Trouble(f"No port from {first} to {first + PORTS_TO_TRY - 1} is free. Say: make run PORT=…")


def _binds(probe: socket.socket, port: int) -> bool:
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


def is_healthy(port: int) -> bool:
    """True when the pages answer and find the database and the broker."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def address(port: int) -> str:
    """The pages' address; by name, because passkeys need one."""
    return f"http://localhost:{port}/"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
