"""The figures of the bench, each with what it has to hold. A new figure is a function that `figure` registers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final

from django.db import transaction

from billing.day import running, services
from desk.bench.places import Bench
from practice import access
from practice.access import Access
from practice.accounts import people
from practice.models import User
from practice.tenancy.context import practice_context

CLICK_SECONDS: Final = 2
TIMES: Final = 5


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
    return middle(lambda: _click(bench))


def _click(bench: Bench) -> tuple[float, Taken]:
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
    return took, Taken(words, holds=took <= CLICK_SECONDS and billed == len(bench.to_click))


def middle(take: Callable[[], tuple[float, Taken]]) -> Taken:
    """The middle of several, as a worker that has been up for a while takes it; the words name the first too."""
    first, *others = (take() for _ in range(TIMES))
    _, chosen = sorted((first, *others), key=itemgetter(0))[TIMES // 2]
    return replace(chosen, words=f"{chosen.words} (middle of {TIMES}, the first {first[0]:.2f} s)")


def enter(bench: Bench) -> Access:
    """The owner in the bench's practice."""
    entry = access.enter(owner_of(bench), bench.slug)
    if entry is None:
        raise LookupError("The owner cannot enter the bench's practice.")
    return entry


def owner_of(bench: Bench) -> User:
    """Who looks at the pages."""
    user = people.account_of(bench.email)
    if user is None:
        raise LookupError("The bench's owner is gone; remove .data/bench.")
    return user
