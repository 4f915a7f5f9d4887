"""Whom the embedded PostgreSQL runs as: it refuses root.

Root starts it in a user namespace of its own, or as the user nobody where such namespaces are forbidden.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from config.local import places
from config.local.shell import LocalError, tail, works

NAMESPACE = ("unshare", "-U", "--map-user=1000", "--map-group=1000")
WAY_OUT = "Move the checkout where everybody may enter, work as an ordinary user, or set DATABASE_URL."


def run_as_server(command: list[str | Path]) -> None:
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
    was_nobody = places.database_files().exists() and places.database_files().stat().st_uid == nobody.pw_uid
    return nobody if was_nobody or not _has_namespaces() else pwd.getpwuid(0)


def hand_over(folder: Path) -> Path:
    """Gives a folder to the server's user, who must also be let through the folders above it."""
    user = _server_user()
    if user.pw_uid != os.geteuid():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
        for parent in (places.profile(), places.DATA):
            parent.chmod(0o711)
    return folder
