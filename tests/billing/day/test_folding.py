"""A day with many sessions folds its clinicians: counts first, rows when somebody opens them, one click for all."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.day import folding
from billing.day.boards import Board
from billing.day.selectors import Filters
from billing.models import BillingRun
from clinicians.models import Clinician, Enrollment
from scheduling.models import Attendance
from tests.billing.day.hands import MONDAY, Desk
from tests.people import signed_in
from tests.scheduling.readiness import made

PAGE = "/p/fernhollow/billing/2026-11-16/"
QUERIES_WHILE_FOLDED = 4  # the actor, the strip, the sessions, the clinicians


@pytest.fixture
def three(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Clinician]:
    """Three clinicians with a ready session each; the first also has one to fix, the last one only one in all."""
    monkeypatch.setattr(folding, "WHOLE", 3)
    found = [desk.made["clinician"], _clinician(desk, "Ana", "1000000012"), _clinician(desk, "Zoe", "1000000020")]
    for one in found:
        desk.made["clinician"] = one
        desk.session()
    desk.made["clinician"] = found[0]
    desk.session(actual_stop=None)
    return found


def _clinician(desk: Desk, first: str, npi: str) -> Clinician:
    row = made._clinician(first, npi)
    Enrollment.objects.create(clinician=row, payer=desk.made["payer"], status="effective", effective_on=made.KEPT)
    return row


@pytest.fixture
def bob(desk: Desk) -> Any:
    return signed_in(desk.people.bob)


def board(desk: Desk, **asked: Any) -> Board:
    return folding.board(desk.bob, desk.practice, MONDAY, Filters(**asked))


def test_a_small_day_shows_every_row(desk: Desk) -> None:
    desk.session()
    found = board(desk)
    assert not found.folded
    assert [len(group.rows) for group in found.groups] == [1]


def test_many_sessions_are_counted_by_clinician_and_none_is_judged(desk: Desk, three: list[Clinician]) -> None:
    with CaptureQueriesContext(connection) as queries:
        found = board(desk)
    assert found.folded
    assert found.pending
    assert (found.counted, found.clinicians) == (4, 3)
    assert [(group.name, group.count, group.said, group.rows) for group in found.groups] == [
        ("Ana Raman", 1, "1 open", []),
        ("Priya Raman", 2, "2 open", []),
        ("Zoe Raman", 1, "1 open", []),
    ]
    assert len([one for one in queries if "FROM" in one["sql"]]) == QUERIES_WHILE_FOLDED


def test_what_is_billed_stands_behind_what_is_open(desk: Desk, three: list[Clinician]) -> None:
    desk.bill(Attendance.objects.order_by("pk")[1])
    found = board(desk)
    assert [(group.name, group.said) for group in found.groups] == [
        ("Priya Raman", "2 open"),
        ("Zoe Raman", "1 open"),
        ("Ana Raman", "1 billed"),
    ]


def test_one_clinician_opens_and_only_her_sessions_are_judged(desk: Desk, three: list[Clinician]) -> None:
    found = board(desk, opened=three[0].pk)
    shown = {group.name: [row.state for row in group.rows] for group in found.groups}
    assert shown == {"Ana Raman": [], "Priya Raman": ["ready", "fix"], "Zoe Raman": []}
    assert [group.name for group in found.groups if group.unfolded] == ["Priya Raman"]


def test_the_row_somebody_works_on_is_in_view(desk: Desk, three: list[Clinician]) -> None:
    row = Attendance.objects.order_by("pk")[2]
    assert [group.name for group in board(desk, rows=frozenset([row.pk])).groups if group.unfolded] == ["Zoe Raman"]


def test_all_of_it_is_judged_when_it_is_asked_for(desk: Desk, three: list[Clinician]) -> None:
    found = board(desk, judged=True)
    assert not found.pending
    assert (len(found.ready), len(found.fixes), found.counted) == (3, 1, 4)
    assert [(group.name, group.said, group.unfolded) for group in found.groups] == [
        ("Ana Raman", "", False),
        ("Priya Raman", "1 ready", False),
        ("Zoe Raman", "", False),
    ]


def test_a_filter_shows_rows_and_says_when_it_is_cut(
    desk: Desk, three: list[Clinician], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [row.state for group in board(desk, show="fix").groups for row in group.rows] == ["fix"]
    monkeypatch.setattr(folding, "WHOLE", 2)
    found = board(desk, show="ready")
    assert (found.cut, sum(len(group.rows) for group in found.groups), len(found.all_rows)) == (2, 2, 4)


def test_clinicians_come_a_page_at_a_time(desk: Desk, three: list[Clinician], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "PEOPLE", 2)
    assert [group.name for group in board(desk).groups] == ["Ana Raman", "Priya Raman"]
    assert [group.name for group in board(desk, page="2").groups] == ["Zoe Raman"]
    assert [group.name for group in board(desk, opened=three[2].pk).groups] == ["Zoe Raman"]


def test_the_page_asks_for_the_rest_and_one_click_bills_all_that_is_ready(
    desk: Desk, bob: Any, three: list[Clinician]
) -> None:
    first = bob.get(PAGE).content.decode()
    assert "Checking 4 sessions" in first
    assert "data-bill" not in first
    asked = bob.get(PAGE, {"judged": "all"}).content.decode()
    assert "3 of 4 sessions are ready" in asked
    many = re.search(r'name="attendances" value="([\d,]+)" data-also-count="3"', asked)
    assert many is not None
    bob.post("/p/fernhollow/billing/bill/", {"at": "2026-11-16", "attested": "yes", "attendances": many[1]})
    assert len(BillingRun.objects.get().attendance_ids) == 3


def test_an_opened_session_that_is_not_ticked_stays_out_of_the_click(
    desk: Desk, bob: Any, three: list[Clinician]
) -> None:
    ids = [str(row.pk) for row in Attendance.objects.exclude(actual_stop=None).order_by("pk")]
    body = {
        "at": "2026-11-16",
        "attested": "yes",
        "attendances": ",".join(ids),
        "listed": ids[:2],
        "attendance": ids[:1],
    }
    bob.post("/p/fernhollow/billing/bill/", body)
    assert BillingRun.objects.get().attendance_ids == [int(ids[0]), int(ids[2])]


def test_an_act_on_a_row_answers_with_its_group_and_asks_for_the_counts_again(
    desk: Desk, bob: Any, three: list[Clinician]
) -> None:
    row = Attendance.objects.get(actual_stop=None)
    body = {"at": "2026-11-16", "field": "actual_stop", "value": "9:45"}
    answer = bob.post(f"/p/fernhollow/billing/sessions/{row.pk}/facts/", body, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert f'id="att-{row.pk}"' in text
    assert "Checking 4 sessions" in text


def test_the_result_of_a_click_is_judged_at_once(desk: Desk, bob: Any, three: list[Clinician]) -> None:
    run = desk.bill(*Attendance.objects.all())
    text = bob.get(PAGE, {"run": run.pk}).content.decode()
    assert "3 sessions billed" in text
    assert "Checking" not in text
    assert "Of the click, 1 was left:" in text
