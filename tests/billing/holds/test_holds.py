"""Holding and releasing: left out of batches and of the one click, released by hand or on the day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from billing.claims import batching, resending
from billing.claims.errors import ClaimRefusedError
from billing.holds import many, releasing, services
from billing.holds.errors import HoldRefusedError
from billing.models import Batch, Claim, ClaimEvent, Hold
from practice import clock, states
from practice.actors import Actor
from practice.models import AuditEvent, DueWork
from scheduling.readiness import Stage, findings_for
from tests.billing.claims.hands import Post
from tests.people import NOW

pytestmark = pytest.mark.django_db
FRIDAY = dt.date(2026, 11, 20)


def hold(post: Post, claim: Claim, until: dt.date | None = None) -> Hold:
    return services.hold_claims(
        actor=post.bob, practice=post.practice, claim_ids=[claim.pk], reason="New card on Friday", until=until
    )[0]


def ready(post: Post, *path: str) -> Claim:
    (claim,) = post.claims(post.session())
    for state in path or ("ready",):
        states.transition(claim, state, actor=post.system)
    return claim


def test_a_held_claim_is_left_out_of_batches(post: Post) -> None:
    held, free = ready(post), ready(post)
    hold(post, held)
    batch = batching.batch_ready(actor=post.bob, claim_ids=[held.pk, free.pk])
    assert list(batch.rows.values_list("claim_id", flat=True)) == [free.pk]
    with pytest.raises(ClaimRefusedError, match="on hold"):
        batching.batch_ready(actor=post.bob, claim_ids=[held.pk])


def test_a_claim_comes_out_of_its_batch(post: Post) -> None:
    (claim,) = post.claims(post.session())
    hold(post, claim)
    claim.refresh_from_db()
    assert (claim.status, Batch.objects.get().status) == ("ready", "withdrawn")


def test_what_has_left_is_not_held(post: Post) -> None:
    claim = ready(post, "sent")
    with pytest.raises(HoldRefusedError, match="has left"):
        hold(post, claim)


def test_a_held_rejection_is_not_sent_again(post: Post) -> None:
    claim = ready(post, "sent", "rejected")
    hold(post, claim)
    sent = resending.resend_many(actor=post.bob, claim_ids=[claim.pk])
    assert (sent.claims, sent.left["on hold"]) == ([], 1)
    assert "1 left: on hold." in resending.sentence_of(sent)


def test_a_held_session_is_left_by_the_one_click_with_its_reason(post: Post) -> None:
    row = post.session()
    services.hold_attendance(
        actor=post.bob, practice=post.practice, attendance_id=row.pk, reason="Wait for the new card", until=FRIDAY
    )
    (finding,) = [one for one in findings_for([row], stages=[Stage.BILL])[row.pk] if one.code == "on_hold"]
    assert (finding.title, finding.why) == ("It is on hold until Nov 20.", "Wait for the new card.")
    assert finding.blocks
    run = post.bill(row)
    assert Claim.objects.count() == 0
    run.refresh_from_db()
    assert run.left[0]["codes"] == ["on_hold"]


def test_it_is_released_by_hand_and_told(post: Post) -> None:
    claim = ready(post)
    row = hold(post, claim)
    services.release(actor=post.bob, hold_id=row.pk)
    titles = list(ClaimEvent.objects.filter(claim=claim, kind="note").order_by("pk").values_list("title", "detail"))
    assert titles == [("On hold", "New card on Friday"), ("Released from hold", "")]
    assert {one.action for one in AuditEvent.objects.filter(client_id=claim.client_id, action__startswith="hold.")} == {
        "hold.made",
        "hold.released",
    }
    with pytest.raises(HoldRefusedError, match="already"):
        services.release(actor=post.bob, hold_id=row.pk)


def test_it_goes_on_by_itself_on_its_day(post: Post) -> None:
    claim = ready(post)
    row = hold(post, claim, FRIDAY)
    due = DueWork.objects.get(kind=services.RELEASE)
    assert clock.local(post.practice, due.due_at) == clock.local(
        post.practice, clock.instant(post.practice, FRIDAY, dt.time(0))
    )
    with clock.at(NOW + dt.timedelta(days=4)):
        releasing.perform(post.practice.pk, str(row.pk))
        releasing.perform(post.practice.pk, str(row.pk))
    row.refresh_from_db()
    assert row.released_by_name == "Caseload"
    assert not DueWork.objects.filter(kind=services.RELEASE).exists()
    assert ClaimEvent.objects.filter(claim=claim, title="Released from hold").count() == 1


@pytest.mark.parametrize(("reason", "until"), [("", None), ("x" * 201, None), ("Why", dt.date(2026, 11, 17))])
def test_a_hold_needs_a_reason_and_a_day_to_come(post: Post, reason: str, until: dt.date | None) -> None:
    claim = ready(post)
    with pytest.raises(HoldRefusedError):
        services.hold_claims(actor=post.bob, practice=post.practice, claim_ids=[claim.pk], reason=reason, until=until)


def test_a_claim_is_held_once_and_only_by_who_may(post: Post) -> None:
    claim = ready(post)
    with pytest.raises(PermissionDenied):
        services.hold_claims(
            actor=post.people.actor(post.people.charlie), practice=post.practice, claim_ids=[claim.pk], reason="Why"
        )
    hold(post, claim)
    with pytest.raises(HoldRefusedError, match="already"):
        hold(post, claim)


def test_many_are_released_at_once_and_held_again(post: Post) -> None:
    first, second = ready(post), ready(post)
    held = [hold(post, first, FRIDAY), hold(post, second)]
    ids = [row.pk for row in held]
    assert len(many.release_many(actor=post.bob, hold_ids=ids)) == 2
    assert not Hold.objects.filter(released_at=None).exists()
    assert not DueWork.objects.filter(kind=services.RELEASE).exists()
    with pytest.raises(HoldRefusedError, match="at least one"):
        many.release_many(actor=post.bob, hold_ids=ids)
    batch = batching.batch_ready(actor=post.bob, claim_ids=[first.pk])
    again, left = many.hold_again(actor=post.bob, practice=post.practice, hold_ids=ids)
    assert ([row.pk for row in again], left) == (ids, 0)
    first.refresh_from_db()
    batch.refresh_from_db()
    assert (first.status, batch.status) == ("ready", "withdrawn")
    assert DueWork.objects.get(kind=services.RELEASE).object_id == str(held[0].pk)
    assert ClaimEvent.objects.filter(claim=first, title="On hold again").count() == 1
    assert AuditEvent.objects.filter(action="hold.made_again").count() == 2


def test_what_went_on_meanwhile_stays_released(post: Post) -> None:
    claim = ready(post)
    held = hold(post, claim)
    many.release_many(actor=post.bob, hold_ids=[held.pk])
    for state in ("batched", "sent"):
        states.transition(claim, state, actor=post.system)
    assert many.hold_again(actor=post.bob, practice=post.practice, hold_ids=[held.pk]) == ([], 1)


def test_who_may_not_change_claims_releases_none(post: Post) -> None:
    held = hold(post, ready(post))
    nobody = Actor(post.practice.pk, 1, "Nobody", frozenset({"billing:edit"}))
    with pytest.raises(PermissionDenied):
        many.release_many(actor=nobody, hold_ids=[held.pk])
