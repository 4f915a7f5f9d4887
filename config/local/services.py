"""Starts and stops the embedded PostgreSQL and Valkey of a profile: python -m config.local.services start.

DATABASE_URL and REDIS_URL replace them: then nothing is started in their place.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType

from config.local import places, postgres, valkey
from config.local.shell import LocalError, only_one, private_folder, say

USAGE = "Say one of: start, stop, status"


def ensure() -> list[str]:
    """Starts what does not run, and returns the names of what it started."""
    refuse_half_an_address()
    with only_one(private_folder(places.profile()) / "services.lock"):
        return [name for name, server in _ours().items() if server.ensure()]


def stop() -> list[str]:
    """Stops what runs, and returns the names of what it stopped; leaves no process behind."""
    with only_one(private_folder(places.profile()) / "services.lock"):
        return [name for name, server in _ours().items() if server.stop()]


def status() -> dict[str, bool]:
    """For each embedded service in use, whether it runs."""
    return {name: server.is_running() for name, server in _ours().items()}


def _ours() -> dict[str, ModuleType]:
    """The services that no address in the environment replaces."""
    replaced = {"PostgreSQL": "DATABASE_URL", "Valkey": "REDIS_URL"}
    servers = {"PostgreSQL": postgres, "Valkey": valkey}
    return {name: server for name, server in servers.items() if not os.environ.get(replaced[name])}


def refuse_half_an_address() -> None:
    """Raises LocalError when only one of the two database roles has an address: migrations need the other."""
    given = [name for name in ("DATABASE_URL", "DATABASE_OWNER_URL") if os.environ.get(name)]
    if len(given) == 1:
        raise LocalError(f"Only {given[0]} is set. Set DATABASE_URL and DATABASE_OWNER_URL, or neither.")


def main(arguments: list[str]) -> int:
    """The command line."""
    commands = {"start": _say_started, "stop": _say_stopped, "status": _say_status}
    if len(arguments) != 1 or arguments[0] not in commands:
        say(USAGE)
        return 2
    try:
        commands[arguments[0]]()
    except LocalError as error:
        say(str(error))
        return 1
    return 0


def _say_started() -> None:
    say(f"Started {' and '.join(ensure()) or 'nothing: all runs already'}.")


def _say_stopped() -> None:
    say(f"Stopped {' and '.join(stop()) or 'nothing: nothing ran'}.")


def _say_status() -> None:
    for name, runs in status().items():
        say(f"{name} {'runs' if runs else 'does not run'} ({places.profile().name}).")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
