"""Tests of sending commit for real, and speak to a real sandbox payer over SFTP on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import processes
from tests.billing.sending.hands import Line, lay
from tests.faults import servers
from tests.faults.servers import Broker, Database
from tests.sandbox.running import Sandbox, running


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with running(tmp_path / "sandbox") as found:
        yield found


@pytest.fixture
def line(transactional_db: None, standing_clock: None, sandbox: Sandbox) -> Line:
    processes.empty_queue()
    return lay(sandbox)


@pytest.fixture
def kept(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stored files lie where every process finds them."""
    folder = str(tmp_path / "files")
    monkeypatch.setenv("CASELOAD_TEST_FILES", folder)
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    settings.STORAGES = settings.STORAGES | {"files": backend}


@pytest.fixture
def broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    """A broker that may be emptied and killed."""
    with servers.broker(tmp_path / "broker", monkeypatch) as found:
        yield found


@pytest.fixture
def database(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database that may be killed."""
    with servers.database(tmp_path / "database", monkeypatch) as found:
        yield found
