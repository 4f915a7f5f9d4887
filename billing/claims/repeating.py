"""Which files may be sent again by themselves: those whose receiver knows them again by their key, while it does."""

from __future__ import annotations

import datetime as dt
from typing import Final

from billing.clearinghouses.layouts import layout_of
from billing.models import Connection, Request
from practice import clock

MARGIN: Final = dt.timedelta(minutes=10)
FIRST_PAUSE: Final = dt.timedelta(seconds=30)
LONGEST_PAUSE: Final = dt.timedelta(minutes=30)
OVER: Final = "For a day it was sent again under its key, and no answer came. It is not sent again by itself."


def has_keys(connection: Connection) -> bool:
    """Whether its receiver knows a file again by its key at all."""
    return layout_of(connection.layout).keys_last is not None


def may_repeat(request: Request, connection: Connection, at: dt.datetime | None = None) -> bool:
    """Whether the same bytes may go again under the same key: the receiver has taken it already, or takes it once.

    The window is a little shorter than the receiver's, so that no call begins inside it and arrives after it.
    """
    lasts = layout_of(connection.layout).keys_last
    if lasts is None:
        return False
    return request.key_used_at is None or (at or clock.now()) < request.key_used_at + lasts - MARGIN


def next_try(request: Request, connection: Connection, wait: dt.timedelta | None) -> dt.datetime | None:
    """When it goes again by itself: after what the receiver asked for, else less and less often; None when never."""
    pause = wait or min(FIRST_PAUSE * 2 ** min(max(request.attempts - 1, 0), 8), LONGEST_PAUSE)
    at = clock.now() + pause
    return at if may_repeat(request, connection, at) else None
