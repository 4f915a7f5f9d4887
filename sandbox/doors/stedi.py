"""Stedi's healthcare API: claims, and questions answered while the asker waits."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from sandbox.doors.counter import InFlightError
from sandbox.doors.replies import JSON, Reply, refused
from sandbox.doors.request import Request
from sandbox.realtime import Kind

LONGEST_KEY: Final = 255
SECONDS: Final = "1"
"""When to ask again about a request that is still worked on."""


def submit_claims(request: Request) -> Reply:
    """Claims in raw X12: the same key and body get the same reply."""
    content, key = request.x12, request.headers.get("idempotency-key", "")
    if content is None or len(key) > LONGEST_KEY:
        return _invalid()
    try:
        receipt = request.counter.submit(request.login, key, content)
    except InFlightError:
        words = "A request with this Idempotency-Key is still being processed."
        return refused(HTTPStatus.CONFLICT, "CONFLICT", words, **{"Retry-After": SECONDS})
    if receipt is None:
        words = "This Idempotency-Key was used for another request."
        return refused(HTTPStatus.UNPROCESSABLE_ENTITY, "REQUEST_CHANGED", words)
    status, body = receipt
    return Reply(HTTPStatus(status), JSON, body.encode())


def ask_eligibility(request: Request) -> Reply:
    """A 270 in raw X12, and its 271."""
    return _asked(request, Kind.ELIGIBILITY)


def ask_claim_status(request: Request) -> Reply:
    """A 276 in raw X12, and its 277."""
    return _asked(request, Kind.CLAIM_STATUS)


def _asked(request: Request, kind: Kind) -> Reply:
    content = request.x12
    if content is None:
        return _invalid()
    status, body = request.counter.ask(request.login, kind, content)
    return Reply(HTTPStatus(status), JSON, body.encode())


def _invalid() -> Reply:
    words = 'The body should be {"x12": "ISA…"}, and the Idempotency-Key at most 255 characters.'
    return refused(HTTPStatus.BAD_REQUEST, "INVALID_REQUEST", words)
