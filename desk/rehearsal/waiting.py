"""Waiting for what other processes do, and saying so when they do not."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Final

from practice import clock, tasks

PATIENCE: Final = 60
GLANCE: Final = 0.1
ROUND: Final = dt.timedelta(minutes=1)
PAUSE: Final = 0.7


class RehearsalError(Exception):
    """The way could not be gone to its end; the text says where it stopped."""


def until(condition: Callable[[], bool], what: str) -> None:
    """Returns as soon as the condition holds; RehearsalError, saying what was waited for, when it does not."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise RehearsalError(f"After {PATIENCE} seconds there was still no sign of {what}.")
        time.sleep(GLANCE)


class Beat:
    """Has a worker sweep up what is due, as beat does every minute; the rehearsal's minutes are shorter."""

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment
        self._next = time.monotonic()

    def strike(self) -> None:
        """Lets a minute pass once the last one is over."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PAUSE
        self.moment += ROUND
        with clock.at(self.moment):
            tasks.sweep.delay()
