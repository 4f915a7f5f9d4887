"""The SFTP side: logins of the scenario, each with an /inbound to put claims into and an /outbound of answers."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, Final

import asyncssh

INBOUND: Final = "inbound"
OUTBOUND: Final = "outbound"
UNFINISHED: Final = ".tmp"
WRITING: Final = asyncssh.FXF_WRITE | asyncssh.FXF_APPEND | asyncssh.FXF_CREAT | asyncssh.FXF_TRUNC

Arrived = Callable[[str, str], None]
"""Called with login and file name when a file is complete."""


class Door(asyncssh.SSHServer):
    """Lets the scenario's logins in by password, and nobody else."""

    def __init__(self, passwords: Mapping[str, str]) -> None:
        self.passwords = passwords

    def password_auth_supported(self) -> bool:
        """Passwords are the only way in."""
        return True

    def validate_password(self, username: str, password: str) -> bool:
        """Whether the password is the login's."""
        expected = self.passwords.get(username)
        return expected is not None and hmac.compare_digest(expected.encode(), password.encode())


class Mailbox(asyncssh.SFTPServer):
    """One login's two folders; only /inbound can be changed."""

    def __init__(self, root: Path, arrived: Arrived, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self.login = str(chan.get_extra_info("username"))
        self.arrived = arrived
        self.being_written: dict[int, str] = {}
        super().__init__(chan, chroot=os.fsencode(root / self.login))

    def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        """Open a file; for writing only in /inbound."""
        if not pflags & WRITING:
            return super().open(path, pflags, attrs)
        name = _inbound_name(path)
        opened = super().open(path, pflags, attrs)
        self.being_written[id(opened)] = name
        return opened

    def close(self, file_obj: object) -> None:
        """Close a file; one that was written is complete unless the connection broke off."""
        name = self.being_written.pop(id(file_obj), "")
        super().close(file_obj)
        if name and not self.channel.is_closing():
            self._announce(name)

    def rename(self, oldpath: bytes, newpath: bytes) -> None:
        """Rename inside /inbound; the new name may make the file complete."""
        _inbound_name(oldpath)
        name = _inbound_name(newpath)
        super().rename(oldpath, newpath)
        self._announce(name)

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        """Rename inside /inbound, over what is there."""
        _inbound_name(oldpath)
        name = _inbound_name(newpath)
        super().posix_rename(oldpath, newpath)
        self._announce(name)

    def remove(self, path: bytes) -> None:
        """Delete from /inbound; answers stay."""
        _inbound_name(path)
        super().remove(path)

    def setstat(self, path: bytes, attrs: asyncssh.SFTPAttrs) -> None:
        """Set times and modes in /inbound."""
        _inbound_name(path)
        super().setstat(path, attrs)

    def mkdir(self, path: bytes, attrs: asyncssh.SFTPAttrs) -> None:
        """Folders are not made."""
        raise _refused(path)

    def rmdir(self, path: bytes) -> None:
        """Folders are not removed."""
        raise _refused(path)

    def symlink(self, oldpath: bytes, newpath: bytes) -> None:
        """Links are not made."""
        raise _refused(newpath)

    def link(self, oldpath: bytes, newpath: bytes) -> None:
        """Links are not made."""
        raise _refused(newpath)

    def _announce(self, name: str) -> None:
        if is_finished(name) and name not in self.being_written.values():
            self.arrived(self.login, name)


def is_finished(name: str) -> bool:
    """Whether a name says that its file is complete."""
    return not name.endswith(UNFINISHED)


def _inbound_name(path: bytes) -> str:
    """The name of a file directly in /inbound; raises SFTPPermissionDenied for any other path."""
    parts = PurePosixPath("/", os.fsdecode(path)).parts
    if len(parts) != len(("/", INBOUND, "name")) or parts[1] != INBOUND or parts[2] == "..":
        raise _refused(path)
    return parts[2]


def _refused(path: bytes) -> asyncssh.SFTPPermissionDenied:
    return asyncssh.SFTPPermissionDenied(f"{os.fsdecode(path)} cannot be changed; files go into /{INBOUND}.")


def make_folders(root: Path, logins: Mapping[str, str]) -> None:
    """The folders of every login."""
    for login in logins:
        for folder in (INBOUND, OUTBOUND):
            (root / login / folder).mkdir(parents=True, exist_ok=True)


def host_key(folder: Path) -> asyncssh.SSHKey:
    """The host key of this folder, made once and kept."""
    path = folder / "host_key"
    if path.exists():
        return asyncssh.read_private_key(path)
    key = asyncssh.generate_private_key("ssh-ed25519", comment="sandbox")
    path.touch(mode=0o600)
    key.write_private_key(path)
    return key


async def serve(
    port: int, root: Path, key: asyncssh.SSHKey, logins: Mapping[str, str], arrived: Arrived
) -> asyncssh.SSHAcceptor:
    """Listen on 127.0.0.1; port 0 means any."""
    options: dict[str, Any] = {"server_host_keys": [key], "sftp_factory": partial(Mailbox, root, arrived)}
    return await asyncssh.listen("127.0.0.1", port, server_factory=partial(Door, logins), **options)
