"""An organization sends what waits at its practices with one click, and sees what went and what came back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.claims import leaving
from billing.claims.batching import LEAVE
from billing.claims.leaving import SEND
from billing.connections import calling, through
from billing.models import Batch, Claim, InboundTransaction, Request, SharedConnection
from practice.models import Affiliation, AuditEvent, DueWork, Practice
from practice.setup.errors import SetupRefusedError
from tests.billing.sharing.conftest import Shared
from tests.billing.sharing.test_through_an_organization import FERN, RIVER, answered
from tests.people import signed_in

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def waiting(shared: Shared, practice: Practice, numbers: tuple[str, str], count: int) -> None:
    """A practice that lets the organization send its claims, with a batch that waits for its delay."""
    post = shared.practice(practice, *numbers)
    Affiliation.objects.filter(practice=practice).update(permissions=["claims:view", "claims:edit"])
    with shared.inside(practice):
        post.claims(*[post.session() for _ in range(count)])


def call(shared: Shared) -> list[SharedConnection]:
    with shared.inside(shared.people.northlight):
        return calling.call(actor=shared.mso, connection_id=shared.number)


def leave(practice: Practice) -> None:
    """What the practice's worker does."""
    for key in list(DueWork.objects.filter(kind=LEAVE, practice_id=practice.pk).values_list("object_id", flat=True)):
        leaving.leave(practice.pk, key)


def rows(shared: Shared) -> dict[str, through.Through]:
    with shared.inside(shared.people.northlight):
        found = through.practices(shared.mso, shared.mso_row())
    return {one.name: one for one in found}


def test_one_click_sends_what_waits_at_every_practice_and_the_page_says_what_came_back(shared: Shared) -> None:
    fernhollow, rivermark = shared.people.fernhollow, shared.people.rivermark
    waiting(shared, fernhollow, FERN, 2)
    waiting(shared, rivermark, RIVER, 1)
    browser: Any = signed_in(shared.olga)
    address = reverse("call_for_batches", args=["northlight", shared.number])
    said = browser.post(address, follow=True).content.decode()
    assert "Fernhollow Therapy: 1 batch with 2 claims leaves now." in said
    assert "Rivermark Partners: 1 batch with 1 claim leaves now." in said
    for practice in (fernhollow, rivermark):
        leave(practice)
        shared.work(practice, SEND)
    shared.work(shared.people.northlight, SEND)
    answered(shared, 2)
    shared.fetch(fernhollow, rivermark)
    page = browser.get(reverse("connection_files", args=["northlight", shared.number])).content.decode()
    for practice in (fernhollow, rivermark):
        one = rows(shared)[practice.name]
        assert (one.files, one.waiting, one.unknown, one.stopped) == (1, 0, 0, 0)
        assert dict(one.came_back)["999"] == 1
        assert dict(one.came_back)["835"] >= 1
        with shared.inside(practice):
            assert set(Claim.objects.values_list("status", flat=True)) <= {"accepted", "paid", "partially_paid"}
    assert "Lindgren" not in page
    assert "Fernhollow Therapy" in page
    assert "2 claims left" in page


def test_a_practice_that_does_not_let_it_keeps_to_its_own_times(shared: Shared) -> None:
    fernhollow, rivermark = shared.people.fernhollow, shared.people.rivermark
    waiting(shared, fernhollow, FERN, 1)
    waiting(shared, rivermark, RIVER, 1)
    Affiliation.objects.filter(practice=rivermark).update(permissions=["claims:view"])
    assert [share.practice_name for share in call(shared)] == ["Fernhollow Therapy"]
    leave_at = {}
    for practice in (fernhollow, rivermark):
        with shared.inside(practice):
            batch = Batch.objects.get()
            leave_at[practice.pk] = batch.leaves_at - batch.made_at
    assert leave_at[fernhollow.pk] < leave_at[rivermark.pk]
    assert not rows(shared)["Rivermark Partners"].may_call


def test_where_no_practice_lets_it_the_click_says_so(shared: Shared) -> None:
    shared.practice(shared.people.fernhollow, *FERN)
    with pytest.raises(SetupRefusedError, match="lets you send its claims"):
        call(shared)


def test_what_was_called_for_stands_in_both_trails_and_names_who_did(shared: Shared) -> None:
    fernhollow = shared.people.fernhollow
    waiting(shared, fernhollow, FERN, 1)
    call(shared)
    with shared.inside(fernhollow):
        said = AuditEvent.objects.get(action="batches.called_for").after
        assert said is not None
        assert said["by"] == "Olga Northlight, Northlight Services"
    with shared.inside(shared.people.northlight):
        share = SharedConnection.objects.get()
        assert (share.called_by_name, share.called_batches, share.called_claims) == ("Olga Northlight", 1, 1)


def test_called_for_twice_nothing_leaves_twice(shared: Shared) -> None:
    fernhollow = shared.people.fernhollow
    waiting(shared, fernhollow, FERN, 1)
    call(shared)
    leave(fernhollow)
    (share,) = call(shared)
    assert (share.called_batches, share.called_claims) == (0, 0)
    shared.through(fernhollow)
    with shared.inside(shared.people.northlight):
        assert Request.objects.count() == 1


def test_the_page_asks_the_same_number_of_queries_for_many_practices(shared: Shared) -> None:
    browser: Any = signed_in(shared.olga)
    address = reverse("connection_files", args=["northlight", shared.number])
    counts = []
    for practice, numbers in ((shared.people.fernhollow, FERN), (shared.people.rivermark, RIVER)):
        waiting(shared, practice, numbers, 1)
        call(shared)
        leave(practice)
        shared.through(practice)
        with CaptureQueriesContext(database) as caught:
            assert browser.get(address).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
    with shared.inside(shared.people.northlight):
        assert not InboundTransaction.objects.exists()
