"""The pages about claims and batches, as a biller uses them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.claims import events
from billing.claims.arriving import record_sent
from billing.claims.leaving import SEND
from billing.claims.selectors.claim import claim_page
from billing.claims.selectors.money import Sums
from billing.claims.selectors.sent import sent
from billing.models import Batch, Claim, ClaimEvent, Request, Submission
from practice import due, files, states
from practice.models import AuditEvent, DueWork, PracticeSettings
from tests.billing.claims.hands import Post, connect
from tests.people import NOW, Cast, signed_in
from tests.reference import reference
from tests.scheduling.readiness import made

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20  # the whole page, with its session and its savepoints


class Office:
    """A practice with claims, whose context is open only where a test opens it."""

    def __init__(self, people: Cast, inside: Any) -> None:
        self.people, self._inside = people, inside
        self.browser = signed_in(people.bob)
        with self.inside():
            facts = made.practice()
            PracticeSettings.objects.update(
                npi="1245319599", phone="215-555-0142", contact_name="Bob Castellano", taxonomy="261QM0801X"
            )
            self.post = Post(people, facts, connection=connect())

    def inside(self) -> AbstractContextManager[None]:
        opened: AbstractContextManager[None] = self._inside(self.people.fernhollow)
        return opened

    def url(self, name: str, *ids: int) -> str:
        return reverse(name, args=["fernhollow", *ids])

    def get(self, name: str, *ids: int, **query: str) -> Any:
        return self.browser.get(self.url(name, *ids), query)

    def page(self, name: str, *ids: int, **query: str) -> str:
        """What is written on a page."""
        return str(self.get(name, *ids, **query).content.decode())

    def act(self, name: str, *ids: int, **body: Any) -> Any:
        return self.browser.post(self.url(name, *ids), body)

    def claims(self, count: int = 1) -> list[Claim]:
        """Claims that wait in a batch."""
        with self.inside():
            return self.post.claims(*[self.post.session() for _ in range(count)])

    def sent(self, count: int = 1, state: str = "") -> list[Claim]:
        """Claims that were sent, and answered where a state is named."""
        claims = self.claims(count)
        with self.inside():
            (request,) = self.post.leave()
            states.transition(request, Request.Status.SENDING, actor=self.post.system)
            record_sent(request, actor=self.post.system)
            rows = list(Claim.objects.filter(pk__in=[claim.pk for claim in claims]).order_by("pk"))
            if state:
                states.transition_many(rows, state, actor=self.post.system)
        return rows

    def now(self, claim: Claim) -> Claim:
        with self.inside():
            return Claim.objects.get(pk=claim.pk)


@pytest.fixture
def office(people: Cast, inside: Any) -> Office:
    return Office(people, inside)


__all__ = ["reference"]  # places of service, for the choices of a correction
with_places = pytest.mark.usefixtures("reference")


def correction(**facts: str) -> dict[str, str]:
    given = {"diagnoses": "F41.1, F33.0", "place_of_service": "10", "authorization_number": "A9", "modifiers_1": "95"}
    return given | {"payer_control_number": ""} | facts


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


def test_the_claim_shows_what_was_sent_and_each_look_is_written_down(office: Office) -> None:
    (claim,) = office.sent()
    page = office.page("claim", claim.pk)
    for words in (
        claim.number,
        "What we sent",
        f"<strong>{claim.number}</strong>",
        "Main diagnosis F41.1",
        "control 000000001",
    ):
        assert words in page
    with office.inside():
        assert AuditEvent.objects.filter(action="claim.viewed", client_id=claim.client_id).count() == 1


def test_before_it_left_the_page_says_so(office: Office) -> None:
    (claim,) = office.claims()
    assert "The file and its control numbers are made when the batch leaves." in office.page("claim", claim.pk)


def test_what_the_payer_allows_is_not_shown_before_it_said_so(office: Office) -> None:
    (claim,) = office.sent(state=Claim.Status.ACCEPTED)
    assert office.page("claim", claim.pk).count("Not yet") == 3


def test_the_position_in_a_file_counts_across_payers(office: Office) -> None:
    """Claims of two payers stand in two transactions, in which segments are counted anew."""
    first, second = office.sent(2)
    with office.inside():
        row = Submission.objects.get(claim=second)
        row.transaction_control, row.first_segment, row.last_segment = "0002", 5, 20
        row.save()
    assert "claim 1 of 2" in office.page("claim", first.pk)
    assert "claim 2 of 2" in office.page("claim", second.pk)


def test_the_file_is_given_out_byte_for_byte(office: Office) -> None:
    office.sent()
    with office.inside():
        request = Request.objects.get()
        kept = files.read(request.file)
    answer = office.get("request_file", request.pk)
    assert answer.content == kept
    assert request.filename in answer["Content-Disposition"]


@with_places
def test_a_rejected_claim_is_corrected_and_gets_its_next_number(office: Office) -> None:
    (claim,) = office.sent(state=Claim.Status.REJECTED)
    assert office.get("correct_claim", claim.pk).status_code == 200
    office.act("correct_claim", claim.pk, **correction())
    now = office.now(claim)
    assert (now.status, now.number) == ("ready", f"{claim.number[:15]}02")
    assert (now.diagnoses, now.place_of_service, now.authorization_number) == (["F41.1", "F33.0"], "10", "A9")
    assert (now.frequency, now.problems) == ("1", [])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"diagnoses": "F41.1 F41.1"}, "One of these codes stands here twice."),
        ({"diagnoses": " ".join(f"F{number}.1" for number in range(10, 23))}, "room for 12 diagnoses"),
        ({"diagnoses": "ZZZ, F41.1"}, "ZZZ is not written like a diagnosis code."),
        ({"modifiers_1": "95 HO AJ U1 U2"}, "Up to four modifiers"),
        ({"place_of_service": "ZZ"}, "Select a valid choice"),
    ],
)
def test_a_wrong_correction_comes_back_with_everything_entered(
    office: Office, wrong: dict[str, str], words: str
) -> None:
    (claim,) = office.sent(state=Claim.Status.REJECTED)
    answer = office.act("correct_claim", claim.pk, **correction(authorization_number="KEEP-1", **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "KEEP-1" in page


@with_places
def test_an_accepted_claim_is_replaced_under_the_payers_number(office: Office) -> None:
    (claim,) = office.sent(state=Claim.Status.ACCEPTED)
    answer = office.act("replace_claim", claim.pk, **correction())
    assert answer.status_code == 422
    assert "The payer wants its own claim number" in answer.content.decode()
    office.act("replace_claim", claim.pk, **correction(payer_control_number="PCN77"))
    with office.inside():
        new = Claim.objects.get(replaces=claim)
    assert (new.frequency, new.payer_control_number, new.status) == ("7", "PCN77", "ready")
    assert office.now(claim).status == Claim.Status.REPLACED


def test_a_void_is_made_and_withdrawn_again(office: Office) -> None:
    (claim,) = office.sent(state=Claim.Status.ACCEPTED)
    with office.inside():
        Claim.objects.filter(pk=claim.pk).update(payer_control_number="PCN77")
    office.act("void_claim", claim.pk)
    assert office.now(claim).status == Claim.Status.VOIDED
    with office.inside():
        void = Claim.objects.get(replaces=claim)
    page = office.browser.post(office.url("withdraw_claim", void.pk), follow=True)
    assert not any("undo:" in message.extra_tags for message in page.context["messages"])
    assert (office.now(void).status, office.now(claim).status) == ("withdrawn", "accepted")


@with_places
def test_a_claim_on_its_way_is_not_corrected(office: Office) -> None:
    (claim,) = office.sent()
    answer = office.act("correct_claim", claim.pk, **correction())
    assert answer.status_code == 422
    assert "Replace this one." in answer.content.decode()
    page = office.browser.post(office.url("withdraw_claim", claim.pk), follow=True).content.decode()
    assert "This claim is in a batch or has left." in page


def test_a_note_stands_in_the_history(office: Office) -> None:
    (claim,) = office.claims()
    office.act("note_claim", claim.pk, text="Called the payer.")
    page = office.browser.post(office.url("note_claim", claim.pk), {"text": " "}, follow=True).content.decode()
    assert "Called the payer." in page
    assert "Write what you want to remember" in page
    with office.inside():
        assert ClaimEvent.objects.filter(kind=ClaimEvent.Kind.NOTE).count() == 1


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


def test_somebody_who_only_looks_sees_no_button(office: Office) -> None:
    (claim,) = office.sent(state=Claim.Status.REJECTED)
    ivan = signed_in(office.people.ivan)
    page = ivan.get(office.url("claim", claim.pk)).content.decode()
    assert claim.number in page
    assert "Withdraw" not in page
    assert ivan.post(office.url("withdraw_claim", claim.pk)).status_code == 403


def test_work_that_keeps_failing_is_told_above_the_list(office: Office) -> None:
    office.claims()
    assert "failed" not in office.page("claims")
    due.plan(SEND, practice_id=office.people.fernhollow.pk, object_id="1", due_at=NOW)
    DueWork.objects.filter(kind=SEND).update(failures=due.TOO_OFTEN, failed_at=NOW)
    assert "keeps a file from being sent" in office.page("claims")


def test_the_values_of_the_claim_stand_out_in_the_file_and_nothing_is_lost(office: Office) -> None:
    (claim,) = office.sent()
    with office.inside():
        left = sent(claim.pk)
    assert left is not None
    by_tag = {segment.tag: segment for segment in left.segments}
    assert [piece.text for piece in by_tag["HI"].pieces if piece.is_value] == ["F411"]
    assert by_tag["HI"].rest == "*ABK:F411~"
    assert next(piece.text for piece in by_tag["CLM"].pieces if piece.is_value) == claim.number


def test_what_sent_the_claim_back_is_red_in_its_history(office: Office) -> None:
    (claim,) = office.sent(state=Claim.Status.REJECTED)
    with office.inside():
        kind, actor = ClaimEvent.Kind.ANSWER, office.post.system
        events.record([events.event(claim, kind, "Rejected", actor=actor, source="277CA, payer")])
        found = claim_page(office.post.bob, claim.pk, office.people.fernhollow)
    assert found is not None
    assert (found.history[0]["kind"], found.history[0]["glyph"]) == ("stop", "stopped")


@with_places
def test_a_claim_that_waits_again_is_not_sent_on_its_way(office: Office) -> None:
    (claim,) = office.sent(state=Claim.Status.REJECTED)
    office.act("correct_claim", claim.pk, **correction())
    with office.inside():
        found = claim_page(office.post.bob, claim.pk, office.people.fernhollow)
    assert found is not None
    current = next(step for step in found.spine if step.get("current"))
    assert (current["title"], current["note"]) == ("Sent", "Ready to send")


def test_the_bar_is_the_charge_by_who_paid_it_and_what_nobody_pays() -> None:
    sums = Sums(
        charged=Decimal("168.00"),
        adjusted=Decimal("-36.78"),
        insurer_paid=Decimal("106.22"),
        client_paid=Decimal("10.00"),
    )
    assert [(share.kind, share.start, share.size) for share in sums.shares] == [
        ("done", Decimal(0), Decimal("106.22")),
        ("accent-line", Decimal("106.22"), Decimal("10.00")),
        ("calm", Decimal("116.22"), Decimal("36.78")),
    ]
