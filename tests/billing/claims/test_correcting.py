"""Putting claims right: in place, renumbered after a rejection, by another claim after a decision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from billing.claims import correcting
from billing.claims.errors import ClaimRefusedError
from billing.claims.numbers import NumberUsedUpError, next_number
from billing.day import services
from billing.models import BillingRun, Claim, ClaimEvent, ClaimNumber
from practice import states
from practice.models import AuditEvent
from tests.billing.claims.hands import Post

pytestmark = pytest.mark.django_db


def in_state(post: Post, *path: str) -> Claim:
    """A claim that went this way from its batch."""
    (claim,) = post.claims(post.session())
    for state in path:
        states.transition(claim, state, actor=post.system)
    return claim


def as_it_is(claim: Claim) -> correcting.Correction:
    return correcting.correction_of(claim, list(claim.lines.all()))


def test_a_draft_is_corrected_in_place_and_keeps_its_number(post: Post) -> None:
    claim = in_state(post, "draft")
    Claim.objects.update(problems=["No birth date."])
    changed = correcting.correct(
        actor=post.bob,
        claim_id=claim.pk,
        correction=replace(as_it_is(claim), diagnoses=["F33.0"], modifiers={1: ["95"]}),
    )
    assert (changed.status, changed.number, changed.problems) == ("ready", claim.number, [])
    assert changed.diagnoses == ["F33.0"]
    assert [line.modifiers for line in changed.lines.all()] == [["95"]]


def test_a_rejected_claim_gets_its_next_number_on_every_line(post: Post) -> None:
    claim = in_state(post, "sent", "rejected")
    changed = correcting.correct(actor=post.bob, claim_id=claim.pk, correction=as_it_is(claim))
    assert changed.number == f"{claim.number[:15]}02"
    assert [line.reference for line in changed.lines.all()] == [f"{changed.number}L01"]
    registered = ClaimNumber.objects.filter(claim_id=claim.pk).order_by("number")
    assert list(registered.values_list("number", flat=True)) == [claim.number, changed.number]


def test_a_claim_cannot_be_sent_more_than_99_times() -> None:
    assert next_number("ABCDEFGHJKMNPQR98") == "ABCDEFGHJKMNPQR99"
    with pytest.raises(NumberUsedUpError, match="sent 99 times"):
        next_number("ABCDEFGHJKMNPQR99")


@pytest.mark.parametrize("path", [(), ("sent",), ("sent", "received"), ("sent", "accepted"), ("sent", "paid")])
def test_what_has_left_is_not_changed_in_place(post: Post, path: tuple[str, ...]) -> None:
    claim = in_state(post, *path)
    with pytest.raises(ClaimRefusedError, match="Replace this one"):
        correcting.correct(actor=post.bob, claim_id=claim.pk, correction=as_it_is(claim))


@pytest.mark.parametrize("path", [("draft",), ("sent",), ("sent", "received"), ("sent", "rejected")])
def test_what_the_payer_has_not_taken_is_neither_replaced_nor_voided(post: Post, path: tuple[str, ...]) -> None:
    claim = in_state(post, *path)
    with pytest.raises(ClaimRefusedError, match="Only a claim the payer has taken"):
        correcting.void(actor=post.bob, claim_id=claim.pk)
    with pytest.raises(ClaimRefusedError, match="Only a claim the payer has taken"):
        correcting.replace(actor=post.bob, claim_id=claim.pk, correction=as_it_is(claim))


def test_a_replacement_copies_the_claim_and_changes_what_was_asked(post: Post) -> None:
    claim = in_state(post, "sent", "accepted", "denied")
    new = correcting.replace(
        actor=post.bob,
        claim_id=claim.pk,
        correction=replace(as_it_is(claim), payer_control_number="PCN1", place_of_service="10"),
    )
    assert (new.frequency, new.replaces_id, new.payer_control_number) == ("7", claim.pk, "PCN1")
    assert (new.total, new.client_id, new.place_of_service) == (claim.total, claim.client_id, "10")
    assert new.number[:15] != claim.number[:15]
    claim.refresh_from_db()
    assert (claim.status, claim.place_of_service) == ("replaced", "11")


def test_a_withdrawn_replacement_gives_the_old_claim_its_state_back(post: Post) -> None:
    claim = in_state(post, "sent", "accepted", "denied")
    Claim.objects.filter(pk=claim.pk).update(payer_control_number="PCN1")
    claim.refresh_from_db()
    new = correcting.replace(actor=post.bob, claim_id=claim.pk, correction=as_it_is(claim))
    correcting.withdraw(actor=post.bob, claim_id=new.pk)
    claim.refresh_from_db()
    assert claim.status == Claim.Status.DENIED


def test_a_claim_is_replaced_once(post: Post) -> None:
    claim = in_state(post, "sent", "accepted")
    Claim.objects.filter(pk=claim.pk).update(payer_control_number="PCN1")
    correcting.void(actor=post.bob, claim_id=claim.pk)
    with pytest.raises(ClaimRefusedError):
        correcting.void(actor=post.bob, claim_id=claim.pk)


def test_a_batched_claim_is_not_withdrawn_alone(post: Post) -> None:
    claim = in_state(post)
    with pytest.raises(ClaimRefusedError, match="Hold the batch back first"):
        correcting.withdraw(actor=post.bob, claim_id=claim.pk)


def test_every_change_is_in_the_trail_and_the_history(post: Post) -> None:
    claim = in_state(post, "draft")
    correcting.correct(actor=post.bob, claim_id=claim.pk, correction=replace(as_it_is(claim), diagnoses=["F33.0"]))
    event = AuditEvent.objects.get(action="claim.corrected")
    assert (event.client_id, (event.after or {})["diagnoses"]) == (claim.client_id, ["F33.0"])
    assert ClaimEvent.objects.filter(claim=claim, kind=ClaimEvent.Kind.CORRECTED).exists()


def test_without_the_permission_nothing_changes(post: Post) -> None:
    claim = in_state(post, "draft")
    charlie = post.people.actor(post.people.charlie)
    with pytest.raises(PermissionDenied):
        correcting.withdraw(actor=charlie, claim_id=claim.pk)
    with pytest.raises(Http404):
        correcting.withdraw(actor=post.bob, claim_id=claim.pk + 1000)


def test_a_withdrawn_claim_is_made_ready_again_under_a_new_number(post: Post) -> None:
    claim = in_state(post, "ready")
    before = claim.number
    correcting.withdraw(actor=post.bob, claim_id=claim.pk)
    again = correcting.restore(actor=post.bob, claim_id=claim.pk)
    again.refresh_from_db()
    assert (again.status, again.number) == (Claim.Status.READY, next_number(before))
    assert [line.reference for line in again.lines.all()] == [f"{again.number}L01"]
    assert ClaimNumber.objects.filter(claim_id=claim.pk).count() == 2


def test_a_claim_whose_session_was_unbilled_stays_withdrawn(post: Post) -> None:
    claim = in_state(post)
    services.undo_run(actor=post.bob, practice=post.practice, run_id=BillingRun.objects.get().pk)
    with pytest.raises(ClaimRefusedError, match="unbilled since"):
        correcting.restore(actor=post.bob, claim_id=claim.pk)
    post.bill(claim.attendance)
    assert Claim.objects.filter(attendance=claim.attendance_id).count() == 2


def test_only_a_withdrawn_original_is_made_ready_again(post: Post) -> None:
    claim = in_state(post, "sent", "accepted")
    with pytest.raises(ClaimRefusedError, match="Only a withdrawn claim"):
        correcting.restore(actor=post.bob, claim_id=claim.pk)
    Claim.objects.filter(pk=claim.pk).update(payer_control_number="PCN1")
    new = correcting.void(actor=post.bob, claim_id=claim.pk)
    correcting.withdraw(actor=post.bob, claim_id=new.pk)
    with pytest.raises(ClaimRefusedError, match="Make it again from the claim it was for"):
        correcting.restore(actor=post.bob, claim_id=new.pk)
