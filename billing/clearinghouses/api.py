"""Stedi's HTTPS API, and the sandbox payer that speaks it on loopback.

Addresses and shapes are those of Stedi's published descriptions (healthcare 2024-04-01, core 2023-08-01) and of its
reference pages: claims, eligibility and claim status take `{"x12": …}` and answer with `x12` among other fields;
claims know a repetition by `Idempotency-Key` for 24 hours. `/polling/transactions` gives `items` and `nextPageToken`;
a file with its envelope is an execution's input, answered by a 302 that names another address.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from types import TracebackType
from typing import Any, Final, Self

import httpx

from billing.clearinghouses import fetching, verdicts
from billing.clearinghouses.fetching import NotReachedError, OutgoingError, Reply
from billing.clearinghouses.layouts import Layout, Paths, layout_of
from billing.clearinghouses.protocol import (
    Capability,
    ClearinghouseError,
    InboundRef,
    Login,
    MaybeSentError,
    NotSentError,
    OutboundFile,
    Receipt,
    refuse_inside_transaction,
)
from practice import clock

OVERLAP: Final = dt.timedelta(hours=1)
FIRST_LOOK: Final = dt.timedelta(days=1)
ON_A_PAGE: Final = 100
MOST_PAGES: Final = 50
_ANSWERS: Final = {"999": "", "997": "", "835": "", "TA1": "", "277": "005010X214"}
_SECONDS: Final = 60.0


class ApiClearinghouse:
    """A line to one clearinghouse over HTTPS; used as a context manager."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self._layout: Layout = layout_of(login.layout)
        if self._layout.paths is None:
            raise LookupError(f"{self._layout.name} has no API.")
        self._paths: Paths = self._layout.paths
        self.capabilities: frozenset[Capability] = self._layout.capabilities
        self._client: httpx.Client

    def __enter__(self) -> Self:
        refuse_inside_transaction()
        if not self._login.password:
            raise NotSentError(f"There is no API key for {self._layout.name} yet. Set it in Settings, Connections.")
        self._client = fetching.client()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def submit(self, item: OutboundFile) -> Receipt:
        """Posts a file under its key; the same bytes under the same key are taken once."""
        try:
            reply = self._post(self._paths.claims, item.content, {"Idempotency-Key": item.key}, _SECONDS)
        except NotReachedError as error:
            raise NotSentError(self._not_reached) from error
        except OutgoingError as error:
            raise MaybeSentError(f"{self._layout.name} did not answer. It may have the file.") from error
        return verdicts.receipt(self._layout.name, reply)

    def has(self, item: OutboundFile) -> bool:
        """It does not say what it has; asking again under the same key does."""
        return False

    def list_inbound(self, cursor: str = "") -> Sequence[InboundRef]:
        """What came in since the cursor and an hour before it, a file at a time, the oldest first."""
        since = dt.datetime.fromisoformat(cursor) - OVERLAP if cursor else clock.now() - FIRST_LOOK
        found: dict[str, InboundRef] = {}
        for item in self._items(since):
            ref = _ref(item)
            if ref is not None:
                found[ref.place] = ref
        return list(found.values())

    def fetch(self, ref: InboundRef) -> bytes:
        """The bytes with their envelope; an address a 302 names is asked without the key, and only where it may lie."""
        path = self._paths.document.format(execution=ref.place)
        reply = self._get(path, self._paths.poll_host)
        if reply.status < HTTPStatus.BAD_REQUEST and (elsewhere := reply.json().get("documentDownloadUrl")):
            reply = self._download(str(elsewhere))
        if reply.status != HTTPStatus.OK:
            raise ClearinghouseError(
                f"{ref.name} could not be fetched from {self._layout.name} (it said {reply.status})."
            )
        return reply.content

    def remove(self, ref: InboundRef) -> None:
        """Nothing lies in a folder."""

    def eligibility(self, inquiry: bytes, *, timeout: float) -> bytes:
        """A 270 in, its 271 out."""
        return self._ask(self._paths.eligibility, inquiry, timeout)

    def claim_status(self, inquiry: bytes, *, timeout: float) -> bytes:
        """A 276 in, its 277 out."""
        return self._ask(self._paths.claim_status, inquiry, timeout)

    def _ask(self, path: str, inquiry: bytes, timeout: float) -> bytes:
        """What it answers at once; a refusal that is X12 is an answer too."""
        try:
            reply = self._post(path, inquiry, {}, timeout)
        except OutgoingError as error:
            raise ClearinghouseError(f"{self._layout.name} did not answer in {timeout:.0f} seconds.") from error
        answer = reply.x12
        if not answer:
            raise verdicts.refusal(self._layout.name, reply)
        return answer

    def _items(self, since: dt.datetime) -> Iterator[dict[str, Any]]:
        """Every transaction since then, page after page."""
        moment = since.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        query = {"startDateTime": moment}
        for _ in range(MOST_PAGES):
            reply = self._get(self._paths.poll, self._paths.poll_host, query | {"pageSize": str(ON_A_PAGE)})
            if reply.status != HTTPStatus.OK:
                raise verdicts.silence(self._layout.name, reply)
            said = reply.json()
            items = said.get("items") or []
            yield from (one for one in items if isinstance(one, dict))
            if not items or not said.get("nextPageToken"):
                return
            query = {"pageToken": str(said["nextPageToken"])}

    def _post(self, path: str, content: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        refuse_inside_transaction()
        address = fetching.address(self._login.host, self._login.port, path)
        body = {"x12": content.decode("ascii", errors="replace")}
        return fetching.ask(self._client, "POST", address, self._keyed(headers), timeout, body=body)

    def _get(self, path: str, host: str, query: Mapping[str, str] | None = None) -> Reply:
        refuse_inside_transaction()
        address = fetching.address(host or self._login.host, 443 if host else self._login.port, path)
        try:
            return fetching.ask(self._client, "GET", address, self._keyed({}), _SECONDS, query=query)
        except NotReachedError as error:
            raise ClearinghouseError(self._not_reached) from error
        except OutgoingError as error:
            raise ClearinghouseError(f"{self._layout.name} does not show its answers.") from error

    def _download(self, address: str) -> Reply:
        """A file from where the API says it lies; the key stays here."""
        fetching.refuse_elsewhere(address, self._login.host, self._login.port, self._paths.download_hosts)
        try:
            return fetching.ask(self._client, "GET", address, {}, _SECONDS)
        except OutgoingError as error:
            raise ClearinghouseError(f"{self._layout.name} does not give its answers.") from error

    def _keyed(self, headers: Mapping[str, str]) -> dict[str, str]:
        return {"Authorization": self._login.password, **headers}

    @property
    def _not_reached(self) -> str:
        return f"{self._layout.name} cannot be reached at {self._login.host}, port {self._login.port}."


def _ref(item: Mapping[str, Any]) -> InboundRef | None:
    """The file in which an answer of ours came; None for what we sent and for answers to inquiries."""
    facts = (item.get("x12") or {}).get("metadata") or {}
    kind = str((facts.get("transaction") or {}).get("transactionSetIdentifier") or "")
    guide = str((facts.get("functionalGroup") or {}).get("release") or "")
    place, at = str(item.get("fileExecutionId") or ""), str(item.get("processedAt") or "")
    if item.get("direction") != "INBOUND" or not place or not at:
        return None
    if kind and (kind not in _ANSWERS or (guide and not guide.startswith(_ANSWERS[kind]))):
        return None
    moment = dt.datetime.fromisoformat(at)
    return InboundRef(f"{place}.x12", None, moment, place=place, cursor=moment.isoformat())
