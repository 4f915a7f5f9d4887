"""The figures of the bench, each with what it has to hold. A new figure is a function that `figure` registers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from billing.day import running, services
from desk.bench.places import Bench
from practice import access
from practice.access import Access
from practice.accounts import people
from practice.models import User
from practice.tenancy.context import practice_context

CONCURRENT: Final = 4
REQUESTS: Final = 100
SHOWN: Final = 30  # clinicians in a calendar week
LONGEST: Final = 120
CLICK_SECONDS: Final = 2
PAGE_SECONDS: Final = 0.150
MOST_QUERIES: Final = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """What was measured, in words, and whether it holds."""

    words: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table of numbers to hold."""

    name: str
    hold: str
    take: Callable[[Bench, int], Taken]


REGISTRY: Final[list[Figure]] = []


def figure(name: str, hold: str) -> Callable[[Callable[[Bench, int], Taken]], Callable[[Bench, int], Taken]]:
    """Registers a function that is given what the bench made and the port of the pages."""

    def register(take: Callable[[Bench, int], Taken]) -> Callable[[Bench, int], Taken]:
        REGISTRY.append(Figure(name, hold, take))
        return take

    return register


@figure("one click: 1,000 ready sessions confirmed and charged", "≤ 2 s")
def one_click(bench: Bench, _port: int) -> Taken:
    """The service the page calls and the work after it; undone afterwards, so that it can be taken again."""
    entry = enter(bench)
    actor, practice = entry.actor, entry.practice
    started = time.perf_counter()
    with transaction.atomic(), practice_context(practice.pk, phi=True, rates=True):
        run = services.bill(actor=actor, practice=practice, attendance_ids=bench.to_click, attested=True)
    running.perform(practice.pk, str(run.pk))
    took = time.perf_counter() - started
    with transaction.atomic(), practice_context(practice.pk, phi=True, rates=True):
        run.refresh_from_db()
        billed, left = len(run.billed_ids), run.left[:1]
        services.undo_run(actor=actor, practice=practice, run_id=run.pk)
    words = f"{took:.2f} s for {billed:,}" + (f", {len(run.left)} left: {left}" if left else "")
    return Taken(words, holds=took <= CLICK_SECONDS and billed == len(bench.to_click))


@figure("billing day", "p95 ≤ 150 ms, ≤ 20 queries")
def billing_day(bench: Bench, port: int) -> Taken:
    """The last day of work of every clinician, as the owner sees it."""
    return _page(bench, port, f"/p/{bench.slug}/billing/{bench.day}/")


@figure(f"calendar week, {SHOWN} clinicians", "p95 ≤ 150 ms, ≤ 20 queries")
def calendar_week(bench: Bench, port: int) -> Taken:
    """The page of the week with a column for each, by default those who fit."""
    return _page(bench, port, f"/p/{bench.slug}/calendar/?view=week&date={bench.day}")


@figure(f"calendar week, its events, {SHOWN} clinicians", "p95 ≤ 150 ms, ≤ 20 queries")
def calendar_events(bench: Bench, port: int) -> Taken:
    """What the calendar asks for when it draws the week."""
    return _page(bench, port, f"/p/{bench.slug}/calendar/events/?view=week&date={bench.day}")


def _page(bench: Bench, port: int, path: str) -> Taken:
    client = Client(SERVER_NAME="localhost")
    client.force_login(_owner(bench))
    session = client.session
    session["second_factor_added"] = _owner(bench).pk
    session.save()
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    if answer.status_code != HTTPStatus.OK:
        return Taken(f"{path} answered {answer.status_code}", holds=False)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    seconds = sorted(_hurry(port, path, cookie))
    half, most = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95) - 1]
    words = f"p50 {half * 1000:.0f} ms, p95 {most * 1000:.0f} ms, {len(queries)} queries, {len(answer.content):,} bytes"
    return Taken(words, holds=most <= PAGE_SECONDS and len(queries) <= MOST_QUERIES)


def _hurry(port: int, path: str, cookie: str) -> list[float]:
    """Asks the running pages, four at a time, over connections that stay open."""
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

    with ThreadPoolExecutor(CONCURRENT) as pool:
        list(pool.map(ask, range(CONCURRENT * 2)))
        return list(pool.map(ask, range(REQUESTS)))


def enter(bench: Bench) -> Access:
    """The owner in the bench's practice."""
    entry = access.enter(_owner(bench), bench.slug)
    if entry is None:
        raise LookupError("The owner cannot enter the bench's practice.")
    return entry


def _owner(bench: Bench) -> User:
    user = people.account_of(bench.email)
    if user is None:
        raise LookupError("The bench's owner is gone; remove .data/bench.")
    return user
