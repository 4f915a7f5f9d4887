"""The pages' port, address and health."""

from __future__ import annotations

import http.client
import socket

from config.local.shell import LocalError

FIRST_PORT = 8000
PORTS_TO_TRY = 50


def free_port(first: int = FIRST_PORT) -> int:
    """The first port from here on that nobody listens on; LocalError when all are taken."""
    for port in range(first, first + PORTS_TO_TRY):
        if is_free(port):
            return port
    raise LocalError(f"No port from {first} to {first + PORTS_TO_TRY - 1} is free. Say: make run PORT=…")


def is_free(port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return _binds(probe, port)


def _binds(probe: socket.socket, port: int) -> bool:
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


def is_healthy(port: int) -> bool:
    """True when the pages answer and find what they need."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def address(port: int) -> str:
    """The pages' address; by name, because passkeys need one."""
    return f"http://localhost:{port}/"
