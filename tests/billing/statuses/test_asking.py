"""A payer is asked where a claim stands, over HTTP of a real sandbox payer that got it over SFTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.claims.errors import ClaimRefusedError
from billing.claims.selectors.claim import claim_page
from billing.clearinghouses.protocol import ClearinghouseError
from billing.models import Claim, ClaimEvent, ClaimStatusCheck, Request
from billing.statuses import again, asking, checking, recording, sweeping
from billing.statuses.missing import missing
from billing.statuses.selectors import asked
from billing.statuses.words import MEANINGS, TITLES
from edi.inquiries.outcomes import State
from practice import clock
from tests import processes
from tests.billing.claims.hands import connect
from tests.billing.eligibility.payers import Line as InProcess
from tests.billing.sending.hands import Line, lay
from tests.people import signed_in
from tests.sandbox.running import Sandbox, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
KEY = "sandbox-key-caseload"


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with running(tmp_path / "sandbox") as found:
        yield found


@pytest.fixture
def line(transactional_db: None, standing_clock: None, sandbox: Sandbox) -> Line:
    processes.empty_queue()
    made = lay(sandbox)
    with made.inside():
        api = {"port": sandbox.facts["http_port"], "password": KEY, "submitter_id": "FERNAPI"}
        connect(name="Sandbox API", layout="sandbox_api", is_default=False, **api)
    return made


def ask(line: Line, claim: Claim | None = None) -> ClaimStatusCheck:
    """By hand, and what the worker does then."""
    with line.inside():
        row = asking.ask(actor=line.post.bob, claim_id=(claim or Claim.objects.order_by("pk")[0]).pk)
    checking.check(line.practice_id, str(row.pk))
    with line.inside():
        return ClaimStatusCheck.objects.select_related("claim", "request").get(pk=row.pk)


def doubt(request: Request, line: Line) -> None:
    """As if nobody knew whether the file arrived."""
    with line.inside():
        Request.objects.filter(pk=request.pk).update(status="unknown", attempts=1)
        Claim.objects.update(status="batched", sent_at=None)


def test_the_answer_stands_in_the_claims_history(line: Line) -> None:
    line.send(line.ready(1))
    found = ask(line)
    assert (found.status, found.is_on_file) == ("answered", True)
    with line.inside():
        told = ClaimEvent.objects.filter(source="277").get()
        assert told.title.startswith("The payer")
        assert told.detail == found.words
        assert Claim.objects.get().payer_control_number
    assert line.claims() == {"received"}


def test_on_file_settles_a_file_of_unknown_fate(line: Line) -> None:
    request = line.send(line.ready(2))
    doubt(request, line)
    found = ask(line)
    assert found.is_on_file
    assert line.again(request).status == "sent"
    assert line.claims() == {"sent", "received"}


def test_not_on_file_lets_a_person_send_again_and_does_nothing_by_itself(line: Line) -> None:
    request = line.ready(1)
    doubt(request, line)
    found = ask(line)
    assert (found.outcome, found.is_on_file) == ("not_on_file", False)
    assert line.again(request).status == "unknown"
    with line.inside():
        assert asked(Claim.objects.get(), line.post.bob).may_go_again
    assert line.received() == []


def test_a_claim_that_did_not_leave_cannot_be_asked_about(line: Line) -> None:
    line.bill(1)
    with line.inside(), pytest.raises(ClaimRefusedError, match="once it has left"):
        asking.ask(actor=line.post.bob, claim_id=Claim.objects.get().pk)


def test_what_gets_no_answer_is_asked_again_and_then_left(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.send(line.ready(1))
    wire = InProcess(answers=[ClearinghouseError("It did not answer.")])
    monkeypatch.setattr(checking, "open_line", lambda login: wire)
    found = ask(line)
    assert (found.status, found.trouble) == ("ready", "It did not answer.")
    moment = clock.now()
    for _ in recording.PAUSES:
        moment += dt.timedelta(hours=3)
        with clock.at(moment):
            checking.check(line.practice_id, str(found.pk))
    with line.inside():
        assert ClaimStatusCheck.objects.get().status == "failed"


@pytest.mark.parametrize("content", [b"", b"<html>", b"ISA*nonsense"])
def test_what_cannot_be_read_moves_nothing(line: Line, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    line.send(line.ready(1))
    monkeypatch.setattr(checking, "open_line", lambda login: InProcess(answers=[lambda _: content]))
    assert ask(line).status == "failed"
    assert line.claims() == {"sent"}


def test_what_did_not_come_in_its_time_is_asked_about_once_a_week(line: Line) -> None:
    line.send(line.ready(2))
    with line.inside():
        assert not any(sweeping.wanted().values())
    with clock.at(clock.now() + dt.timedelta(days=6)), line.inside():
        found = sweeping.wanted()
        assert len(found["late_277ca"]) == 2
        asking.plan(found["late_277ca"], "late_277ca", actor=line.post.bob)
        assert not any(sweeping.wanted().values())
    with line.inside():
        Claim.objects.update(status="accepted")
    with clock.at(clock.now() + dt.timedelta(days=31)), line.inside():
        assert len(sweeping.wanted()["late_835"]) == 2


def test_one_claim_asks_for_a_whole_file_of_unknown_fate(line: Line) -> None:
    request = line.send(line.ready(3))
    doubt(request, line)
    with clock.at(clock.now() + dt.timedelta(days=1, minutes=1)), line.inside():
        found = sweeping.wanted()
        assert [row.request_id for row in found["unknown"]] == [request.pk]


def test_the_round_plans_itself_anew(line: Line) -> None:
    sweeping.sweep(line.practice_id, str(line.practice_id))
    assert line.planned(sweeping.SWEEP) == [str(line.practice_id)]


def test_the_claims_page_asks_and_tells(line: Line) -> None:
    line.send(line.ready(1))
    browser: Any = signed_in(line.post.people.bob)
    with line.inside():
        number = Claim.objects.get().pk
    page = browser.get(reverse("claim", args=["fernhollow", number])).content.decode()
    assert "Ask Keystone Mutual" in page
    browser.post(reverse("ask_payer", args=["fernhollow", number]))
    assert "every 2s" in browser.get(reverse("claim_asked", args=["fernhollow", number])).content.decode()
    with line.inside():
        row = ClaimStatusCheck.objects.get()
    checking.check(line.practice_id, str(row.pk))
    page = browser.get(reverse("claim", args=["fernhollow", number])).content.decode()
    assert "Ask Keystone Mutual again" in page
    assert "Answer (277)" in page
    poll = browser.get(reverse("claim_asked", args=["fernhollow", number]), headers={"HX-Request": "true"})
    assert poll["HX-Refresh"] == "true"


def lost(line: Line, count: int = 1, days: int = 2) -> list[Claim]:
    """Claims that left some days ago and that their payer, asked, does not have."""
    request = line.ready(count)
    with line.inside():
        at = clock.now() - dt.timedelta(days=days)
        Request.objects.filter(pk=request.pk).update(status="sent", attempts=1, sent_at=at)
        Claim.objects.update(status="sent", sent_at=at)
        claims = list(Claim.objects.order_by("pk"))
    for claim in claims:
        assert ask(line, claim).outcome == "not_on_file"
    return claims


def test_not_on_file_says_what_to_do_on_the_claims_page(line: Line) -> None:
    (claim,) = lost(line)
    with line.inside():
        page = claim_page(line.post.bob, claim.pk, line.post.practice)
    assert page is not None
    assert page.coming is not None
    assert page.coming.words == "The payer does not have it. Ask again, or send it again."
    told = page.story[0]
    assert (told.title, told.kind, told.opens) == ("The payer does not have the claim", "wait", "asked")
    assert "ask again tomorrow, or send it again" in told.means


@pytest.mark.parametrize("state", list(State))
def test_every_answer_is_explained_in_the_history(state: State) -> None:
    assert MEANINGS[TITLES[state]].words


def test_it_stands_on_today_the_batch_and_a_list_with_what_helps(line: Line) -> None:
    lost(line, 2)
    browser: Any = signed_in(line.post.people.bob)
    with line.inside():
        request = Request.objects.get()
    today = browser.get(reverse("practice_start", args=["fernhollow"])).content.decode()
    assert "2 claims the payer does not have" in today
    batch = browser.get(reverse("batch", args=["fernhollow", request.batch_id])).content.decode()
    assert "Asked, the payer does not have 2 of its claims." in batch
    listed = reverse("missing_claims", args=["fernhollow"])
    page = browser.get(listed, {"file": request.pk}).content.decode()
    assert page.count("Send it again") == 2
    assert request.filename in page
    assert browser.get(listed, {"file": request.pk + 1}).status_code == 404


def test_sent_again_it_goes_as_an_original_under_its_next_number(line: Line) -> None:
    claims = lost(line, 2)
    browser: Any = signed_in(line.post.people.bob)
    address = reverse("work_missing_claims", args=["fernhollow"])
    page = browser.get(reverse("claim", args=["fernhollow", claims[0].pk])).content.decode()
    assert "Send it again" in page
    answer = browser.post(address, {"claim": [one.pk for one in claims], "act": "send"}, follow=True)
    assert "2 claims go again with the next batch." in answer.content.decode()
    with line.inside():
        again = list(Claim.objects.order_by("pk"))
        assert {one.status for one in again} == {"batched"}
        assert [one.number[:-2] for one in again] == [one.number[:-2] for one in claims]
        assert {one.number for one in again}.isdisjoint({one.number for one in claims})
        assert not missing(line.post.bob).exists()


def test_what_was_sent_within_the_day_is_asked_about_again_and_not_sent(line: Line) -> None:
    (claim,) = lost(line, days=0)
    with line.inside(), pytest.raises(ClaimRefusedError, match="about a day to get to a payer"):
        again.send_again(actor=line.post.bob, claim_ids=[claim.pk])
    with line.inside():
        assert len(again.ask_again(actor=line.post.bob, claim_ids=[claim.pk])) == 1
    with line.inside(), pytest.raises(ClaimRefusedError, match="asked about already"):
        again.ask_again(actor=line.post.bob, claim_ids=[claim.pk])


def test_an_acknowledgment_that_comes_after_all_takes_it_off_the_list(line: Line) -> None:
    lost(line)
    with line.inside():
        assert missing(line.post.bob).count() == 1
        Claim.objects.update(status="accepted")
        assert not missing(line.post.bob).exists()


def test_the_list_asks_the_same_number_of_queries_for_many(line: Line) -> None:
    counts = []
    for number in (1, 4):
        lost(line, number)
        browser: Any = signed_in(line.post.people.bob)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(reverse("missing_claims", args=["fernhollow"])).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
