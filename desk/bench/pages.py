"""The figures of pages: the practice's longest ones, asked for four at a time over connections that stay open."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from typing import Final

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from desk.bench.figures import Taken, figure, owner_of
from desk.bench.places import Bench

CONCURRENT: Final = 4
REQUESTS: Final = int(os.environ.get("BENCH_REQUESTS", "100"))
SHOWN: Final = 30  # clinicians in a calendar week: as many columns as the page shows at a time
LONGEST: Final = 120
PAGE_SECONDS: Final = 0.150
MOST_QUERIES: Final = 20
HOLD: Final = "p95 ≤ 150 ms, ≤ 20 queries"
PAGES: Final = {
    "billing day": "billing/{day}/",
    f"calendar week, {SHOWN} clinicians": "calendar/?view=week&date={day}",
    f"calendar week, its events, {SHOWN} clinicians": "calendar/events/?view=week&date={day}",
    "claims list": "claims/",
    "client list": "clients/",
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a page was measured to take: sorted seconds, queries and bytes of an answer."""

    seconds: list[float]
    queries: int
    size: int

    @property
    def half(self) -> float:
        """Half of the answers were faster."""
        return self.seconds[len(self.seconds) // 2]

    @property
    def most(self) -> float:
        """19 of 20 were faster."""
        return self.seconds[max(int(len(self.seconds) * 0.95) - 1, 0)]


def _register(name: str) -> None:
    @figure(name, HOLD)
    def take(bench: Bench, port: int) -> Taken:
        found = asked(bench, port, name)
        words = f"p50 {found.half * 1000:.0f} ms, p95 {found.most * 1000:.0f} ms"
        words = f"{words}, {found.queries} queries, {found.size:,} bytes"
        return Taken(words, holds=found.most <= PAGE_SECONDS and found.queries <= MOST_QUERIES)


for _name in PAGES:
    _register(_name)


def asked(bench: Bench, port: int, name: str) -> Answers:
    """Asks for a page as the owner: once in this process for its queries, then of the running pages."""
    path = f"/p/{bench.slug}/" + PAGES[name].format(day=bench.day)
    client = Client(SERVER_NAME="localhost")
    client.force_login(owner_of(bench))
    session = client.session
    session["second_factor_added"] = owner_of(bench).pk
    session.save()
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    if answer.status_code != HTTPStatus.OK:
        raise LookupError(f"{path} answered {answer.status_code}.")
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    return Answers(sorted(_hurry(_asker(port, path, cookie))), len(queries), len(answer.content))


def _hurry(ask: Callable[[int], float]) -> list[float]:
    with ThreadPoolExecutor(CONCURRENT) as pool:
        list(pool.map(ask, range(CONCURRENT * 2)))
        return list(pool.map(ask, range(REQUESTS)))


def _asker(port: int, path: str, cookie: str) -> Callable[[int], float]:
    """A function that asks once and gives the seconds; each thread keeps its connection."""
    own = threading.local()

    def ask(_: int) -> float:
        if not hasattr(own, "connection"):
            own.connection = HTTPConnection("localhost", port, timeout=LONGEST)
        started = time.perf_counter()
        own.connection.request("GET", path, headers={"Cookie": cookie})
        answer = own.connection.getresponse()
        answer.read()
        if answer.status != HTTPStatus.OK:
            raise LookupError(f"{path} answered {answer.status}.")
        return time.perf_counter() - started

    return ask
