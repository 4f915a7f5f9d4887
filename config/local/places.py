"""Where development keeps its things. Standard library only: the set-up reads it before anything is installed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / ".data"
VENV = ROOT / ".venv"
LONGEST_SOCKET_FOLDER = 80  # a Unix socket's path may have 107 bytes; PostgreSQL adds a file name


def profile() -> Path:
    """The folder of the services in use: `run` for the demo, `test` for tests."""
    return DATA / os.environ.get("CASELOAD_PROFILE", "run")


def socket_folder() -> Path:
    """A folder for Unix sockets whose path is short enough, wherever the checkout lies."""
    folder = profile() / "sockets"
    if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"caseload-{digest}"


def database_url(role: str) -> str:
    """The embedded PostgreSQL's address for a role, `app_web` or `app_owner`."""
    return f"postgresql://{role}@{quote(str(socket_folder()), safe='')}/caseload"


def redis_socket() -> Path:
    """The embedded Valkey's Unix socket."""
    return socket_folder() / "valkey.sock"


def database_files() -> Path:
    """The folder of the embedded PostgreSQL's files."""
    return profile() / "postgres"
