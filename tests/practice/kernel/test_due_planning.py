"""What is planned: many at once, read back, and leased by kind."""

from __future__ import annotations

import datetime as dt

import pytest

from practice import due
from practice.models import DueWork
from tests.people import NOW

pytestmark = pytest.mark.django_db
ONE, OTHER = "tests.one", "tests.other"


def test_many_are_planned_at_once_and_what_was_planned_keeps_its_time(standing_clock: None) -> None:
    due.plan(ONE, practice_id=7, object_id="b", due_at=NOW)
    due.plan_many(ONE, practice_id=7, object_ids=["a", "b"], due_at=NOW + dt.timedelta(days=1))
    assert dict(DueWork.objects.values_list("object_id", "due_at")) == {"a": NOW + dt.timedelta(days=1), "b": NOW}


def test_what_is_planned_is_told_by_kind_and_practice_until_it_is_done(standing_clock: None) -> None:
    due.plan_many(ONE, practice_id=7, object_ids=["a", "b"], due_at=NOW)
    due.plan_many(OTHER, practice_id=7, object_ids=["c"], due_at=NOW)
    due.plan_many(ONE, practice_id=8, object_ids=["d"], due_at=NOW)
    due.done(ONE, practice_id=7, object_id="a")
    assert due.planned(ONE, practice_id=7) == {"b"}


def test_a_sweep_for_some_kinds_leaves_the_others(standing_clock: None) -> None:
    due.plan(ONE, practice_id=7, object_id="a", due_at=NOW)
    due.plan(OTHER, practice_id=7, object_id="b", due_at=NOW)
    assert [piece.kind for piece in due.lease(kinds=[OTHER])] == [OTHER]
    assert [piece.kind for piece in due.lease()] == [ONE]
