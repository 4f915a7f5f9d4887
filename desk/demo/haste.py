"""What makes history quicker to make without making it otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections


@contextmanager
def not_waiting_for_the_disk() -> Iterator[None]:
    """Commits return before they are on the disk, where most of the time of thousands of small ones goes.

    Nothing is lost when this program ends or is killed. A machine that loses power loses the last moments, whole steps
    in their order, and the next start goes on there.
    """
    _say("SET synchronous_commit = off")
    try:
        yield
    finally:
        _say("RESET synchronous_commit")


def look_at_the_tables(times: int) -> None:
    """Lets PostgreSQL count its rows anew at the first, second, fourth, eighth … time.

    Tables that grow from nothing within minutes are else planned for as if they were empty. Only their owner may ask.
    """
    if times & (times - 1) == 0 and "owner" in connections:
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")


def _say(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)
