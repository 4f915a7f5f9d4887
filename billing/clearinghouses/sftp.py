"""SFTP with a pinned host key. A file goes under a passing name and is then renamed: nobody takes half of it."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import uuid
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any, Final, Self, TypeVar, cast

import asyncssh

from billing.clearinghouses import keys, taking_turns
from billing.clearinghouses.layouts import layout_of
from billing.clearinghouses.protocol import (
    CallInsideTransactionError,
    Capability,
    ClearinghouseError,
    InboundRef,
    Login,
    MaybeSentError,
    NotSentError,
    NotSupportedError,
    OutboundFile,
    Receipt,
    refuse_inside_transaction,
)

SECONDS_TO_CONNECT: Final = 15
SECONDS_PER_CALL: Final = 60
SECONDS_TO_CLOSE: Final = 5
LARGEST: Final = 25 * 1024 * 1024
_LINE_TROUBLE: Final = (OSError, asyncssh.Error, TimeoutError, EOFError)
_Result = TypeVar("_Result")


class NoKeyError(ConnectionError):
    """No key of the server is trusted."""


class SftpClearinghouse:
    """A line to one clearinghouse; used as a context manager, one thread at a time."""

    capabilities = frozenset({Capability.CLAIMS})

    def __init__(self, login: Login) -> None:
        self._login = login
        self._layout = layout_of(login.layout)
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._client: asyncssh.SFTPClient
        self._turn: uuid.UUID | None = None

    def __enter__(self) -> Self:
        refuse_inside_transaction()
        self._turn = taking_turns.take(self._server)
        if self._turn is None:
            self._close()
            raise NotSentError(f"{self._layout.name} is busy with another of our files. This one waits its turn.")
        try:
            self._runner.run(asyncio.wait_for(self._open(), SECONDS_TO_CONNECT))
        except _LINE_TROUBLE as error:
            self._close()
            raise NotSentError(self._why_closed(error)) from error
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._close()

    @property
    def _server(self) -> str:
        return f"{self._login.host}:{self._login.port}"

    def submit(self, item: OutboundFile) -> Receipt:
        """Writes under a passing name, looks at the size, and renames; as `protocol.Clearinghouse.submit`."""
        final = PurePosixPath(self._layout.send_to, item.name)
        passing = final.with_name(f"{final.name}.tmp")
        try:
            size = self._call(self._write(str(passing), item.content))
        except _LINE_TROUBLE as error:
            raise NotSentError(f"{self._layout.name} did not take the file. It waits here.") from error
        if size != len(item.content):
            raise NotSentError(f"{self._layout.name} took only a part of the file. It waits here.")
        try:
            self._call(self._client.rename(str(passing), str(final)))
        except _LINE_TROUBLE as error:
            raise MaybeSentError(f"The line to {self._layout.name} broke while the file was handed over.") from error
        return Receipt()

    def has(self, item: OutboundFile) -> bool:
        """Whether a file of that name and size lies where we put files; many clearinghouses move it away at once."""
        path = str(PurePosixPath(self._layout.send_to, item.name))
        try:
            return self._call(self._client.stat(path)).size == len(item.content)
        except asyncssh.SFTPNoSuchFile:
            return False
        except _LINE_TROUBLE as error:
            raise ClearinghouseError(f"{self._layout.name} does not say whether it has the file.") from error

    def list_inbound(self, cursor: str = "") -> Sequence[InboundRef]:
        """The regular files of the folder, by name; a folder keeps no cursor."""
        try:
            entries = self._call(self._client.readdir(self._layout.receive_from))
        except _LINE_TROUBLE as error:
            raise ClearinghouseError(f"{self._layout.name} does not show its answers.") from error
        refs = [_ref(entry) for entry in entries if entry.attrs.type == asyncssh.FILEXFER_TYPE_REGULAR]
        return sorted((ref for ref in refs if not ref.name.endswith(".tmp")), key=lambda ref: ref.name)

    def fetch(self, ref: InboundRef) -> bytes:
        """The bytes; a file larger than a clearinghouse's answer can be is refused."""
        if ref.size is not None and ref.size > LARGEST:
            raise ClearinghouseError(f"{ref.name} has {ref.size // 1048576} MB, more than an answer can have.")
        try:
            return self._call(self._read(str(PurePosixPath(self._layout.receive_from, ref.name))))
        except _LINE_TROUBLE as error:
            raise ClearinghouseError(f"{ref.name} could not be fetched from {self._layout.name}.") from error

    def remove(self, ref: InboundRef) -> None:
        """Deletes a file from the folder."""
        try:
            self._call(self._client.remove(str(PurePosixPath(self._layout.receive_from, ref.name))))
        except _LINE_TROUBLE as error:
            raise ClearinghouseError(f"{self._layout.name} does not let us delete {ref.name}.") from error

    def eligibility(self, inquiry: bytes, *, timeout: float) -> bytes:
        """No clearinghouse answers a 270 at once over SFTP."""
        raise NotSupportedError(f"{self._layout.name} answers no eligibility inquiries over SFTP.")

    def claim_status(self, inquiry: bytes, *, timeout: float) -> bytes:
        """No clearinghouse answers a 276 at once over SFTP."""
        raise NotSupportedError(f"{self._layout.name} answers no claim status inquiries over SFTP.")

    async def _open(self) -> None:
        login = self._login
        line = await self._stack.enter_async_context(
            asyncssh.connect(
                login.host,
                login.port,
                username=login.username,
                password=login.password or None,
                known_hosts=(_pinned(login), [], []),
                client_keys=keys.usable(login.private_key) if login.private_key else None,
                agent_path=None,
                config=None,
            )
        )
        self._client = await self._stack.enter_async_context(line.start_sftp_client())

    def _why_closed(self, error: BaseException) -> str:
        """Why there is no line, in a sentence."""
        name, host = self._layout.name, self._login.host
        if isinstance(error, NoKeyError):
            return f"The key of {host} is not trusted yet. Compare it in Settings, Connections."
        if isinstance(error, asyncssh.PermissionDenied):
            return f"{name} refused the user name or {'key' if self._login.private_key else 'password'}."
        if isinstance(error, asyncssh.HostKeyNotVerifiable):
            return f"{host} answered with another key than the one you trust. Nothing was sent."
        if isinstance(error, asyncssh.KeyExchangeFailed):
            return f"{host} offers no key of the kind you trust, or no encryption known here. Nothing was sent."
        return f"{name} cannot be reached at {host}, port {self._login.port}."

    async def _write(self, path: str, content: bytes) -> int:
        async with self._client.open(path, "wb") as file:
            await file.write(content)
        return (await self._client.stat(path)).size or 0

    async def _read(self, path: str) -> bytes:
        async with self._client.open(path, "rb") as file:
            return cast("bytes", await file.read())

    def _call(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        try:
            refuse_inside_transaction()
        except CallInsideTransactionError:
            work.close()
            raise
        return self._runner.run(asyncio.wait_for(work, SECONDS_PER_CALL))

    def _close(self) -> None:
        """What was said on the line stays true, even where it cannot be closed in good order."""
        try:
            with contextlib.suppress(*_LINE_TROUBLE):
                self._runner.run(asyncio.wait_for(self._stack.aclose(), SECONDS_TO_CLOSE))
        finally:
            self._runner.close()
            if self._turn is not None:
                taking_turns.free(self._server, self._turn)


def _pinned(login: Login) -> list[asyncssh.SSHKey]:
    """The one key that is accepted, whatever the server's name and port."""
    try:
        return [asyncssh.import_public_key(login.host_key)]
    except asyncssh.KeyImportError as error:
        raise NoKeyError from error


def offered_key(host: str, port: int) -> str:
    """The public key a server offers, in OpenSSH form, for a person to compare; ClearinghouseError when silent."""
    refuse_inside_transaction()
    try:
        key = asyncio.run(asyncio.wait_for(asyncssh.get_server_host_key(host, port, config=None), SECONDS_TO_CONNECT))
    except _LINE_TROUBLE as error:
        raise ClearinghouseError(f"Nothing answers at {host}, port {port}.") from error
    if key is None:
        raise ClearinghouseError(f"{host} shows no key.")
    return key.export_public_key("openssh").decode().strip()


def fingerprint(host_key: str) -> str:
    """SHA-256 of a public key, as clearinghouses print it; nothing when it is no key."""
    try:
        return str(asyncssh.import_public_key(host_key).get_fingerprint())
    except asyncssh.KeyImportError:
        return ""


def _ref(entry: asyncssh.SFTPName) -> InboundRef:
    at = entry.attrs.mtime
    name = entry.filename if isinstance(entry.filename, str) else entry.filename.decode()
    return InboundRef(name, entry.attrs.size or 0, dt.datetime.fromtimestamp(at, dt.UTC) if at else None)
