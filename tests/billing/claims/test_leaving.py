"""When a batch leaves: checked, numbered, written, stored; and what does not leave."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import time_machine

from billing.claims import batching, leaving
from billing.claims.errors import ClaimRefusedError
from billing.clearinghouses.layouts import LAYOUTS
from billing.day import services
from billing.day.errors import BillingRefusedError
from billing.models import Batch, BillingRun, Claim, Connection, Request, Submission
from clients.models import Client
from edi.claims.reading import read as read_claims
from practice import clock, files
from practice.models import DueWork
from tests.billing.claims.hands import Post, content
from tests.edi.oracles import pyx12_errors
from tests.people import NOW

pytestmark = pytest.mark.django_db


def test_the_file_is_made_when_the_batch_leaves_and_pyx12_accepts_it(post: Post) -> None:
    post.claims(post.session(), post.session())
    (request,) = post.leave()
    assert pyx12_errors(files.read(request.file)) == []
    (transaction,) = content(request).transactions
    found = read_claims(transaction)
    numbers = set(Claim.objects.values_list("number", flat=True))
    assert {claim.patient_control_number for claim in found.claims} == numbers
    assert found.billing.name.full == "FERNHOLLOW PLLC"


def test_each_claim_knows_its_segments(post: Post) -> None:
    post.claims(post.session(), post.session())
    (request,) = post.leave()
    (transaction,) = content(request).transactions
    for row in Submission.objects.filter(request=request):
        part = [str(segment) for segment in transaction.segments[row.first_segment - 1 : row.last_segment]]
        assert any(text.startswith(f"CLM*{row.number}*") for text in part)
        assert sum(text.startswith("CLM*") for text in part) == 1


def test_it_waits_for_the_delay(post: Post) -> None:
    post.claims(post.session())
    batch = Batch.objects.get()
    assert batch.leaves_at == clock.now() + dt.timedelta(minutes=10)
    leaving.leave(post.practice.pk, str(batch.pk))
    assert not Request.objects.exists()
    with time_machine.travel(NOW + dt.timedelta(minutes=11), tick=False), clock.at(NOW + dt.timedelta(minutes=11)):
        leaving.leave(post.practice.pk, str(batch.pk))
    assert Request.objects.count() == 1


def test_leaving_twice_makes_the_file_once(post: Post) -> None:
    post.claims(post.session())
    post.leave()
    leaving.leave(post.practice.pk, str(Batch.objects.get().pk))
    assert Request.objects.count() == 1


def test_control_numbers_are_given_once(post: Post) -> None:
    post.claims(post.session())
    (first,) = post.leave()
    post.claims(post.session())
    (second,) = post.leave()
    assert (first.control_number, second.control_number) == ("000000001", "000000002")


def test_a_claim_with_a_fault_stays_behind_and_the_others_leave(post: Post) -> None:
    good, bad = post.claims(post.session(), post.session())
    Client.objects.filter(pk=bad.client_id).update(date_of_birth=None)
    (request,) = post.leave()
    bad.refresh_from_db()
    assert bad.status == Claim.Status.DRAFT
    assert any("birth" in words for words in bad.problems)
    assert [row.claim_id for row in Submission.objects.filter(request=request)] == [good.pk]


def test_a_batch_of_faults_alone_sends_nothing(post: Post) -> None:
    post.claims(post.session())
    Client.objects.update(date_of_birth=None)
    assert post.leave() == []
    assert Batch.objects.get().status == Batch.Status.WITHDRAWN


def test_held_back_claims_are_ready_again(post: Post) -> None:
    (claim,) = post.claims(post.session())
    batching.hold_back(actor=post.bob, batch_id=Batch.objects.get().pk)
    claim.refresh_from_db()
    assert claim.status == Claim.Status.READY
    assert not DueWork.objects.filter(kind=batching.LEAVE).exists()


def test_undo_withdraws_claims_that_have_not_left(post: Post) -> None:
    (claim,) = post.claims(post.session())
    services.undo_run(actor=post.bob, practice=post.practice, run_id=BillingRun.objects.get().pk)
    claim.refresh_from_db()
    assert claim.status == Claim.Status.WITHDRAWN
    assert Batch.objects.get().status == Batch.Status.WITHDRAWN


def test_what_has_left_is_not_undone(post: Post) -> None:
    (claim,) = post.claims(post.session())
    post.leave()
    claim.refresh_from_db()
    Claim.objects.filter(pk=claim.pk).update(status=Claim.Status.SENT)
    with pytest.raises(BillingRefusedError, match="cannot be unsent"):
        services.undo_run(actor=post.bob, practice=post.practice, run_id=BillingRun.objects.get().pk)


def test_a_made_batch_cannot_be_held_back(post: Post) -> None:
    post.claims(post.session())
    post.leave()
    with pytest.raises(ClaimRefusedError, match="left already"):
        batching.hold_back(actor=post.bob, batch_id=Batch.objects.get().pk)


def test_a_file_holds_no_more_bytes_than_the_clearinghouse_takes(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = post.claims(*[post.session() for _ in range(5)])
    monkeypatch.setitem(LAYOUTS, "sandbox", replace(LAYOUTS["sandbox"], max_bytes=1500))
    requests = post.leave()
    sizes = [len(files.read(request.file)) for request in requests]
    assert max(sizes) <= 1500
    assert sum(request.claim_count for request in requests) == len(rows)
    assert len({request.control_number for request in requests}) == len(requests) > 1


def test_one_claim_that_is_too_large_goes_alone(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    post.claims(post.session(), post.session())
    monkeypatch.setitem(LAYOUTS, "sandbox", replace(LAYOUTS["sandbox"], max_bytes=100))
    assert [request.claim_count for request in post.leave()] == [1, 1]


def test_a_connection_says_how_many_claims_stand_in_an_st(post: Post) -> None:
    post.claims(*[post.session() for _ in range(5)])
    Connection.objects.update(claims_per_transaction=2)
    (request,) = post.leave()
    assert [len(read_claims(one).claims) for one in content(request).transactions] == [2, 2, 1]
    assert pyx12_errors(files.read(request.file)) == []
