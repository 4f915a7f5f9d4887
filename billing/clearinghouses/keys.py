"""Keys with which we log in over SSH: made here, or pasted; the public half is for the clearinghouse to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import asyncssh

_CLOSED: Final = "This key is closed by a passphrase. Paste it without one; it is kept encrypted."
_NO_KEY: Final = "This is no private key. It begins with “-----BEGIN” and ends with “-----”."


class KeyRefusedError(ValueError):
    """A pasted key cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Both halves in OpenSSH form."""

    private: str = field(repr=False)
    public: str


def made(comment: str) -> KeyPair:
    """A new ed25519 pair."""
    return _pair(asyncssh.generate_private_key("ssh-ed25519", comment=comment))


def pasted(text: str) -> KeyPair:
    """A pair somebody has already; KeyRefusedError when it is no private key, or closed by a passphrase."""
    try:
        return _pair(asyncssh.import_private_key(text.strip() + "\n"))
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError, ValueError) as error:
        is_closed = isinstance(error, asyncssh.KeyEncryptionError) or "assphrase" in str(error)
        raise KeyRefusedError(_CLOSED if is_closed else _NO_KEY) from error


def usable(private: str) -> list[asyncssh.SSHKey]:
    """The key as a login takes it."""
    return [asyncssh.import_private_key(private)]


def _pair(key: asyncssh.SSHKey) -> KeyPair:
    return KeyPair(
        key.export_private_key("openssh").decode().strip() + "\n", key.export_public_key("openssh").decode().strip()
    )
