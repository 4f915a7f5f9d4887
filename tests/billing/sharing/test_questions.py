"""A practice asks payers through its MSO's connection, over HTTP of a real sandbox payer: 270 and 276."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from billing.claims.handing import tell_arrived
from billing.claims.leaving import SEND
from billing.claims.telling import TELL_ARRIVED
from billing.clearinghouses.choosing import connection_for
from billing.clearinghouses.opening import open_line
from billing.clearinghouses.protocol import Capability, Clearinghouse, Login
from billing.connections import sharing
from billing.eligibility import asking, checking, recording
from billing.inbound.services import KIND
from billing.inquiries import taking
from billing.models import (
    Claim,
    ClaimEvent,
    ClaimStatusCheck,
    Connection,
    EligibilityCheck,
    InboundTransaction,
    Request,
    SharedConnection,
    SharedInquiry,
)
from billing.statuses import asking as claim_asking
from billing.statuses import checking as claim_checking
from clients.models import Coverage
from practice import clock, files
from practice.models import AuditEvent, DueWork, PayerEnrollment, StoredFile
from tests.billing.claims.hands import Post, connect
from tests.billing.sharing.conftest import Shared
from tests.people import NOW
from tests.scheduling.readiness import made

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
FERN = ("1245319599", "12-3456789")
KEY = "sandbox-key-caseload"


@pytest.fixture
def api(shared: Shared) -> Shared:
    """The same organization, whose connection over HTTP is the one that practices may use."""
    with shared.inside(shared.people.northlight):
        port = shared.sandbox.facts["http_port"]
        facts = {"layout": "sandbox_api", "port": port, "password": KEY, "submitter_id": "NORTHAPI"}
        row = connect(name="Sandbox API", is_default=False, **facts)
    return replace(shared, number=row.pk)


@pytest.fixture
def post(api: Shared) -> Post:
    """Fernhollow, which sends and asks through it."""
    return api.practice(api.people.fernhollow, *FERN)


def ask_about_coverage(api: Shared, post: Post) -> EligibilityCheck:
    """By hand, and what the practice's worker does then."""
    with api.inside(post.practice):
        coverage = Coverage.objects.first()
        if coverage is None:
            _, coverage = made.client(1, post.made["payer"])
            PayerEnrollment.objects.create(payer=post.made["payer"], transaction="270", since=made.KEPT)
        row = asking.ask(actor=post.bob, coverage_id=coverage.pk)
    checking.check(post.practice.pk, str(row.pk))
    with api.inside(post.practice):
        return EligibilityCheck.objects.get(pk=row.pk)


def ask_about_claim(api: Shared, post: Post) -> ClaimStatusCheck:
    """By hand, and what the practice's worker does then."""
    with api.inside(post.practice):
        row = claim_asking.ask(actor=post.bob, claim_id=Claim.objects.get().pk)
    claim_checking.check(post.practice.pk, str(row.pk))
    with api.inside(post.practice):
        return ClaimStatusCheck.objects.get(pk=row.pk)


def organization_asks(api: Shared) -> None:
    """What the organization's worker does."""
    rows = DueWork.objects.filter(kind=taking.ASK, practice_id=api.people.northlight.pk)
    for key in list(rows.values_list("object_id", flat=True)):
        taking.ask(api.people.northlight.pk, key)


def again(api: Shared, post: Post, row: Any) -> Any:
    with api.inside(post.practice):
        return type(row).objects.get(pk=row.pk)


def theirs(api: Shared) -> list[SharedInquiry]:
    with api.inside(api.people.northlight):
        return list(SharedInquiry.objects.order_by("pk"))


def test_a_practice_can_ask_through_its_organization_once_it_chose_it(api: Shared) -> None:
    fernhollow = api.people.fernhollow
    api.offer(fernhollow)
    with api.inside(fernhollow):
        assert connection_for(Capability.ELIGIBILITY) is None
    chosen = api.choose(fernhollow)
    with api.inside(fernhollow):
        assert connection_for(Capability.ELIGIBILITY) == chosen
        own = connect(name="Its own", layout="sandbox_api", is_default=False)
        Connection.objects.filter(pk=chosen.pk).update(is_default=False)
        assert connection_for(Capability.CLAIM_STATUS) == own


