"""What every clearinghouse does for us, and how it says that it could not.

Nothing of this runs while a transaction is open: a network call would hold its locks for as long as it takes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from django.db import connection


class ClearinghouseError(RuntimeError):
    """A clearinghouse could not do what it was asked; the message says what is safe and what happens next."""


class NotSentError(ClearinghouseError):
    """Nothing of the file has left: it may be sent again."""


class MaybeSentError(ClearinghouseError):
    """The line broke while the file was under way: it must not be sent again before somebody looked."""


class CallInsideTransactionError(RuntimeError):
    """A clearinghouse was about to be called while a transaction was open."""


@dataclass(frozen=True, slots=True)
class Login:
    """Where and as whom; `host_key` is the server's public key in OpenSSH form, the only one that is accepted."""

    layout: str
    host: str
    port: int
    username: str
    password: str
    host_key: str


@dataclass(frozen=True, slots=True)
class OutboundFile:
    """What is sent: the bytes under a name, and the key under which a receiver knows it again."""

    name: str
    content: bytes
    key: str


@dataclass(frozen=True, slots=True)
class InboundRef:
    """A file that waits at the clearinghouse."""

    name: str
    size: int
    at: dt.datetime | None = None


class Clearinghouse(Protocol):
    """One open line. Every method raises ClearinghouseError with a sentence."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def submit(self, item: OutboundFile) -> None:
        """Sends a file. NotSentError or MaybeSentError say which of the two it is."""

    def has(self, item: OutboundFile) -> bool:
        """Whether the clearinghouse holds exactly this file, as far as it lets us see."""

    def list_inbound(self) -> Sequence[InboundRef]:
        """The files that wait for us, in the order of their names."""

    def fetch(self, ref: InboundRef) -> bytes:
        """The bytes of one of them."""


def refuse_inside_transaction() -> None:
    """CallInsideTransactionError while a transaction is open."""
    if connection.in_atomic_block:
        raise CallInsideTransactionError("A clearinghouse is called outside of transactions only.")
