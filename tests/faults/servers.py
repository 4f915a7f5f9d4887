"""A broker and a database of one test's own, so that they may be emptied, killed and brought back."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import ClassVar, Final

import pytest
import redis
from django.db import connections

from config.celery import app
from config.local import places, postgres, valkey
from tests.processes import wait_until

_ROLES: Final = {"DATABASE_URL": "app_web", "DATABASE_OWNER_URL": "app_owner"}


class _Server:
    """An embedded server in a folder of its own, where it keeps what it has written down."""

    program: ClassVar[ModuleType]

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._monkeypatch = folder, monkeypatch

    def start(self) -> None:
        """Starts it; after a kill once the last of its processes is gone."""
        with self.at_home():
            self.program.ensure()

    def stop(self) -> None:
        """Ends it in good order."""
        with self.at_home():
            self.program.stop()

    def kill(self) -> None:
        """SIGKILL: it writes nothing down any more. Returns once nothing answers."""
        with self.at_home():
            os.kill(self._number(), signal.SIGKILL)
            wait_until(lambda: not self.program.is_running(), "the end of the server")

    def _number(self) -> int:
        raise NotImplementedError

    @contextmanager
    def at_home(self) -> Iterator[None]:
        """While the block is open `config.local.places` speaks of this server."""
        with self._monkeypatch.context() as elsewhere:
            elsewhere.setenv("CASELOAD_PROFILE", str(self._folder))
            yield


class Broker(_Server):
    """A Valkey of this test's own."""

    program: ClassVar[ModuleType] = valkey

    def _number(self) -> int:
        with redis.Redis(unix_socket_path=str(places.redis_socket())) as line:
            return int(line.info("server")["process_id"])


class Database(_Server):
    """A PostgreSQL of this test's own, which keeps what it committed."""

    program: ClassVar[ModuleType] = postgres

    def _number(self) -> int:
        file = places.database_files() / "postmaster.pid"
        return int(file.read_text(encoding="utf-8").split("\n", 1)[0])


@contextmanager
def broker(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    """Everything that is queued goes through a broker of its own while the block is open."""
    ours = Broker(folder, monkeypatch)
    ours.start()
    with ours.at_home():
        address = f"redis+socket://{places.redis_socket()}"
    with monkeypatch.context() as patch:
        patch.setenv("REDIS_URL", address)
        patch.setattr(app.conf, "broker_url", address)
        app._after_fork()  # drops the open lines to the other one
        try:
            yield ours
        finally:
            ours.stop()
    app._after_fork()


@contextmanager
def database(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """This process and those it starts work on a new database of the same name, on a server of its own."""
    ours = Database(folder, monkeypatch)
    ours.start()
    with ours.at_home():
        host, addresses = str(places.socket_folder()), {key: places.database_url(role) for key, role in _ROLES.items()}
    with monkeypatch.context() as patch:
        for key, address in addresses.items():
            patch.setenv(key, address)
        close_all()
        for alias in connections:
            patch.setitem(connections[alias].settings_dict, "HOST", host)
        connections["owner"].creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield ours
        finally:
            close_all()
            ours.stop()


def close_all() -> None:
    """Gives up this thread's connections, also those whose server is gone."""
    for alias in connections:
        connections[alias].close()
