"""The clock of a task: what stands where it is sent stands where it is done, and nowhere where people work."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import override_settings

from practice import clock, task_clock
from tests.people import NOW


def received(headers: dict[str, Any]) -> SimpleNamespace:
    """A task as a worker has it before it begins."""
    return SimpleNamespace(request=SimpleNamespace(**headers))


def sent() -> dict[str, Any]:
    headers: dict[str, Any] = {}
    task_clock.send(headers=headers)
    return headers


def test_a_standing_clock_travels_with_a_task() -> None:
    with clock.at(NOW):
        headers = sent()
    task_clock.begin(task_id="t1", task=received(headers))
    assert clock.now() == NOW
    task_clock.end(task_id="t1")
    assert clock.standing() is None


def test_a_running_clock_sends_nothing() -> None:
    assert sent() == {}
    task_clock.begin(task_id="t2", task=received({}))
    assert clock.now() - dt.datetime.now(dt.UTC) < dt.timedelta(seconds=5)
    task_clock.end(task_id="t2")


def test_where_people_work_no_task_sets_the_clock() -> None:
    with clock.at(NOW):
        headers = sent()
    with override_settings(CLOCK_MAY_STAND=False), pytest.raises(clock.ClockMayNotStandError):
        task_clock.begin(task_id="t3", task=received(headers))
    assert clock.standing() is None
