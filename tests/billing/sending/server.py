"""A little SFTP server on loopback in this process, which knows a key or a password and lets files be deleted."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncssh

USER = "fern"


@dataclass
class Server:
    """Its folder, its port and host key, whom it lets in, and how many lines were open at once at most."""

    folder: Path
    port: int = 0
    host_key: str = ""
    knows: str = ""
    password: str = ""
    lines: int = 0
    most_lines: int = 0
    removed: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)


class _Door(asyncssh.SSHServer):
    def __init__(self, server: Server) -> None:
        self._server = server

    def connection_made(self, conn: Any) -> None:
        self._server.lines += 1
        self._server.most_lines = max(self._server.most_lines, self._server.lines)

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.lines -= 1

    def begin_auth(self, username: str) -> bool:
        return True

    def public_key_auth_supported(self) -> bool:
        return bool(self._server.knows)

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        known: bool = key == asyncssh.import_public_key(self._server.knows)
        return username == USER and known

    def password_auth_supported(self) -> bool:
        return bool(self._server.password)

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, self._server.password)


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """The server in a thread of its own, with the folders of the sandbox's layout."""
    for name in ("inbound", "outbound"):
        (folder / name).mkdir(parents=True)
    server, loop, ready, stop = Server(folder), asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(_serve(server, ready, stop),), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


class _Files(asyncssh.SFTPServer):
    """Its folders; it writes down what was renamed to what."""

    def __init__(self, chan: Any, server: Server) -> None:
        super().__init__(chan, chroot=str(server.folder).encode())
        self._server = server

    def rename(self, oldpath: bytes, newpath: bytes) -> None:
        self._server.renamed.append((Path(oldpath.decode()).name, Path(newpath.decode()).name))
        super().rename(oldpath, newpath)


async def _serve(server: Server, ready: threading.Event, stop: asyncio.Event) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")

    def files(chan: Any) -> asyncssh.SFTPServer:
        return _Files(chan, server)

    listener = await asyncssh.listen(
        "127.0.0.1", 0, server_host_keys=[key], server_factory=lambda: _Door(server), sftp_factory=files
    )
    server.port, server.host_key = listener.get_port(), key.export_public_key().decode().strip()
    ready.set()
    await stop.wait()
    listener.close()
    await listener.wait_closed()
