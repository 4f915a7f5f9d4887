"""What every clearinghouse does for us, and how it says that it could not.

Nothing of this runs while a transaction is open: a network call would hold its locks for as long as it takes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from django.db import connection


class Capability(StrEnum):
    """What a clearinghouse can be asked for, by the X12 set that asks."""

    CLAIMS = "837P"
    ELIGIBILITY = "270"
    CLAIM_STATUS = "276"


class ClearinghouseError(RuntimeError):
    """A clearinghouse could not do what it was asked; the message says what is safe and what happens next."""


class NotSentError(ClearinghouseError):
    """Nothing of the file has left: it may be sent again, after `wait` where the receiver named one."""

    def __init__(self, sentence: str, wait: dt.timedelta | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


class MaybeSentError(ClearinghouseError):
    """It is not known whether the file arrived.

    It must not be sent again before somebody looked, unless the receiver knows it again by its key: then the same bytes
    go under the same key, after `wait` where the receiver named one.
    """

    def __init__(self, sentence: str, wait: dt.timedelta | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


class RefusedError(ClearinghouseError):
    """The receiver looked at the file and did not take it; sending the same again would change nothing."""


class NotSupportedError(ClearinghouseError):
    """This clearinghouse cannot do that at all, however often it is asked."""


class CallInsideTransactionError(RuntimeError):
    """A clearinghouse was about to be called while a transaction was open."""


@dataclass(frozen=True, slots=True)
class Login:
    """Where and as whom; `host_key` is the server's public key in OpenSSH form, the only one that is accepted.

    Over HTTPS `password` is the API key. A private key stands in for a password where there is one.
    """

    layout: str
    host: str
    port: int
    username: str
    password: str = field(repr=False)
    host_key: str
    private_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class OutboundFile:
    """What is sent: the bytes under a name, and the key under which a receiver knows it again."""

    name: str
    content: bytes
    key: str


@dataclass(frozen=True, slots=True)
class InboundRef:
    """A file that waits at the clearinghouse.

    `size` is None where it does not say; `place` is how it is asked for; `cursor` is where to go on once it is kept.
    """

    name: str
    size: int | None
    at: dt.datetime | None = None
    place: str = ""
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """It took the file; `answer` is what it said of it at once as X12, or nothing."""

    answer: bytes = b""


class Clearinghouse(Protocol):
    """One open line. Every method raises ClearinghouseError with a sentence."""

    capabilities: frozenset[Capability]

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def submit(self, item: OutboundFile) -> Receipt:
        """Sends a file. NotSentError, MaybeSentError or RefusedError say which of the three it is."""

    def has(self, item: OutboundFile) -> bool:
        """Whether the clearinghouse holds exactly this file, as far as it lets us see."""

    def list_inbound(self, cursor: str = "") -> Sequence[InboundRef]:
        """The files that wait for us, the oldest first; after a cursor, and a little before it, where it keeps one."""

    def fetch(self, ref: InboundRef) -> bytes:
        """The bytes of one of them."""

    def remove(self, ref: InboundRef) -> None:
        """Deletes a file that we were told to delete there once it is kept; nothing where none can be deleted."""

    def eligibility(self, inquiry: bytes, *, timeout: float) -> bytes:
        """A 270 in, its 271 out while we wait (or the 999 or TA1 that refuses it).

        NotSupportedError where the clearinghouse answers no inquiry at once; ClearinghouseError when nothing came
        within `timeout` seconds, and then it may be asked again: asking changes nothing at a payer.
        """

    def claim_status(self, inquiry: bytes, *, timeout: float) -> bytes:
        """A 276 in, its 277 out, as `eligibility`."""


def refuse_inside_transaction() -> None:
    """CallInsideTransactionError while a transaction is open."""
    if connection.in_atomic_block:
        raise CallInsideTransactionError("A clearinghouse is called outside of transactions only.")
