"""HTTPS as clearinghouses are asked: certificates verified, no redirect followed, answers bounded, no proxy.

Plain HTTP is spoken with this machine only, where the sandbox payer listens. A key is in a header, never in an address;
what goes wrong is said without either.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from billing.clearinghouses.protocol import ClearinghouseError

LARGEST: Final = 25 * 1024 * 1024
SECONDS_TO_CONNECT: Final = 15.0
LONGEST_WAIT: Final = dt.timedelta(hours=1)
_HTTPS: Final = 443
_PRINTABLE: Final = re.compile(r"[^ -~]+")


class OutgoingError(RuntimeError):
    """No whole answer came; what was asked may have been done."""


class NotReachedError(OutgoingError):
    """Nothing was sent: there is no line."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    content: bytes
    wait: dt.timedelta | None = None

    def json(self) -> dict[str, Any]:
        """The object in it; an empty one when it is none."""
        try:
            said = json.loads(self.content)
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}

    @property
    def x12(self) -> bytes:
        """The X12 in it, or nothing."""
        found = self.json().get("x12")
        return found.encode() if isinstance(found, str) and "ISA" in found[:8] else b""

    @property
    def sentence(self) -> str:
        """What it says is wrong, in its own words, short and printable."""
        said = self.json()
        errors = [one for one in said.get("errors") or [] if isinstance(one, dict)]
        found = said.get("message") or (errors[0].get("description") if errors else "")
        return _PRINTABLE.sub(" ", str(found or ""))[:160].strip()


def client() -> httpx.Client:
    """A client that follows nobody and trusts what the machine's certificate store trusts."""
    return httpx.Client(follow_redirects=False, trust_env=False, verify=True)


def is_loopback(host: str) -> bool:
    """Whether it is this machine."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def address(host: str, port: int, path: str) -> str:
    """HTTPS everywhere but on this machine."""
    if is_loopback(host) and port != _HTTPS:
        return f"http://{host}:{port}{path}"
    return f"https://{host}{'' if port == _HTTPS else f':{port}'}{path}"


def refuse_elsewhere(found: str, host: str, port: int, ends: tuple[str, ...]) -> None:
    """ClearinghouseError for an address that is neither the clearinghouse's own nor one where its files may lie."""
    parts = urlsplit(found)
    own = (parts.hostname, parts.port or _HTTPS) == (host, port)
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if not safe or not (own or any((parts.hostname or "").endswith(end) for end in ends)):
        raise ClearinghouseError(
            "A file is said to lie at an address that is not the clearinghouse’s. It is not fetched."
        )


def ask(
    line: httpx.Client,
    method: str,
    where: str,
    headers: Mapping[str, str],
    timeout: float,
    *,
    body: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
) -> Reply:
    """One request; NotReachedError when nothing was sent, OutgoingError when no whole answer came."""
    limit = httpx.Timeout(timeout, connect=min(timeout, SECONDS_TO_CONNECT))
    content = json.dumps(body).encode() if body is not None else None
    kind = {"Content-Type": "application/json"} if body is not None else {}
    try:
        with line.stream(
            method, where, headers={**headers, **kind}, content=content, params=query, timeout=limit
        ) as answer:
            return Reply(answer.status_code, _bounded(answer), _wait(answer.headers.get("Retry-After")))
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as error:
        raise NotReachedError(type(error).__name__) from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise OutgoingError(type(error).__name__) from None


def _bounded(answer: httpx.Response) -> bytes:
    """As much as an answer can be."""
    found = bytearray()
    for part in answer.iter_bytes():
        found += part
        if len(found) > LARGEST:
            raise OutgoingError("The answer is larger than an answer can be.")
    return bytes(found)


def _wait(header: str | None) -> dt.timedelta | None:
    """Retry-After in seconds, within reason."""
    if header is None or not header.strip().isdecimal():
        return None
    return min(dt.timedelta(seconds=int(header.strip()[:6])), LONGEST_WAIT)
