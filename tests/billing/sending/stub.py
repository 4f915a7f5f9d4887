"""A receiver with keys on loopback that can be told to misbehave: it keeps what it took, by key and by bytes."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "stub-key"
DROP = "drop"
HANG = "hang"
SECONDS_TO_HANG = 1.0


@dataclass
class Taken:
    """What was asked, what was taken under which key, and what happens next.

    `troubles` is used up from the front: a status is answered and nothing taken; DROP takes the file and hangs up, HANG
    a second later; a status with `after` takes the file and answers the status.
    """

    calls: list[tuple[str, str, str]] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    troubles: list[tuple[Any, dict[str, str]]] = field(default_factory=list)
    after: bool = False
    answer: dict[str, Any] = field(default_factory=lambda: {"status": "SUCCESS"})
    pages: list[dict[str, Any]] = field(default_factory=list)
    documents: dict[str, tuple[int, Any]] = field(default_factory=dict)
    headers: list[dict[str, str]] = field(default_factory=list)
    port: int = 0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Nothing."""

    def do_POST(self) -> None:
        stub: Taken = self.server.stub
        body = self.rfile.read(int(self.headers["Content-Length"]))
        key = self.headers.get("Idempotency-Key", "")
        stub.calls.append(("POST", self.path, key))
        stub.headers.append(dict(self.headers))
        trouble, extra = stub.troubles.pop(0) if stub.troubles else (None, {})
        if trouble is None or trouble in {DROP, HANG} or stub.after:
            if key in stub.taken and stub.taken[key] != body.decode():
                self._say(422, {"message": "other"}, {})
                return
            stub.taken[key] = body.decode()
        if trouble == HANG:
            threading.Event().wait(SECONDS_TO_HANG)
        if trouble in {DROP, HANG}:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif trouble is not None:
            self._say(trouble, {"message": "trouble"}, extra)
        else:
            self._say(400 if stub.answer.get("status") == "ERROR" else 200, stub.answer, {})

    def do_GET(self) -> None:
        stub: Taken = self.server.stub
        stub.calls.append(("GET", self.path, ""))
        stub.headers.append(dict(self.headers))
        path = self.path.split("?")[0]
        if path.endswith("/polling/transactions"):
            self._say(200, stub.pages.pop(0) if stub.pages else {"items": []}, {})
            return
        status, said = stub.documents.get(path, (404, {"message": "no"}))
        self._say(status, said, {})

    def _say(self, status: int, said: Any, extra: dict[str, str]) -> None:
        content = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        for name, value in extra.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def running() -> Iterator[Taken]:
    """The stub, listening on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    stub = Taken(port=server.server_address[1])
    server.stub = stub  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
