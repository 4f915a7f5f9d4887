"""Ctrl-C, SIGTERM and a closed terminal, all taken as the same wish to stop."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

WISHES_TO_STOP: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def as_interrupts() -> None:
    """From here on each of them raises KeyboardInterrupt."""
    for number in WISHES_TO_STOP:
        signal.signal(number, signal.default_int_handler)


def ignore() -> None:
    """From here on we stop in order; a second Ctrl-C must not leave half of the processes behind."""
    for number in WISHES_TO_STOP:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def deferred() -> Iterator[None]:
    """Keeps a wish to stop until the block is done: a server must be fully started before it can be stopped."""
    received: list[int] = []

    def remember(number: int, _frame: FrameType | None) -> None:
        received.append(number)

    for number in WISHES_TO_STOP:
        signal.signal(number, remember)
    try:
        yield
    finally:
        as_interrupts()
    if received:
        raise KeyboardInterrupt
