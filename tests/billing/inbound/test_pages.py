"""The pages about what came back: files, transactions, uploading, and what matches nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.inbound import reading
from billing.models import InboundFile, InboundTransaction, Remittance
from billing.remittances import services
from practice.models import AuditEvent
from tests.billing.claim_factories import PAYEE, Bench, answer, file_of, make_bench, remittance
from tests.billing.remittances.hands import take
from tests.people import Cast, signed_in


@pytest.fixture
def desk(people: Cast, inside: Any) -> Bench:
    with inside(people.fernhollow):
        return make_bench(people.fernhollow, people.actor(people.bob))


@pytest.fixture
def bob(people: Cast) -> Browser:
    return signed_in(people.bob)


def url(name: str, *ids: int) -> str:
    return reverse(name, args=["fernhollow", *ids])


def page_of(browser: Browser, name: str, *ids: int, **query: str) -> str:
    response = browser.get(url(name, *ids), query)
    assert response.status_code == 200
    return response.content.decode()


def an_835(desk: Bench, *, control: int = 1, ours: bool = True) -> bytes:
    said = answer(desk.claim("150.00"), "120.00", "CO-45 30.00")
    if not ours:
        said = replace(said, patient_control_number="OTHER", payer_control_number=f"X{control}")
    return file_of(remittance(said, trace=f"EFT{control}"), control=control)


def test_the_list_says_where_a_file_came_from_and_what_is_in_it(desk: Bench, bob: Browser, inside: Any) -> None:
    with inside(desk.practice):
        take(desk, an_835(desk), "keystone.835")
        take(desk, b"not X12", "notes.txt")
    page = page_of(bob, "answers")
    for words in ("keystone.835", "Sandbox", "835", "notes.txt", "Unreadable", "no ISA segment"):
        assert words in page
    assert "keystone.835" not in page_of(bob, "answers", group="look")


def test_a_file_opens_to_its_transactions_and_is_downloaded_as_it_came(desk: Bench, bob: Browser, inside: Any) -> None:
    with inside(desk.practice):
        content = an_835(desk)
        row = take(desk, content, "keystone.835")
        part = InboundTransaction.objects.get()
    assert "Payment of $120.00" in page_of(bob, "answer", row.pk)
    assert "<b>CLP</b>" in page_of(bob, "answer_part", part.pk)
    sent = bob.get(url("answer_file", row.pk))
    assert sent.content == content
    assert sent["Content-Disposition"] == 'attachment; filename="keystone.835"'
    with inside(desk.practice):
        assert AuditEvent.objects.filter(action="inbound.downloaded", object_id=str(row.pk)).count() == 1
        assert AuditEvent.objects.filter(action="inbound.viewed").count() == 2


def test_several_files_are_taken_in_and_each_says_what_it_was(desk: Bench, bob: Browser, inside: Any) -> None:
    with inside(desk.practice):
        content = an_835(desk)
    files = [SimpleUploadedFile("one.835", content), SimpleUploadedFile("notes.txt", b"not X12")]
    page = bob.post(url("upload_answers"), {"answers": files}, follow=True).content.decode()
    assert page.count("Kept. It is being read.") == 2
    assert "0 of 2" in page
    with inside(desk.practice):
        rows = list(InboundFile.objects.order_by("pk"))
        for row in rows:
            reading.perform(desk.practice.pk, str(row.pk))
    query = "&".join(f"file={row.pk}" for row in rows)
    later = bob.get(f"{url('upload_answers')}?{query}", headers={"HX-Request": "true"}).content.decode()
    assert "835 read." in later
    assert "no ISA segment" in later
    assert "every 1s" not in later
    again = bob.post(url("upload_answers"), {"answers": [SimpleUploadedFile("two.835", content)]}, follow=True)
    assert "Nothing was done a second time." in again.content.decode()


def test_a_file_that_is_refused_does_not_keep_the_others_out(desk: Bench, bob: Browser, inside: Any) -> None:
    files = [SimpleUploadedFile("paper.pdf", b"%PDF-1.4 x"), SimpleUploadedFile("notes.txt", b"not X12")]
    response = bob.post(url("upload_answers"), {"answers": files})
    assert response.status_code == 422
    page = response.content.decode()
    assert "<b>paper.pdf</b>: This is not a plain text file." in page
    assert page.index("paper.pdf") < page.index('id="results"')  # the part that looks again by itself
    with inside(desk.practice):
        assert [row.name for row in InboundFile.objects.all()] == ["notes.txt"]


def test_nothing_chosen_is_said(desk: Bench, bob: Browser) -> None:
    response = bob.post(url("upload_answers"), {})
    assert response.status_code == 422
    assert "Choose at least one file." in response.content.decode()


def test_an_unreadable_file_is_read_again(desk: Bench, bob: Browser, inside: Any) -> None:
    with inside(desk.practice):
        row = take(desk, b"not X12", "notes.txt")
    assert "is being read again" in bob.post(url("read_answer_again", row.pk), follow=True).content.decode()
    assert "cannot become stored" in bob.post(url("read_answer_again", row.pk), follow=True).content.decode()


def test_an_unreadable_file_is_set_aside_and_brought_back(desk: Bench, bob: Browser, inside: Any) -> None:
    with inside(desk.practice):
        take(desk, b"not X12", "notes.txt")
        row = InboundFile.objects.get()
    assert "notes.txt is set aside." in bob.post(url("set_file_aside", row.pk), follow=True).content.decode()
    assert "notes.txt" not in page_of(bob, "answers", group="look")
    assert "notes.txt" in page_of(bob, "answers", group="aside")
    assert "Bring it back" in page_of(bob, "answer", row.pk)
    again = bob.post(url("set_file_aside", row.pk), follow=True).content.decode()
    assert "Only a file that could not be read can be set aside." in again
    bob.post(url("bring_file_back", row.pk))
    assert "Read it again" in page_of(bob, "answer", row.pk)


def test_what_matches_nothing_is_readable_set_aside_and_brought_back(desk: Bench, bob: Browser, inside: Any) -> None:
    with inside(desk.practice):
        take(desk, an_835(desk, ours=False), "others.835")
        part = InboundTransaction.objects.get()
    assert "others.835" in page_of(bob, "unmatched_answers")
    page = bob.post(url("set_answer_aside", part.pk), follow=True).content.decode()
    assert "The 835 is set aside." in page
    assert url("bring_answer_back", part.pk) in page
    assert "others.835" in page_of(bob, "unmatched_answers", group="aside")
    bob.post(url("bring_answer_back", part.pk))
    with inside(desk.practice):
        part.refresh_from_db()
        assert part.status == "unmatched"


def test_what_was_applied_is_not_set_aside(desk: Bench, bob: Browser, inside: Any) -> None:
    with inside(desk.practice):
        take(desk, an_835(desk))
        part = InboundTransaction.objects.get()
    page = bob.post(url("set_answer_aside", part.pk), follow=True).content.decode()
    assert "This is applied; it cannot be set aside." in page


def test_a_held_835_says_so_and_why_wherever_it_shows(desk: Bench, bob: Browser, inside: Any) -> None:
    with inside(desk.practice):
        stray = replace(PAYEE, id="1881234560", references=())
        said = remittance(answer(desk.claim("150.00"), "120.00", "CO-45 30.00"), payee=stray)
        row = take(desk, file_of(said), "stray.835")
        part = InboundTransaction.objects.get()
        assert (part.status, Remittance.objects.get().status) == ("applied", "held")
    for page in (page_of(bob, "answer", row.pk), page_of(bob, "answer_part", part.pk)):
        assert "Held" in page
        assert "This was paid to FERNHOLLOW PLLC (1881234560), not to you." in page
        assert "Applied" not in page
    for page in (page_of(bob, "answers", group="look"), page_of(bob, "upload_answers", file=str(row.pk))):
        assert "1 held" in page


def test_an_835_says_that_it_waits_to_be_posted_and_by_whom_it_was(desk: Bench, bob: Browser, inside: Any) -> None:
    with inside(desk.practice):
        row = take(desk, an_835(desk), "keystone.835")
    assert "it waits until somebody posts it" in page_of(bob, "answer", row.pk)
    assert "1 ready to post" in page_of(bob, "answers")
    with inside(desk.practice):
        services.post(Remittance.objects.get().pk, actor=desk.biller, practice=desk.practice)
    assert "by Bob" in page_of(bob, "answer", row.pk)
    assert "1 posted" in page_of(bob, "answers")


def test_what_matched_nothing_goes_along_with_its_remittance(desk: Bench, bob: Browser, inside: Any) -> None:
    with inside(desk.practice):
        take(desk, an_835(desk, ours=False), "others.835")
        found, part = Remittance.objects.get(), InboundTransaction.objects.get()
        services.set_aside(found.pk, reason="Of another practice", actor=desk.biller)
        part.refresh_from_db()
        assert part.status == "set_aside"
        services.bring_back(found.pk, actor=desk.biller)
        part.refresh_from_db()
        assert part.status == "unmatched"
    assert url("remittance", found.pk) in page_of(bob, "unmatched_answers")


@pytest.mark.parametrize("count", [5, 60])
@pytest.mark.parametrize("name", ["answers", "unmatched_answers"])
def test_lists_ask_a_fixed_number_of_queries(desk: Bench, bob: Browser, inside: Any, count: int, name: str) -> None:
    with inside(desk.practice):
        first = take(desk, an_835(desk, ours=False))
        part = InboundTransaction.objects.get()
        _copies(first, part, count - 1)
    with CaptureQueriesContext(connection) as counted:
        assert f"{count} " in page_of(bob, name) or count > 50
    assert len(counted) <= 20


def _copies(first: InboundFile, part: InboundTransaction, count: int) -> None:
    facts = {"file": first.file, "source": "upload", "received_at": first.received_at, "made_by_name": "Bob Keller"}
    files = InboundFile.objects.bulk_create(
        InboundFile(name=f"copy{number}.835", sha256=f"{number:064}", status="read", **facts) for number in range(count)
    )
    InboundTransaction.objects.bulk_create(
        InboundTransaction(inbound=file, position=1, kind=part.kind, status=part.status, summary=part.summary)
        for file in files
    )
