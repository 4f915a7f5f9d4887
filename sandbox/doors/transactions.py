"""Stedi's core API: the stream of transactions, and their documents behind addresses of their own."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from edi.command.documents import document, tell
from edi.interchanges import Group, Interchange
from edi.reading import read
from sandbox.doors.replies import JSON, X12, Reply, refused, said
from sandbox.doors.request import Request
from sandbox.journal import INBOUND, Entry

USUAL: Final = 100
MOST: Final = 500
MODES: Final = {"T": "test", "P": "production"}
EXECUTION: Final = "file-"
"""A file's number is that of its one transaction behind this."""


def poll(request: Request) -> Reply:
    """GET /polling/transactions: a page of the stream, oldest first, and the token that goes on after it."""
    size = request.asked.get("pageSize", str(USUAL))
    start = _start(request)
    if start is None or not (size.isascii() and size.isdigit() and 1 <= int(size) <= MOST):
        words = "Give startDateTime (2026-03-05T00:00:00Z) or pageToken, and a pageSize of 1 to 500."
        return refused(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", words)
    found = request.counter.entries(request.login, start, int(size))
    after = found[-1].cursor if found else start
    return said(items=[summary(entry, request.base) for entry in found], nextPageToken=_token(after))


def get_transaction(request: Request, number: str) -> Reply:
    """GET /transactions/<transactionId>."""
    entry = request.counter.entry(request.login, number)
    return said(**summary(entry, request.base)) if entry else _unknown()


def redirect(request: Request, kind: str, number: str, usage: str) -> Reply:
    """GET …/<id>/input or /output: 302 to the document, whose address needs no key."""
    return _pointed(request, kind, number, usage, HTTPStatus.FOUND)


def address(request: Request, kind: str, number: str, usage: str) -> Reply:
    """GET …/<id>/input-url or /output-url: the address of the document."""
    return _pointed(request, kind, number, usage, HTTPStatus.OK)


def download(request: Request, number: str, usage: str) -> Reply:
    """A document: X12, or for the output of what came in its content as JSON."""
    entry = request.counter.entry(None, number)
    if entry is None:
        return _unknown()
    if _kind(entry, usage) == X12:
        return Reply(HTTPStatus.OK, X12, entry.content)
    return Reply(HTTPStatus.OK, JSON, _as_json(entry.content))


def summary(entry: Entry, base: str) -> dict[str, Any]:
    """A transaction as the stream lists it (TransactionSummary)."""
    interchange = read(entry.content)[0]
    came_in = entry.direction == INBOUND
    sender, receiver = ("sandbox", entry.login) if came_in else (entry.login, "sandbox")
    return {
        "transactionId": entry.number,
        "fileExecutionId": f"{EXECUTION}{entry.number}",
        "direction": entry.direction,
        "mode": MODES.get(interchange.usage, "other"),
        "status": "succeeded",
        "processedAt": f"{entry.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z",
        "artifacts": [_artifact(entry, usage, base) for usage in ("input", "output")],
        "partnership": {
            "partnershipId": f"{sender}_{receiver}",
            "partnershipType": "x12",
            "sender": {"profileId": sender},
            "receiver": {"profileId": receiver},
        },
        "x12": {"metadata": _metadata(interchange)},
    }


def _artifact(entry: Entry, usage: str, base: str) -> dict[str, Any]:
    kind = _kind(entry, usage)
    size = len(entry.content if kind == X12 else _as_json(entry.content))
    url = f"{base}/2023-08-01/transactions/{entry.number}/{usage}"
    return {"artifactType": kind, "usage": usage, "model": "transaction", "sizeBytes": size, "url": url}


def _kind(entry: Entry, usage: str) -> str:
    """What comes in is translated: its input is X12, its output JSON; what was sent as X12 stays so."""
    return JSON if entry.direction == INBOUND and usage == "output" else X12


def _as_json(content: bytes) -> bytes:
    return json.dumps(document(tell(interchange) for interchange in read(content))).encode()


def _metadata(interchange: Interchange) -> dict[str, Any]:
    """Envelope and first transaction."""
    group = interchange.groups[0]
    sent = group.transactions[0]
    return {
        "interchange": {
            "acknowledgmentRequestedCode": "1" if interchange.acknowledgment_wanted else "0",
            "controlNumber": int(interchange.control),
        },
        "functionalGroup": _group(group),
        "transaction": {"controlNumber": sent.control, "transactionSetIdentifier": sent.set_id},
        "sender": _party(group.sender, interchange.sender_qualifier, interchange.sender),
        "receiver": _party(group.receiver, interchange.receiver_qualifier, interchange.receiver),
    }


def _group(group: Group) -> dict[str, Any]:
    made_at = group.made_at
    return {
        "controlNumber": int(group.control),
        "release": group.version,
        "date": made_at.date().isoformat() if made_at else "",
        "time": made_at.time().isoformat(timespec="seconds") if made_at else "",
        "functionalIdentifierCode": group.functional_id,
    }


def _party(code: str, qualifier: str, number: str) -> dict[str, Any]:
    return {"applicationCode": code, "isa": {"qualifier": qualifier, "id": number}}


def _pointed(request: Request, kind: str, number: str, usage: str, status: HTTPStatus) -> Reply:
    """The address of a document, as Location where the answer is a redirect."""
    bare = number.removeprefix(EXECUTION) if kind == "executions" else number
    if request.counter.entry(request.login, bare) is None:
        return _unknown()
    url = f"{request.base}/documents/{bare}/{usage}"
    headers = {"Location": url} if status is HTTPStatus.FOUND else {}
    return Reply(status, JSON, json.dumps({"documentDownloadUrl": url}).encode(), headers)


def _unknown() -> Reply:
    return refused(HTTPStatus.NOT_FOUND, "NOT_FOUND", "There is no such transaction.")


def _start(request: Request) -> int | datetime | None:
    """Where a page begins: behind the token, else behind the moment; None when neither is one."""
    token, moment = request.asked.get("pageToken"), request.asked.get("startDateTime", "")
    if token is not None:
        return _opened(token)
    return _moment(moment)


def _moment(text: str) -> datetime | None:
    """An ISO 8601 moment; without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _token(after: int | datetime) -> str:
    """A token for what comes after a cursor, or after a moment as long as nothing came."""
    text = after.isoformat() if isinstance(after, datetime) else str(after)
    return base64.urlsafe_b64encode(f"after {text}".encode()).decode()


def _opened(token: str) -> int | datetime | None:
    """What a token of ours says."""
    try:
        text = base64.urlsafe_b64decode(token.encode()).decode().removeprefix("after ")
    except (binascii.Error, ValueError):
        return None
    reader: Callable[[str], int | datetime | None] = int if text.isdecimal() else _moment
    return reader(text)
