"""The SFTP side: logins of the scenario, each with an /inbound to put claims into and an /outbound of answers."""

from __future__ import annotations

import asyncio
import hmac
import os
from collections.abc import Awaitable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, Final, Protocol

import asyncssh

from sandbox.mischief import Mischief, Misdeed

INBOUND: Final = "inbound"
OUTBOUND: Final = "outbound"
UNFINISHED: Final = ".tmp"
WRITING: Final = asyncssh.FXF_WRITE | asyncssh.FXF_APPEND | asyncssh.FXF_CREAT | asyncssh.FXF_TRUNC


class Receiver(Protocol):
    """Who takes files in, and is told how to misbehave."""

    mischief: Mischief

    def arrived(self, login: str, name: str) -> None:
        """A file of a login is complete."""


class Door(asyncssh.SSHServer):
    """Lets the scenario's logins in by password, and nobody else."""

    def __init__(self, passwords: Mapping[str, str], mischief: Mischief) -> None:
        self.passwords = passwords
        self.mischief = mischief

    def password_auth_supported(self) -> bool:
        """Passwords are the only way in."""
        return True

    def validate_password(self, username: str, password: str) -> bool:
        """Whether the password is the login's."""
        if self.mischief.take(Misdeed.REFUSE_LOGIN, username):
            return False
        expected = self.passwords.get(username)
        return expected is not None and hmac.compare_digest(expected.encode(), password.encode())


class Mailbox(asyncssh.SFTPServer):
    """One login's two folders; only /inbound can be changed."""

    def __init__(self, root: Path, receiver: Receiver, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self.login = str(chan.get_extra_info("username"))
        self.receiver = receiver
        self.being_written: dict[int, str] = {}
        super().__init__(chan, chroot=os.fsencode(root / self.login))

    def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        """Open a file; for writing only in /inbound."""
        if not pflags & WRITING:
            return super().open(path, pflags, attrs)
        name = _inbound_name(path)
        if self._is_ordered(Misdeed.ERROR):
            raise asyncssh.SFTPFailure("An internal error occurred.")
        opened = super().open(path, pflags, attrs)
        self.being_written[id(opened)] = name
        return opened

    def write(self, file_obj: object, offset: int, data: bytes) -> int | Awaitable[int]:
        """Write a part of a file."""
        if self._is_ordered(Misdeed.FULL_DISK):
            raise asyncssh.SFTPFailure("There is no space left.")
        return super().write(file_obj, offset, data)

    def close(self, file_obj: object) -> Awaitable[None] | None:
        """Close a file; one that was written is complete unless the connection broke off."""
        name = self.being_written.pop(id(file_obj), "")
        super().close(file_obj)
        return self._announce(name) if name and not self.channel.is_closing() else None

    def rename(self, oldpath: bytes, newpath: bytes) -> Awaitable[None] | None:
        """Rename inside /inbound; the new name may make the file complete."""
        _inbound_name(oldpath)
        name = _inbound_name(newpath)
        super().rename(oldpath, newpath)
        return self._announce(name)

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> Awaitable[None] | None:
        """Rename inside /inbound, over what is there."""
        _inbound_name(oldpath)
        name = _inbound_name(newpath)
        super().posix_rename(oldpath, newpath)
        return self._announce(name)

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

    def _announce(self, name: str) -> Awaitable[None] | None:
        """Hand a complete file over, and then lose the line or keep the sender waiting where that is ordered."""
        if not is_finished(name) or name in self.being_written.values():
            return None
        self.receiver.arrived(self.login, name)
        if self._is_ordered(Misdeed.DROP_AFTER_ACCEPT):
            self.channel.get_connection().abort()
        order = self.receiver.mischief.take(Misdeed.HANG, self.login)
        return asyncio.sleep(order.seconds) if order else None

    def _is_ordered(self, kind: Misdeed) -> bool:
        return self.receiver.mischief.take(kind, self.login) is not None


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
    port: int, root: Path, key: asyncssh.SSHKey, logins: Mapping[str, str], receiver: Receiver
) -> asyncssh.SSHAcceptor:
    """Listen on 127.0.0.1; port 0 means any."""
    options: dict[str, Any] = {"server_host_keys": [key], "sftp_factory": partial(Mailbox, root, receiver)}
    door = partial(Door, logins, receiver.mischief)
    return await asyncssh.listen("127.0.0.1", port, server_factory=door, **options)
