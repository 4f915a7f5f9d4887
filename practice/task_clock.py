"""A clock that stands travels with a task: the worker sees the time the task was sent at.

Where people work the clock may not stand, and the header is refused.
"""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from typing import Any, Final

from celery.signals import before_task_publish, task_postrun, task_prerun

from practice import clock

HEADER: Final = "caseload_clock"
_standing: dict[str, ExitStack] = {}


def send(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """Puts the standing instant into the task's headers; nothing while the clock runs."""
    moment = clock.standing()
    if moment is not None and headers is not None:
        headers[HEADER] = moment.isoformat()


def begin(task_id: str, task: Any, **_: Any) -> None:
    """Lets the clock stand where it stood; ClockMayNotStandError where people work."""
    said = getattr(task.request, HEADER, None)
    if said:
        stack = ExitStack()
        stack.enter_context(clock.at(dt.datetime.fromisoformat(said)))
        _standing[task_id] = stack


def end(task_id: str, **_: Any) -> None:
    """Lets it run again."""
    stack = _standing.pop(task_id, None)
    if stack is not None:
        stack.close()


before_task_publish.connect(send, dispatch_uid="practice.task_clock.send")
task_prerun.connect(begin, dispatch_uid="practice.task_clock.begin")
task_postrun.connect(end, dispatch_uid="practice.task_clock.end")
