"""The HTTP side: health, claims with an idempotency key, answers by cursor, and the payer's day."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

MAX_BODY: Final = 64 * 1024 * 1024
JSON: Final = "application/json"
X12: Final = "application/edi-x12"
Reply = tuple[HTTPStatus, str, bytes]


class Counter(Protocol):
    """What stands behind the pages; every call waits its turn."""

    def submit(self, key: str, content: bytes) -> str | None:
        """The receipt of a submission, or None when the key was used for another body."""

    def answers(self, after: int) -> list[dict[str, Any]]:
        """The answers after a cursor."""

    def answer(self, name: str) -> bytes | None:
        """One answer."""

    def day(self) -> date | None:
        """The payer's day."""

    def move_to(self, day: date) -> bool:
        """Move the payer's day on; whether it was not later already."""


class Server(ThreadingHTTPServer):
    """Serves one counter on 127.0.0.1."""

    daemon_threads = True

    def __init__(self, port: int, counter: Counter) -> None:
        self.counter = counter
        super().__init__(("127.0.0.1", port), Handler)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """GET."""
        self._answer(GETS)

    def do_POST(self) -> None:
        """POST."""
        self._answer(POSTS)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Requests are not logged."""

    def body(self) -> bytes:
        """The body, as long as Content-Length says."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _answer(self, pages: Mapping[str, Callable[[Handler, str], Reply]]) -> None:
        """Find the page and send what it says."""
        first, _, rest = urlsplit(self.path).path.strip("/").partition("/")
        page = pages.get(first)
        if not (self.headers.get("Content-Length") or "0").isdecimal() or self._too_long():
            self.close_connection = True
            reply = said(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, error="The body is too long or of unknown length.")
        elif page is None:
            self.close_connection = True
            reply = said(HTTPStatus.NOT_FOUND, error="There is no such page.")
        else:
            reply = page(self, unquote(rest))
        self._send(*reply)

    def _too_long(self) -> bool:
        return int(self.headers.get("Content-Length") or 0) > MAX_BODY or "Transfer-Encoding" in self.headers

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Sandbox", "yes")
        self.end_headers()
        self.wfile.write(body)


def said(status: HTTPStatus = HTTPStatus.OK, **facts: Any) -> Reply:
    """A reply in JSON."""
    return status, JSON, json.dumps(facts).encode()


def health(_: Handler, __: str) -> Reply:
    """GET /health."""
    return said(sandbox="ok")


def post_claims(request: Handler, _: str) -> Reply:
    """POST /claims: the same key and body are answered with the same receipt."""
    content, key = request.body(), request.headers.get("Idempotency-Key", "").strip()
    if not key:
        return said(HTTPStatus.BAD_REQUEST, error="The header Idempotency-Key is missing.")
    receipt = request.server.counter.submit(key, content)
    if receipt is None:
        return said(HTTPStatus.UNPROCESSABLE_ENTITY, error="This Idempotency-Key was used for another body.")
    return HTTPStatus.OK, JSON, receipt.encode()


def get_answers(request: Handler, name: str) -> Reply:
    """GET /answers?after=<cursor> lists, GET /answers/<name> gives one as it was written."""
    if name:
        content = request.server.counter.answer(name)
        if content is None:
            return said(HTTPStatus.NOT_FOUND, error=f"There is no answer “{name}”.")
        return HTTPStatus.OK, X12, content
    after = parse_qs(urlsplit(request.path).query).get("after", ["0"])[0]
    if not (after.isascii() and after.isdigit()):
        return said(HTTPStatus.BAD_REQUEST, error="The cursor “after” should be a number.")
    found = request.server.counter.answers(int(after))
    return said(answers=found, cursor=found[-1]["cursor"] if found else int(after))


def get_day(request: Handler, _: str) -> Reply:
    """GET /day."""
    day = request.server.counter.day()
    return said(day=day.isoformat() if day else None)


def post_day(request: Handler, _: str) -> Reply:
    """POST /day {"day": "2026-03-05"}: the payer's day goes on, never back."""
    try:
        day = date.fromisoformat(json.loads(request.body())["day"])
    except (ValueError, TypeError, KeyError):
        return said(HTTPStatus.UNPROCESSABLE_ENTITY, error='The body should be {"day": "2026-03-05"}.')
    if not request.server.counter.move_to(day):
        return said(HTTPStatus.CONFLICT, error="The payer's day is already later than that.")
    return said(day=day.isoformat())


GETS: Final = {"health": health, "answers": get_answers, "day": get_day}
POSTS: Final = {"claims": post_claims, "day": post_day}
