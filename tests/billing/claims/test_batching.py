"""Batches: what goes into which, when they leave, and what is taken out of them."""

from __future__ import annotations

import datetime as dt

import pytest

from billing.claims import batching, leaving, timing
from billing.claims.errors import ClaimRefusedError
from billing.day import services as day
from billing.models import Batch, BatchClaim, BillingRun, Claim, Connection, Request, SendingTimes
from practice import clock
from practice.models import DueWork, PracticeSettings
from tests.billing.claims.hands import Post, connect
from tests.people import NOW

pytestmark = pytest.mark.django_db


def test_without_a_connection_claims_stay_ready(post: Post) -> None:
    Connection.objects.update(is_active=False)
    (claim,) = post.claims(post.session())
    assert (claim.status, Batch.objects.count()) == ("ready", 0)
    with pytest.raises(ClaimRefusedError, match="Connect one in Settings first"):
        batching.batch_ready(actor=post.bob, claim_ids=[claim.pk])


def test_the_delay_is_the_practices_own(post: Post) -> None:
    PracticeSettings.objects.update(send_delay_minutes=45)
    post.claims(post.session())
    batch = Batch.objects.get()
    assert batch.leaves_at == clock.now() + dt.timedelta(minutes=45)
    assert DueWork.objects.get(kind=batching.LEAVE).due_at == batch.leaves_at


@pytest.mark.parametrize(
    ("now", "leaves"),
    [("08:00", "09:00"), ("08:49", "09:00"), ("08:51", "16:30"), ("16:19", "16:30"), ("16:21", "09:00 tomorrow")],
)
def test_at_times_of_day_a_batch_waits_for_the_next_one_after_the_delay(post: Post, now: str, leaves: str) -> None:
    SendingTimes.objects.create(times=[dt.time(16, 30), dt.time(9)])
    time, _, tomorrow = leaves.partition(" ")
    today = clock.today(post.practice)
    day = today + dt.timedelta(days=1) if tomorrow else today
    rows = post.claims(post.session())
    with clock.at(clock.instant(post.practice, today, dt.time.fromisoformat(now))):
        batching.hold_back(actor=post.bob, batch_id=Batch.objects.get().pk)
        batch = batching.batch_ready(actor=post.bob, claim_ids=[row.pk for row in rows])
    assert batch.leaves_at == clock.instant(post.practice, day, dt.time.fromisoformat(time))


@pytest.mark.parametrize(("day", "hour"), [(dt.date(2026, 3, 8), 9), (dt.date(2026, 11, 1), 9)])
def test_a_time_of_day_is_the_wall_clocks_when_clocks_change(post: Post, day: dt.date, hour: int) -> None:
    before = clock.instant(post.practice, day, dt.time(0, 30))
    found = timing.next_of([dt.time(hour)], before, post.practice)
    assert clock.local(post.practice, found).time() == dt.time(hour)


def test_the_delay_counts_from_the_last_addition(post: Post) -> None:
    post.claims(post.session())
    batch = Batch.objects.get()
    with clock.at(NOW + dt.timedelta(minutes=4)):
        claim = Claim.objects.get()
        batching.hold_back(actor=post.bob, batch_id=batch.pk)
        claim.refresh_from_db()
        again = batching.batch_ready(actor=post.bob, claim_ids=[claim.pk])
    assert again.leaves_at == NOW + dt.timedelta(minutes=14)


def test_send_now_does_not_wait_and_works_once(post: Post) -> None:
    post.claims(post.session())
    (request,) = post.leave()
    with pytest.raises(ClaimRefusedError, match="This batch left already"):
        batching.send_now(actor=post.bob, batch_id=request.batch_id)


def test_only_what_is_ready_goes_into_a_batch(post: Post) -> None:
    (claim,) = post.claims(post.session())
    with pytest.raises(ClaimRefusedError, match="None of these claims is ready"):
        batching.batch_ready(actor=post.bob, claim_ids=[claim.pk])


def test_a_batch_that_waits_keeps_its_connection(post: Post) -> None:
    post.claims(post.session())
    Connection.objects.update(is_default=False)
    other = connect(name="Other", submitter_id="OTHER1")
    (request,) = post.leave()
    assert request.connection_id != other.pk


def test_control_numbers_are_counted_by_connection(post: Post) -> None:
    post.claims(post.session())
    post.leave()
    Connection.objects.update(is_default=False)
    connect(name="Other", submitter_id="OTHER1")
    post.claims(post.session())
    (request,) = post.leave()
    assert request.control_number == "000000001"


def test_undo_takes_its_claims_out_and_leaves_the_others(post: Post) -> None:
    first, second = post.claims(post.session()), post.claims(post.session())
    day.undo_run(actor=post.bob, practice=post.practice, run_id=BillingRun.objects.order_by("pk")[0].pk)
    for claim in (*first, *second):
        claim.refresh_from_db()
    assert [claim.status for claim in (*first, *second)] == ["withdrawn", "batched"]
    assert sorted(Batch.objects.values_list("status", flat=True)) == ["waiting", "withdrawn"]


def test_a_claim_in_a_file_that_is_made_is_no_longer_taken_back(post: Post) -> None:
    (claim,) = post.claims(post.session())
    post.leave()
    with pytest.raises(ClaimRefusedError, match="The claim has left already"):
        batching.withdraw_many([claim.attendance_id], actor=post.bob, reason="Undo")
    claim.refresh_from_db()
    assert claim.status == Claim.Status.BATCHED


def test_a_claim_that_was_left_behind_is_taken_back(post: Post) -> None:
    """It was in the batch whose file is made, but not in the file: it waits in a batch again."""
    (claim,) = post.claims(post.session())
    claim.client.date_of_birth, born = None, claim.client.date_of_birth
    claim.client.save()
    post.leave()
    claim.client.date_of_birth = born
    claim.client.save()
    claim.refresh_from_db()
    assert claim.status == Claim.Status.DRAFT
    assert batching.withdraw_many([claim.attendance_id], actor=post.bob, reason="Undo") == [claim]


def test_a_file_holds_as_many_claims_as_the_clearinghouse_takes(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from billing.clearinghouses.layouts import LAYOUTS

    monkeypatch.setitem(LAYOUTS, "sandbox", replace(LAYOUTS["sandbox"], max_claims=2))
    post.claims(*[post.session() for _ in range(5)])
    requests = post.leave()
    assert [request.claim_count for request in requests] == [2, 2, 1]
    assert len({request.control_number for request in requests}) == 3
    leaving.leave(post.practice.pk, str(requests[0].batch_id))
    assert (Request.objects.count(), BatchClaim.objects.count()) == (3, 5)
