"""The lists of claims and batches and what is done from them, as a biller uses them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.claims import events
from billing.claims.leaving import SEND
from billing.models import Batch, Claim, ClaimEvent, InboundFile, InboundTransaction, Request
from practice import clock, due, files, states
from practice.models import DueWork
from tests.billing.claims.office import Office
from tests.people import NOW

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20  # the whole page, with its session and its savepoints


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as queries:
        yield queries


def test_without_a_claim_the_list_says_what_to_do(office: Office) -> None:
    assert "Claims are made when insured sessions are billed" in office.page("claims")


def test_the_list_counts_and_sums_what_it_shows(office: Office) -> None:
    office.claims(2)
    page = office.page("claims")
    assert "Batch" in page
    assert "2 claims for $284.20 through Sandbox payer" in page
    assert page.count("Leaves soon") == 2


def test_a_search_finds_by_name_and_stays_out_of_the_address(office: Office) -> None:
    first, second = office.claims(2)
    answer = office.act("search_claims", q="Lindgren 2")
    assert "Lindgren" not in answer["Location"]
    page = office.browser.get(answer["Location"]).content.decode()
    assert second.number in page
    assert first.number not in page


def test_a_search_finds_by_the_beginning_of_the_number(office: Office) -> None:
    first, second = office.claims(2)
    page = office.browser.get(office.act("search_claims", q=first.number[:9].lower())["Location"]).content.decode()
    assert first.number in page
    assert second.number not in page


def test_the_list_is_narrowed_by_state_payer_and_clinician(office: Office) -> None:
    (claim,) = office.claims()
    assert claim.number in office.page("claims", group="leaving", payer=str(claim.payer_id))
    assert claim.number in office.page("claims", clinician=str(claim.rendering_id))
    assert claim.number not in office.page("claims", group="paid")
    assert claim.number not in office.page("claims", payer="999999")


@pytest.mark.parametrize("nonsense", [{"sort": "pk;drop"}, {"page": "x"}, {"payer": "²"}, {"group": "?"}, {"s": "no"}])
def test_nonsense_in_the_address_is_overlooked(office: Office, nonsense: dict[str, str]) -> None:
    (claim,) = office.claims()
    answer = office.get("claims", **nonsense)
    assert (answer.status_code, claim.number in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("name", ["claims", "batches"])
def test_a_list_asks_no_more_for_sixty_than_for_five(office: Office, name: str) -> None:
    office.sent(5)
    office.page(name)
    with counted() as few:
        office.page(name)
    office.sent(60)
    with counted() as many:
        office.page(name)
    assert len(many) == len(few) <= MOST_QUERIES


def test_sixty_claims_are_two_pages(office: Office) -> None:
    claims = office.sent(60)
    pages = [office.page("claims", page=str(number)) for number in (1, 2)]
    assert [sum(claim.number in page for claim in claims) for page in pages] == [50, 10]


def test_chosen_claims_leave_in_a_batch_of_their_own(office: Office) -> None:
    claims = office.claims(2)
    with office.inside():
        batch = Batch.objects.get()
    office.act("hold_batch_back", batch.pk)
    answer = office.act("send_claims", claim=[str(claims[0].pk)])
    with office.inside():
        made = Batch.objects.get(status=Batch.Status.WAITING)
    assert answer["Location"] == office.url("batch", made.pk)
    assert [office.now(claim).status for claim in claims] == ["batched", "ready"]


def test_nothing_chosen_is_said(office: Office) -> None:
    answer = office.browser.post(office.url("send_claims"), {}, follow=True)
    assert "None of these claims is ready to be sent." in answer.content.decode()


def test_a_batch_is_sent_now_or_held_back(office: Office) -> None:
    (claim,) = office.claims()
    with office.inside():
        batch = Batch.objects.get()
    office.act("send_batch_now", batch.pk)
    with office.inside():
        assert Batch.objects.get().leaves_at == NOW
    office.act("hold_batch_back", batch.pk)
    assert office.now(claim).status == Claim.Status.READY
    page = office.browser.post(office.url("send_batch_now", batch.pk), follow=True).content.decode()
    assert "It was withdrawn." in page


def test_a_batch_counts_what_is_still_in_it(office: Office) -> None:
    first, _ = office.claims(2)
    with office.inside():
        states.transition(Claim.objects.get(pk=first.pk), Claim.Status.WITHDRAWN, actor=office.post.system)
        batch = Batch.objects.get()
    assert "1 claim for $142.10" in office.page("batch", batch.pk)


def test_the_file_is_given_out_byte_for_byte(office: Office) -> None:
    office.sent()
    with office.inside():
        request = Request.objects.get()
        kept = files.read(request.file)
    answer = office.get("request_file", request.pk)
    assert answer.content == kept
    assert request.filename in answer["Content-Disposition"]


def test_a_file_of_which_nobody_knows_is_decided_on_its_batch(office: Office) -> None:
    office.claims()
    with office.inside():
        (request,) = office.post.leave()
        for state in (Request.Status.SENDING, Request.Status.UNKNOWN):
            states.transition(request, state, actor=office.post.system)
    assert "It is not known whether this file arrived." in office.page("batch", request.batch_id)
    office.act("send_request_again", request.pk)
    with office.inside():
        assert Request.objects.get().status == Request.Status.READY
        assert DueWork.objects.filter(kind=SEND, object_id=str(request.pk)).exists()


def test_work_that_keeps_failing_is_told_above_the_list(office: Office) -> None:
    office.claims()
    assert "failed" not in office.page("claims")
    due.plan(SEND, practice_id=office.people.fernhollow.pk, object_id="1", due_at=NOW)
    DueWork.objects.filter(kind=SEND).update(failures=due.TOO_OFTEN, failed_at=NOW)
    assert "keeps a file from being sent" in office.page("claims")


def test_a_batch_is_found_by_its_file_its_claim_and_its_client(office: Office) -> None:
    (claim,) = office.sent()
    with office.inside():
        request = Request.objects.get()
        words = [request.filename, request.control_number, claim.number, claim.client.last_name, str(request.batch_id)]
    for one in words:
        answer = office.browser.post(office.url("search_batches"), {"q": one}, follow=True)
        assert f"Batch {request.batch_id}" in answer.content.decode(), one
        assert one not in answer.redirect_chain[-1][0]
    answer = office.browser.post(office.url("search_batches"), {"q": "nothing-like-it"}, follow=True)
    assert "No batch matches" in answer.content.decode()


def test_batches_are_narrowed_by_how_their_files_stand(office: Office) -> None:
    office.sent()
    with office.inside():
        request = Request.objects.get()
        states.transition(request, Request.Status.REJECTED, actor=office.post.system)
    assert f"Batch {request.batch_id}" in office.page("batches", group="stopped")
    assert f"Batch {request.batch_id}" not in office.page("batches", group="unknown")
    assert f"Batch {request.batch_id}" not in office.page("batches", through=str(request.connection_id + 1))


def test_a_batch_shows_what_came_back_to_its_file_and_how_its_claims_stand(office: Office) -> None:
    (claim,) = office.sent(1, "accepted")
    with office.inside():
        request = Request.objects.get()
        kept = files.store(b"ISA", name="a", actor=office.post.system)
        facts = {"name": "999_1.txt", "sha256": "", "received_at": clock.now(), "source": "connection"}
        found = InboundFile.objects.create(file=kept, made_by_name="Caseload", **facts)
        said = {"inbound": found, "position": 1, "summary": "File 000000001: accepted."}
        InboundTransaction.objects.create(kind="999", request=request, **said)
        told = InboundTransaction.objects.create(kind="277CA", **(said | {"position": 2, "summary": "1 accepted."}))
        about: dict[str, Any] = {"request_id": request.pk, "transaction_id": told.pk}
        events.record([events.event(claim, ClaimEvent.Kind.ANSWER, "Accepted", actor=office.post.system, **about)])
    page = office.page("batch", request.batch_id)
    for words in ("File 000000001: accepted.", "1 accepted.", "999_1.txt", "Not here yet: 835."):
        assert words in page
