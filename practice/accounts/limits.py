"""How long a session lasts: a lock after minutes without use, the end after half a day."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from practice import clock

STARTED: Final = "session_started"
SEEN: Final = "session_seen"
LOCKED: Final = "session_locked"
_WRITE_EVERY: Final = 60  # seconds; the time of last use is a database write


def begin(request: HttpRequest, **_: Any) -> None:
    """Starts both clocks; connected to Django's signal of a log-in."""
    moment = clock.now().timestamp()
    request.session[STARTED] = moment
    reopen(request.session)


def reopen(session: SessionBase) -> None:
    """Takes the lock off and starts the clock of use again; the session's age goes on."""
    session[SEEN] = clock.now().timestamp()
    session.pop(LOCKED, None)


def is_over(session: SessionBase) -> bool:
    """Whether the session is too old, or was never begun by a log-in."""
    started: float | None = session.get(STARTED)
    return started is None or clock.now().timestamp() - started > settings.SESSION_ABSOLUTE_SECONDS


def is_idle(session: SessionBase) -> bool:
    """Whether nobody has used the session for too long, or it is locked already."""
    return is_locked(session) or clock.now().timestamp() - _seen(session) > settings.SESSION_IDLE_SECONDS


def is_locked(session: SessionBase) -> bool:
    """Whether the session waits for its owner's password."""
    return bool(session.get(LOCKED))


def lock(session: SessionBase) -> None:
    """Keeps the session's data and opens nothing until its owner signs in again."""
    session[LOCKED] = True


def use(session: SessionBase) -> None:
    """Notes that a person used the session just now."""
    moment = clock.now().timestamp()
    if moment - _seen(session) > _WRITE_EVERY:
        session[SEEN] = moment


def ends_at(session: SessionBase) -> dt.datetime:
    """When the session locks or ends if nobody touches it, whichever comes first."""
    idle = _seen(session) + settings.SESSION_IDLE_SECONDS
    absolute = float(session.get(STARTED, 0)) + settings.SESSION_ABSOLUTE_SECONDS
    return dt.datetime.fromtimestamp(min(idle, absolute), dt.UTC)


def _seen(session: SessionBase) -> float:
    return float(session.get(SEEN, 0))
