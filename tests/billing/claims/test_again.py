"""A claim that goes again: as an original after a rejection, as a replacement or void after a decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from billing.claims import batching, correcting, leaving
from billing.claims.arriving import record_sent
from billing.claims.correcting import Correction
from billing.claims.errors import ClaimRefusedError
from billing.inbound import reading
from billing.inbound.services import receive
from billing.models import Claim, InboundFile, Request
from practice import states
from tests.billing.claims.cases import of, rules, segments_of
from tests.billing.claims.hands import Post
from tests.billing.claims.office import Office
from tests.billing.inbound.test_acknowledging import x999
from tests.billing.inbound.test_statuses import said, x277
from tests.reference import reference

pytestmark = pytest.mark.django_db

__all__ = ["reference"]  # places of service, for the choices of a correction


def as_it_is(claim: Claim, **changes: Any) -> Correction:
    return replace(correcting.correction_of(claim, list(claim.lines.all())), **changes)


def sent(post: Post) -> tuple[Claim, Request]:
    """A claim whose file the clearinghouse has."""
    (claim,) = post.claims(post.session())
    (request,) = post.leave()
    states.transition(request, Request.Status.SENDING, actor=post.system)
    record_sent(request, actor=post.system)
    return claim, request


def answered(post: Post, claim: Claim, content: bytes) -> Claim:
    """The claim after an answer was received and read."""
    row = receive(
        content,
        name="answer.x12",
        source=InboundFile.Source.CONNECTION,
        connection=post.connection,
        actor=post.bob,
        practice=post.practice,
    )
    reading.perform(post.practice.pk, str(row.pk))
    claim.refresh_from_db()
    return claim


def segments(post: Post, claim: Claim) -> list[str]:
    """What the claim says when it leaves again."""
    batch = batching.batch_ready(actor=post.bob, claim_ids=[claim.pk])
    batching.send_now(actor=post.bob, batch_id=batch.pk)
    leaving.leave(post.practice.pk, str(batch.pk))
    (found,) = segments_of(Request.objects.get(batch=batch))
    return found


def refused_by_999(post: Post) -> Claim:
    claim, request = sent(post)
    body = "AK2*837*0001~IK3*NM1*20*2010BA*8~CTX*CLM01:X~IK4*9**1~IK5*R*5~"
    answered(post, claim, x999(request.control_number, body, "AK9*R*1*1*0"))
    return claim


def refused_by_277ca(post: Post) -> Claim:
    claim, _ = sent(post)
    return answered(post, claim, x277(said(claim, "A7:164", "MEMBER ID NOT FOUND")))


@pytest.mark.parametrize("refused", [refused_by_999, refused_by_277ca])
def test_what_was_rejected_goes_again_as_an_original(post: Post, refused: object) -> None:
    claim = refused(post)  # type: ignore[operator]
    assert claim.status == Claim.Status.REJECTED
    before = claim.number
    again = correcting.correct(actor=post.bob, claim_id=claim.pk, correction=as_it_is(claim))
    found = segments(post, again)
    assert of(found, "CLM")[0].split("*")[1:6] == [f"{before[:15]}02", "142.1", "", "", "11:B:1"]
    assert of(found, "REF*F8") == [], "the payer never judged it"
    assert of(found, "REF*6R") == [f"REF*6R*{before[:15]}02L01"]


def test_what_was_decided_is_replaced_under_the_payers_number(post: Post) -> None:
    claim, _ = sent(post)
    answered(post, claim, x277(said(claim, "A2:20", icn="PCN77")))
    new = correcting.replace(actor=post.bob, claim_id=claim.pk, correction=as_it_is(claim, place_of_service="03"))
    found = segments(post, new)
    assert of(found, "CLM")[0].split("*")[5] == "03:B:7"
    assert of(found, "REF*F8") == ["REF*F8*PCN77"]
    assert of(found, "CLM")[0].split("*")[1][:15] != claim.number[:15]


def test_what_should_not_have_been_sent_is_voided(post: Post) -> None:
    claim, _ = sent(post)
    answered(post, claim, x277(said(claim, "A2:20", icn="PCN77")))
    found = segments(post, correcting.void(actor=post.bob, claim_id=claim.pk))
    assert of(found, "CLM")[0].split("*")[5] == "11:B:8"
    assert of(found, "REF*F8") == ["REF*F8*PCN77"]


def test_a_payer_without_replacements_gets_another_original(post: Post) -> None:
    rules(post, takes_replacements=False)
    claim, _ = sent(post)
    answered(post, claim, x277(said(claim, "A2:20", icn="PCN77")))
    new = correcting.replace(actor=post.bob, claim_id=claim.pk, correction=as_it_is(claim))
    found = segments(post, new)
    assert of(found, "CLM")[0].split("*")[5] == "11:B:1"
    assert of(found, "REF*F8") == []


def test_a_payer_without_replacements_takes_no_void(post: Post) -> None:
    rules(post, takes_replacements=False)
    claim, _ = sent(post)
    answered(post, claim, x277(said(claim, "A2:20", icn="PCN77")))
    with pytest.raises(ClaimRefusedError, match="Keystone Mutual takes no voids"):
        correcting.void(actor=post.bob, claim_id=claim.pk)


def test_a_claim_corrected_after_its_deadline_says_why(post: Post) -> None:
    claim = refused_by_277ca(post)
    again = correcting.correct(actor=post.bob, claim_id=claim.pk, correction=as_it_is(claim, delay_reason="9"))
    assert of(segments(post, again), "CLM")[0].split("*")[20] == "9"


def test_a_late_claim_without_a_reason_stays_here_and_says_so(post: Post) -> None:
    claim = refused_by_277ca(post)
    again = correcting.correct(actor=post.bob, claim_id=claim.pk, correction=as_it_is(claim))
    Claim.objects.update(file_by=dt.date(2026, 11, 15))
    batch = batching.batch_ready(actor=post.bob, claim_ids=[again.pk])
    batching.send_now(actor=post.bob, batch_id=batch.pk)
    leaving.leave(post.practice.pk, str(batch.pk))
    again.refresh_from_db()
    assert again.status == Claim.Status.DRAFT
    assert again.problems == ["The filing deadline was Nov 15. Say why the claim is late."]
    fixed = correcting.correct(actor=post.bob, claim_id=again.pk, correction=as_it_is(again, delay_reason="9"))
    assert of(segments(post, fixed), "CLM")[0].split("*")[20] == "9"


@pytest.mark.usefixtures("reference")
def test_the_form_of_a_late_claim_asks_for_the_reason(office: Office) -> None:
    (claim,) = office.sent(state=Claim.Status.REJECTED)
    typed = {"diagnoses": "F41.1", "place_of_service": "11", "authorization_number": "", "modifiers_1": ""}
    assert "Why it is late" not in office.page("correct_claim", claim.pk)
    with office.inside():
        Claim.objects.filter(pk=claim.pk).update(file_by=claim.service_on)
    assert "Why it is late" in office.page("correct_claim", claim.pk)
    answer = office.act("correct_claim", claim.pk, **typed)
    assert answer.status_code == 422
    assert "Say why the claim comes after its deadline." in answer.content.decode()
    office.act("correct_claim", claim.pk, **typed, delay_reason="9")
    assert office.now(claim).delay_reason == "9"
