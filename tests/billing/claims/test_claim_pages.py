"""The page of one claim and what is done there, as a biller uses it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from billing.claims import events
from billing.claims.selectors.claim import claim_page
from billing.claims.selectors.money import Sums
from billing.claims.selectors.sent import sent
from billing.claims.sessions import copy_sessions
from billing.models import Batch, Claim, ClaimEvent, Submission
from practice import states
from practice.models import AuditEvent
from tests.billing.claims.office import Office
from tests.people import signed_in
from tests.reference import reference

pytestmark = pytest.mark.django_db

__all__ = ["reference"]  # places of service, for the choices of a correction
with_places = pytest.mark.usefixtures("reference")


def correction(**facts: str) -> dict[str, str]:
    given = {"diagnoses": "F41.1, F33.0", "place_of_service": "10", "authorization_number": "A9", "modifiers_1": "95"}
    return given | {"payer_control_number": ""} | facts


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


@with_places
def test_a_rejected_claim_is_corrected_and_gets_its_next_number(office: Office) -> None:
    (claim,) = office.sent(state=Claim.Status.REJECTED)
    assert office.get("correct_claim", claim.pk).status_code == 200
    office.act("correct_claim", claim.pk, **correction())
    now = office.now(claim)
    assert (now.status, now.number) == ("batched", f"{claim.number[:15]}02")
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
    assert (new.frequency, new.payer_control_number, new.status) == ("7", "PCN77", "batched")
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


def test_somebody_who_only_looks_sees_no_button(office: Office) -> None:
    (claim,) = office.sent(state=Claim.Status.REJECTED)
    ivan = signed_in(office.people.ivan)
    page = ivan.get(office.url("claim", claim.pk)).content.decode()
    assert claim.number in page
    assert "Withdraw" not in page
    assert ivan.post(office.url("withdraw_claim", claim.pk)).status_code == 403


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
    assert (found.story[0].kind, found.story[0].glyph) == ("stop", "stopped")


@with_places
def test_a_claim_that_waits_again_is_not_sent_on_its_way(office: Office) -> None:
    (claim,) = office.sent(state=Claim.Status.REJECTED)
    office.act("correct_claim", claim.pk, **correction(then="keep"))
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


def test_an_original_is_withdrawn_and_made_ready_again(office: Office) -> None:
    (claim,) = office.claims()
    with office.inside():
        batch = Batch.objects.get()
    office.act("hold_batch_back", batch.pk)
    page = office.browser.post(office.url("withdraw_claim", claim.pk), follow=True)
    again = office.url("restore_claim", claim.pk)
    assert [message.extra_tags for message in page.context["messages"]][-1] == f"undo:{again}"
    assert "Make it ready again" in page.content.decode()
    assert "The claim was withdrawn before it left." in page.content.decode()
    office.browser.post(again)
    assert office.now(claim).status == Claim.Status.READY


def test_a_withdrawn_claim_has_nothing_before_it(office: Office) -> None:
    (claim,) = office.claims()
    with office.inside():
        states.transition(Claim.objects.get(pk=claim.pk), Claim.Status.WITHDRAWN, actor=office.post.system)
        found = claim_page(office.post.system, claim.pk, office.people.fernhollow)
    assert found is not None
    assert [step["title"] for step in found.spine] == ["Session held", "Confirmed", "Claim made", "Withdrawn"]


def test_a_ready_claim_is_sent_from_its_own_page(office: Office) -> None:
    (claim,) = office.claims()
    with office.inside():
        batch = Batch.objects.get()
    office.act("hold_batch_back", batch.pk)
    assert f'name="claim" value="{claim.pk}"' in office.page("claim", claim.pk)
    sent_now = office.browser.post(office.url("send_claims"), {"claim": claim.pk}, follow=True)
    assert "The claim is in batch" in sent_now.content.decode()
    assert office.now(claim).status == Claim.Status.BATCHED


@with_places
def test_after_a_replacement_is_withdrawn_nothing_leads_to_a_refusal(office: Office) -> None:
    (claim,) = office.sent(state=Claim.Status.ACCEPTED)
    office.act("replace_claim", claim.pk, **correction(payer_control_number="PCN77", then="keep"))
    with office.inside():
        new = Claim.objects.get(replaces=claim)
    page = office.browser.post(office.url("withdraw_claim", new.pk), follow=True)
    assert not any("undo:" in message.extra_tags for message in page.context["messages"])
    text = page.content.decode()
    assert office.url("restore_claim", new.pk) not in text
    assert "Make it again from the claim it was for." in text


def test_a_withdrawn_claim_beside_another_one_is_not_offered_again(office: Office) -> None:
    (claim,) = office.claims()
    with office.inside():
        states.transition(Claim.objects.get(pk=claim.pk), Claim.Status.WITHDRAWN, actor=office.post.system)
        row = Claim.objects.get(pk=claim.pk)
        row.pk, row.number, row.status, row._state.adding = None, f"{claim.number[:15]}09", Claim.Status.READY, True
        row.save(force_insert=True)
        copy_sessions([(claim, row)])
    page = office.page("claim", claim.pk)
    assert office.url("restore_claim", claim.pk) not in page
    assert "This session has another claim with the same payer." in page