def test_who_is_covered_is_asked_by_the_organization_and_answered_to_the_practice(api: Shared, post: Post) -> None:
    asked = ask_about_coverage(api, post)
    assert (asked.status, asked.control_number) == ("sending", "000000001")
    (inquiry,) = theirs(api)
    assert (inquiry.kind, inquiry.status, inquiry.for_practice) == ("270", "ready", post.practice.pk)
    organization_asks(api)
    found = again(api, post, asked)
    assert (found.status, found.outcome, found.is_current) == ("answered", "active", True)
    with api.inside(post.practice):
        sent = files.read(EligibilityCheck.objects.select_related("inquiry").get(pk=asked.pk).inquiry)
        assert b"*ZZ*NORTHAPI " in sent
        assert b"NM1*1P*2*FERNHOLLOW PLLC" in sent


def test_an_acknowledgment_of_the_claims_is_one_of_the_file_where_no_999_comes(api: Shared, post: Post) -> None:
    api.request(post, post.practice)
    api.through(post.practice)
    api.work(api.people.northlight, KIND)
    with api.inside(api.people.northlight):
        request = Request.objects.get()
        assert request.status == "acknowledged"
        assert set(InboundTransaction.objects.filter(request=request).values_list("kind", flat=True)) == {"277CA"}


def test_where_a_claim_stands_is_told_in_its_history(api: Shared, post: Post) -> None:
    api.request(post, post.practice)
    api.through(post.practice)
    asked = ask_about_claim(api, post)
    organization_asks(api)
    found = again(api, post, asked)
    assert (found.status, found.is_on_file) == ("answered", True)
    with api.inside(post.practice):
        assert ClaimEvent.objects.get(source="277").detail == found.words
        assert Claim.objects.get().status in {"received", "accepted", "paid", "partially_paid"}


def test_the_organization_keeps_neither_question_nor_answer_and_the_practice_no_login(api: Shared, post: Post) -> None:
    ask_about_coverage(api, post)
    with api.inside(api.people.northlight):
        before = SharedInquiry.objects.get().question
        assert before is not None
    organization_asks(api)
    with api.inside(api.people.northlight):
        inquiry = SharedInquiry.objects.get()
        assert (inquiry.status, inquiry.question, inquiry.closed_at) == ("answered", None, clock.now())
        assert not StoredFile.objects.filter(pk=before.pk).exists()
        assert not StoredFile.objects.filter(name__endswith=".271").exists()
        assert "Lindgren" not in str(list(AuditEvent.objects.values_list("before", "after")))
    with api.inside(post.practice):
        row = Connection.objects.get()
        assert (row.username, row.password, row.private_key, row.host) == ("", "", "", "")


def test_both_trails_say_what_passed(api: Shared, post: Post) -> None:
    ask_about_coverage(api, post)
    organization_asks(api)
    told = {}
    for practice in (post.practice, api.people.northlight):
        with api.inside(practice):
            rows = AuditEvent.objects.filter(action__startswith="exchange.")
            told[practice.pk] = {((row.after or {})["kind"], (row.after or {})["sha256"]) for row in rows}
    assert told[post.practice.pk] == told[api.people.northlight.pk]
    assert {"inquiry.asked", "eligibility.answered"} <= {kind for kind, _ in told[post.practice.pk]}


