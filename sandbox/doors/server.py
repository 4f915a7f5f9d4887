"""The HTTP server on 127.0.0.1: finds the page for a request, and lets keys in where a page asks for one."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from sandbox.doors.counter import Counter
from sandbox.doors.replies import Reply, refused, said
from sandbox.doors.request import Request
from sandbox.doors.routes import ROUTES, Route
from sandbox.mischief import Mischief, Misdeed

MAX_BODY: Final = 64 * 1024 * 1024
TROUBLES: Final = (
    (Misdeed.REFUSE_LOGIN, HTTPStatus.FORBIDDEN, "This API key is not known."),
    (Misdeed.ERROR, HTTPStatus.INTERNAL_SERVER_ERROR, "An internal error occurred."),
    (Misdeed.FULL_DISK, HTTPStatus.SERVICE_UNAVAILABLE, "There is no space left."),
)


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
        self._answer("GET")

    def do_POST(self) -> None:
        """POST."""
        self._answer("POST")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Requests are not logged."""

    def _answer(self, method: str) -> None:
        """Find the page and send what it says."""
        length = self.headers.get("Content-Length") or "0"
        if not length.isdecimal() or int(length) > MAX_BODY or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            words = "The body is too long or of unknown length."
            self._send(said(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, error=words))
            return
        address = urlsplit(self.path)
        request = Request(
            self.server.counter,
            f"http://127.0.0.1:{self.server.server_port}",
            dict(parse_qsl(address.query, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(int(length)),
        )
        reply = _page(method, unquote(address.path), request)
        if reply is None:
            self._break_off()
        else:
            self._send(reply)

    def _break_off(self) -> None:
        """Lose the line instead of answering."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("X-Sandbox", "yes")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)


def _page(method: str, path: str, request: Request) -> Reply | None:
    """What a page says; one that is asked with another method is refused as Stedi refuses it. None: the line breaks."""
    matching = [(route, found) for route in ROUTES if (found := route.path.fullmatch(path))]
    if not matching:
        return said(HTTPStatus.NOT_FOUND, error="There is no such page.")
    for route, found in matching:
        if route.method == method:
            return _open(route, request, found.groups())
    return refused(HTTPStatus.FORBIDDEN, "ACCESS_DENIED", f"This address does not take {method}.")


def _open(route: Route, request: Request, parts: Sequence[str]) -> Reply | None:
    """A page, behind its key where it has one."""
    if not route.needs_key:
        return route.page(request, *parts)
    given = request.headers.get("authorization", "").removeprefix("Key ").strip()
    if not given:
        return refused(HTTPStatus.UNAUTHORIZED, "UNAUTHORIZED", "The header Authorization is missing.")
    login = request.counter.login_of(given)
    if login is None:
        return refused(HTTPStatus.FORBIDDEN, "ACCESS_DENIED", "This API key is not known.")
    trouble = _trouble(request.counter.mischief, login)
    if trouble is not None:
        return trouble
    reply = route.page(replace(request, login=login), *parts)
    drops = route.method == "POST" and request.counter.mischief.take(Misdeed.DROP_AFTER_ACCEPT, login)
    return None if drops else reply


def _trouble(mischief: Mischief, login: str) -> Reply | None:
    """What goes wrong before a page is asked at all, where that is ordered."""
    for kind, status, words in TROUBLES:
        if mischief.take(kind, login):
            return refused(status, kind.value.upper(), words)
    return None
