"""What a claim would say if it left now: with the correction on it, under its next number, and nothing saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from billing.claims import correcting, previewing
from billing.models import Claim
from clients.models import Coverage
from practice import states
from tests.billing.claim_factories import make_bench
from tests.billing.claims.hands import Post
from tests.people import Cast

pytestmark = pytest.mark.django_db


def rejected(post: Post) -> Claim:
    (claim,) = post.claims(post.session())
    for state in ("sent", "rejected"):
        states.transition(claim, state, actor=post.system)
    return claim


def said(shown: previewing.Preview, tag: str) -> list[str]:
    return [segment.rest for segment in shown.segments if segment.tag == tag]


def test_it_shows_the_next_number_and_what_is_true_now(post: Post) -> None:
    claim = rejected(post)
    Coverage.objects.filter(pk=claim.coverage_id).update(member_id="ZZ998877")
    shown = previewing.preview(claim.pk, None, post.practice, replaces=False)
    assert shown.faults == []
    assert (shown.number, shown.how.split(",")[0]) == (f"{claim.number[:15]}02", "as an original")
    assert any("ZZ998877" in rest for rest in said(shown, "NM1"))
    assert said(shown, "CLM")[0].startswith(f"*{claim.number[:15]}02*")


def test_a_correction_shows_and_is_not_saved(post: Post) -> None:
    claim = rejected(post)
    lines = list(claim.lines.all())
    correction = replace(correcting.correction_of(claim, lines), place_of_service="10", modifiers={1: ["95"]})
    shown = previewing.preview(claim.pk, correction, post.practice, replaces=False)
    assert "*10:B:1*" in said(shown, "CLM")[0]
    assert "90834:95" in said(shown, "SV1")[0]
    claim.refresh_from_db()
    assert (claim.place_of_service, claim.number[15:]) == ("11", "01")


def test_what_the_check_finds_is_said_before_it_leaves(post: Post) -> None:
    claim = rejected(post)
    correction = replace(correcting.correction_of(claim, []), diagnoses=[])
    shown = previewing.preview(claim.pk, correction, post.practice, replaces=False)
    assert shown.faults


def test_a_replacement_names_the_payers_number(post: Post) -> None:
    claim = rejected(post)
    Claim.objects.filter(pk=claim.pk).update(status="accepted", payer_control_number="ICN77")
    shown = previewing.preview(claim.pk, None, post.practice, replaces=True)
    assert shown.how == "as a replacement of ICN77"
    assert "*F8*ICN77~" in said(shown, "REF")


def test_a_claim_that_lacks_much_is_shown_with_its_faults(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        claim = make_bench(people.fernhollow, people.actor(people.bob)).claim("150.00")
        shown = previewing.preview(claim.pk, None, people.fernhollow, replaces=True)
    assert shown.faults
