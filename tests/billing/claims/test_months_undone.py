"""One session of several is unbilled: it comes off its claim, and what is left of it goes as it should."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from billing.claims import batching, correcting
from billing.claims.errors import ClaimRefusedError
from billing.day import services
from billing.day.errors import BillingRefusedError
from billing.day.undoing import undo_session, undoable
from billing.models import Batch, BillingRun, Charge, Claim, ClaimEvent, ClaimSession
from practice.models import AuditEvent
from scheduling.models import Attendance
from tests.billing.claims.cases import add_on, lines_of, of, written
from tests.billing.claims.hands import Post
from tests.billing.claims.months import somebody, together, visit
from tests.billing.day.hands import accounts, status

pytestmark = pytest.mark.django_db


def billed(post: Post, *days: int) -> tuple[list[Attendance], Claim]:
    """Sessions of one client on one claim, in a batch that waits."""
    together(post)
    who = somebody(post)
    rows = [visit(post, who, one) for one in days]
    add_on(rows[1], "90785", "90834")
    (claim,) = set(post.claims(*rows))
    return rows, claim


def undone(post: Post, row: Attendance) -> None:
    undo_session(actor=post.bob, practice=post.practice, attendance_id=row.pk)


def test_one_of_three_takes_its_lines_away_and_the_claim_goes_without_it(post: Post) -> None:
    rows, claim = billed(post, 14, 7, 0)
    undone(post, rows[1])
    claim.refresh_from_db()
    assert (claim.status, claim.total, claim.session_count) == ("batched", Decimal("284.20"), 2)
    assert [line.position for line in lines_of(claim)] == [1, 4]
    assert status(*rows) == ["confirmed", "held", "confirmed"]
    assert not Charge.objects.filter(attendance=rows[1], undone_at=None).exists()
    assert accounts()["insurer_receivable"] == claim.total
    (found,) = written(post)
    assert of(found, "CLM")[0].split("*")[2] == "284.2"
    assert of(found, "LX", "DTP*472", "REF*6R") == [
        "LX*1", "DTP*472*D8*20261102", f"REF*6R*{claim.number}L01",
        "LX*2", "DTP*472*D8*20261116", f"REF*6R*{claim.number}L04",
    ]  # fmt: skip


def test_without_its_first_session_a_claim_begins_with_the_next(post: Post) -> None:
    rows, claim = billed(post, 14, 7, 0)
    undone(post, rows[0])
    claim.refresh_from_db()
    assert (claim.attendance_id, claim.service_on, claim.last_on) == (
        rows[1].pk, dt.date(2026, 11, 9), dt.date(2026, 11, 16),
    )  # fmt: skip
    assert claim.file_by == dt.date(2026, 11, 9) + dt.timedelta(days=90)
    said = ClaimEvent.objects.get(claim=claim, title="Taken off the claim").detail
    assert said == "90834 of Mon, Nov 2, $142.10\nBilling of this session undone"
    assert AuditEvent.objects.filter(action="claim.session_taken_off", object_id=str(claim.pk)).exists()


def test_the_last_session_takes_its_claim_and_the_batch_along(post: Post) -> None:
    rows, claim = billed(post, 7, 0)
    for row in rows:
        undone(post, row)
    claim.refresh_from_db()
    assert (claim.status, Batch.objects.get().status) == ("withdrawn", "withdrawn")
    assert BillingRun.objects.get().billed_ids == []
    assert set(accounts().values()) == {Decimal("0.00")}


def test_what_was_unbilled_is_billed_again_on_a_claim_of_its_own(post: Post) -> None:
    rows, claim = billed(post, 14, 7, 0)
    undone(post, rows[1])
    post.bill(rows[1])
    other = Claim.objects.exclude(pk=claim.pk).get()
    assert [one.attendance_id for one in other.sessions.all()] == [rows[1].pk]
    assert (len(lines_of(claim)), len(lines_of(other))) == (2, 2)
    run = BillingRun.objects.order_by("pk").first()
    assert run is not None
    assert run.billed_ids == [rows[0].pk, rows[2].pk]


def test_the_whole_click_is_undone_after_one_of_it_was(post: Post) -> None:
    rows, claim = billed(post, 14, 7, 0)
    undone(post, rows[2])
    services.undo_run(actor=post.bob, practice=post.practice, run_id=BillingRun.objects.get().pk)
    claim.refresh_from_db()
    assert claim.status == "withdrawn"
    assert status(*rows) == ["held", "held", "held"]


def test_what_is_in_a_file_stays_billed(post: Post) -> None:
    rows, claim = billed(post, 14, 0)
    assert undoable([row.pk for row in rows]) == {row.pk for row in rows}
    post.leave()
    assert undoable([row.pk for row in rows]) == set()
    with pytest.raises(BillingRefusedError, match="has left already"):
        undone(post, rows[0])
    with pytest.raises(ClaimRefusedError, match="has left already"):
        batching.withdraw_many([rows[0].pk], actor=post.bob, reason="Undo")
    assert claim.sessions.count() == 2


def test_a_withdrawn_claim_comes_back_for_what_is_still_billed(post: Post) -> None:
    rows, claim = billed(post, 14, 7, 0)
    batching.hold_back(actor=post.bob, batch_id=Batch.objects.get().pk)
    correcting.withdraw(actor=post.bob, claim_id=claim.pk)
    undone(post, rows[1])
    post.bill(rows[1])
    correcting.restore(actor=post.bob, claim_id=claim.pk)
    claim.refresh_from_db()
    assert (claim.status, claim.session_count, claim.total) == ("ready", 2, Decimal("284.20"))
    under_way = ClaimSession.objects.filter(under_way=True).values_list("attendance_id", flat=True)
    assert sorted(under_way) == sorted(row.pk for row in rows)


def test_a_withdrawn_claim_whose_sessions_are_all_gone_says_so(post: Post) -> None:
    rows, claim = billed(post, 7, 0)
    batching.hold_back(actor=post.bob, batch_id=Batch.objects.get().pk)
    correcting.withdraw(actor=post.bob, claim_id=claim.pk)
    for row in rows:
        undone(post, row)
    with pytest.raises(ClaimRefusedError, match="unbilled since"):
        correcting.restore(actor=post.bob, claim_id=claim.pk)


def test_what_the_client_pays_is_unbilled_only_at_once(post: Post) -> None:
    row = visit(post, somebody(post), 0, self_pay=True)
    post.bill(row)
    assert undoable([row.pk]) == {row.pk}
    Attendance.objects.filter(pk=row.pk).update(confirmed_at=row.session.starts_at)
    with pytest.raises(BillingRefusedError, match="some time ago"):
        undone(post, row)
