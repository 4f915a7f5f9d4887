"""The list of what is on hold: chosen rows are released together, and held again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.holds import services
from billing.models import Claim, Hold
from practice import states
from practice.models import PracticePayer
from tests.billing.claims.hands import Post
from tests.people import Cast, signed_in

pytestmark = pytest.mark.django_db
SLUG = "fernhollow"


def held(post: Post, payer: str = "") -> Hold:
    (claim,) = post.claims(post.session())
    states.transition(claim, "ready", actor=post.system)
    if payer:
        other, _ = PracticePayer.objects.get_or_create(name=payer, defaults={"payer_id": payer[:5].upper()})
        Claim.objects.filter(pk=claim.pk).update(payer=other)
    return services.hold_claims(actor=post.bob, practice=post.practice, claim_ids=[claim.pk], reason="New card")[0]


def test_chosen_holds_are_released_and_undone(post: Post, people: Cast) -> None:
    rows = [held(post), held(post)]
    kept = held(post)
    bob = signed_in(people.bob)
    body = {"hold": [row.pk for row in rows]}
    said = bob.post(reverse("release_holds", args=[SLUG]), body, follow=True).content.decode()
    assert "2 holds released; what was held can go on." in said
    assert list(Hold.objects.filter(released_at=None)) == [kept]
    undo = said.split('action="/p/fernhollow/claims/holds/again/')[1].split('"')[0]
    back = bob.post(reverse("hold_again", args=[SLUG]) + undo, follow=True).content.decode()
    assert "2 holds again as before." in back
    assert Hold.objects.filter(released_at=None).count() == 3


def test_all_that_match_are_released_and_the_list_stays_as_it_was_narrowed(post: Post, people: Cast) -> None:
    zenith = held(post, "Zenith Plan").claim
    held(post, "Alpha Plan")
    assert zenith is not None
    bob = signed_in(people.bob)
    where = f"?payer={zenith.payer_id}&sort=-payer"
    answer = bob.post(reverse("release_holds", args=[SLUG]) + where, {"every": "1"})
    assert answer["Location"].endswith(f"/claims/holds/?payer={zenith.payer_id}&sort=-payer")
    assert [row.claim.payer.name for row in Hold.objects.filter(released_at=None) if row.claim] == ["Alpha Plan"]


def test_sorted_by_payer(post: Post, people: Cast) -> None:
    held(post, "Zenith Plan")
    held(post, "Alpha Plan")
    bob = signed_in(people.bob)
    page = bob.get(reverse("holds", args=[SLUG]) + "?sort=payer").content.decode().split("<tbody>")[1]
    assert page.index("Alpha Plan") < page.index("Zenith Plan")
    page = bob.get(reverse("holds", args=[SLUG]) + "?sort=-payer").content.decode().split("<tbody>")[1]
    assert page.index("Zenith Plan") < page.index("Alpha Plan")


@pytest.mark.parametrize("number", [1, 6])
def test_the_list_asks_a_fixed_number_of_queries(post: Post, people: Cast, number: int) -> None:
    for _ in range(number):
        held(post)
    bob = signed_in(people.bob)
    bob.get(reverse("holds", args=[SLUG]))
    with CaptureQueriesContext(connection) as asked:
        bob.get(reverse("holds", args=[SLUG]))
    assert len(asked) <= 18


def test_nothing_chosen_is_said(post: Post, people: Cast) -> None:
    bob = signed_in(people.bob)
    said: Any = bob.post(reverse("release_holds", args=[SLUG]), {}, follow=True).content.decode()
    assert "Choose at least one thing that is on hold." in said