def test_the_line_is_not_opened_while_a_transaction_is_open(
    api: Shared, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line itself refuses it (`refuse_inside_transaction`), so that an answer proves it; it is opened once."""
    opened: list[str] = []

    def line(login: Login) -> Clearinghouse:
        opened.append(login.layout)
        return open_line(login)

    monkeypatch.setattr(taking, "open_line", line)
    ask_about_coverage(api, post)
    assert not opened
    organization_asks(api)
    organization_asks(api)
    assert opened == ["sandbox_api"]


def test_trouble_of_the_organization_is_told_and_asked_about_again(api: Shared, post: Post) -> None:
    asked = ask_about_coverage(api, post)
    with api.inside(api.people.northlight):
        Connection.objects.filter(pk=api.number).update(is_active=False)
    organization_asks(api)
    found = again(api, post, asked)
    assert (found.status, found.trouble) == ("ready", "Sandbox API is switched off.")
    with api.inside(api.people.northlight):
        Connection.objects.filter(pk=api.number).update(is_active=True)
    checking.check(post.practice.pk, str(asked.pk))
    organization_asks(api)
    assert again(api, post, asked).status == "answered"
    assert [one.status for one in theirs(api)] == ["failed", "answered"]


def test_after_the_end_nothing_is_asked_any_more(api: Shared, post: Post) -> None:
    with api.inside(api.people.northlight):
        SharedConnection.objects.update(ended_at=clock.now())
    found = ask_about_coverage(api, post)
    assert found.status == "failed"
    assert found.trouble.startswith("Northlight Services asks no payer for Fernhollow")
    assert not theirs(api)


def test_an_answer_to_what_was_asked_before_the_end_still_comes(api: Shared, post: Post) -> None:
    asked = ask_about_coverage(api, post)
    with api.inside(post.practice):
        sharing.end(actor=post.bob, connection_id=Connection.objects.get().pk)
    organization_asks(api)
    assert again(api, post, asked).status == "answered"


def test_a_worker_of_the_organization_that_dies_is_followed_by_another(api: Shared, post: Post) -> None:
    asked = ask_about_coverage(api, post)
    (inquiry,) = theirs(api)
    assert taking._lease(api.people.northlight.pk, inquiry.pk) is not None
    organization_asks(api)
    assert again(api, post, asked).status == "sending"
    with clock.at(NOW + taking.LEASE + dt.timedelta(seconds=1)):
        organization_asks(api)
    assert again(api, post, asked).status == "answered"


def test_an_organization_that_says_nothing_is_not_waited_for_for_ever(api: Shared, post: Post) -> None:
    asked, moment = ask_about_coverage(api, post), NOW
    for _ in range(len(recording.PAUSES) + 1):
        moment += dt.timedelta(hours=1, seconds=1)
        with clock.at(moment):
            checking.check(post.practice.pk, str(asked.pk))
    found = again(api, post, asked)
    assert (found.status, found.attempts) == ("failed", len(recording.PAUSES) + 1)
    with clock.at(moment):
        organization_asks(api)
    assert again(api, post, asked).status == "failed"
    assert len(theirs(api)) == len(recording.PAUSES) + 1


def test_another_organization_cannot_answer(api: Shared, post: Post) -> None:
    asked = ask_about_coverage(api, post)
    with api.inside(post.practice):
        Connection.objects.update(through_id=api.people.rivermark.pk)
    organization_asks(api)
    assert again(api, post, asked).status == "sending"


def test_a_payer_that_has_the_claim_settles_the_file_for_both(api: Shared, post: Post) -> None:
    request = api.request(post, post.practice)
    api.through(post.practice)
    for practice, left in ((post.practice, "batched"), (api.people.northlight, "")):
        with api.inside(practice):
            Request.objects.update(status="unknown", attempts=1)
            Claim.objects.update(status=left, sent_at=None)
    ask_about_claim(api, post)
    organization_asks(api)
    with api.inside(post.practice):
        assert Request.objects.get(pk=request.pk).status == "sent"
    with api.inside(api.people.northlight):
        assert Request.objects.get().status == "unknown"
    for key in list(DueWork.objects.filter(kind=TELL_ARRIVED).values_list("object_id", flat=True)):
        tell_arrived(post.practice.pk, key)
    with api.inside(api.people.northlight):
        assert Request.objects.get().status == "sent"
    assert not DueWork.objects.filter(kind__in=(TELL_ARRIVED, SEND)).exists()
