"""A claim's life in words: each answer with what it means, in the order in which it was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from billing.claims import events
from billing.claims.selectors.story import Chapter, rank, story
from billing.models import Claim, ClaimEvent, Denial
from billing.remittances import denials
from billing.statuses.words import SOURCE, TITLES
from clients.services import change_coverage
from edi.inquiries.outcomes import State
from edi.remittances.reversals import negated
from practice import clock
from tests.billing.claim_factories import Bench, answer, make_bench, remittance
from tests.billing.remittances.hands import arrive_and_post
from tests.people import Cast


@pytest.fixture
def bench(people: Cast, inside: Any) -> Iterator[Bench]:
    with inside(people.fernhollow):
        yield make_bench(people.fernhollow, people.actor(people.bob))


def told(claim: Claim) -> list[Chapter]:
    """The story as the page asks for it."""
    claim = Claim.objects.select_related("attendance__session", "payer", "coverage").get(pk=claim.pk)
    rows = ClaimEvent.objects.filter(claim=claim).select_related("remittance_claim").order_by("pk")
    return story(claim, list(rows), list(Denial.objects.filter(claim=claim)))


def chapter(claim: Claim, title: str) -> Chapter:
    return next(one for one in told(claim) if one.title == title)


@pytest.mark.parametrize(
    ("source", "title", "means", "tone"),
    [
        ("TA1", "The file was let in", "it was let in", "move"),
        ("TA1", "The whole file was refused", "none of its claims went on", "stop"),
        ("999", "The file could be read", "It says nothing about the claim yet", "move"),
        ("999", "Rejected", "The payer has not seen the claim", "stop"),
        ("277CA, clearinghouse", "Accepted", "passes it on to the payer", "move"),
        ("277CA, clearinghouse", "Rejected", "it goes again as an original", "stop"),
        ("277CA, payer", "Accepted", "Keep this as proof", "move"),
        ("277CA, payer", "Rejected", "before judging it", "stop"),
        (SOURCE, TITLES[State.DENIED], "it says that it will not pay", "stop"),
        (SOURCE, TITLES[State.RECEIVED], "Keep this as proof", "move"),
    ],
)
def test_every_answer_says_what_it_means(bench: Bench, source: str, title: str, means: str, tone: str) -> None:
    claim = bench.claim("150.00")
    events.record([events.event(claim, "answer", title, actor=bench.biller, source=source, codes="A2:20:PR")])
    found = chapter(claim, title)
    assert (means in found.means, found.kind, found.who) == (True, tone, source)


def test_it_begins_with_the_session_and_ends_with_the_newest(bench: Bench) -> None:
    claim = bench.claim("150.00")
    arrive_and_post(bench, remittance(answer(claim, "120.00", "CO-45 30.00")))
    titles = [one.title for one in told(claim)]
    assert (titles[0], titles[-1]) == ("Paid $120.00", "The session took place")
    paid = chapter(claim, "Paid $120.00")
    assert (paid.opens, paid.kind) == ("remittance", "done")
    assert paid.means.startswith("The remittance says what the payer paid")


def test_answers_of_one_minute_stand_in_the_order_in_which_they_are_given(bench: Bench) -> None:
    claim = bench.claim("150.00")
    order = ["TA1", "999", "277CA, clearinghouse", "277CA, payer"]
    events.record(
        events.event(claim, "answer", source, actor=bench.biller, source=source) for source in reversed(order)
    )
    shown = [one.title for one in told(claim) if one.title in order]
    assert shown == list(reversed(order))
    assert [rank(row) for row in ClaimEvent.objects.filter(claim=claim, source__in=order).order_by("-pk")] == [
        2,
        3,
        4,
        5,
    ]


def test_a_denial_says_step_by_step_what_became_of_it(bench: Bench) -> None:
    claim = bench.claim("150.00")
    refused = answer(claim, "0.00", "CO-197 150.00")
    arrive_and_post(bench, remittance(refused))
    denial = Denial.objects.get()
    day = clock.today(bench.practice) + dt.timedelta(days=7)
    denials.follow_up(denial.pk, on=day, note="Called", actor=bench.biller, practice=bench.practice)
    denials.resolve(denial.pk, resolution="appealed", note="By letter", actor=bench.biller)
    steps = [one for one in told(claim) if one.opens == "denial"]
    assert {(one.title, one.lines) for one in steps} == {
        ("A denial to work", ()),
        ("The denial rests", ("Called",)),
        ("Denial resolved: appealed", ("By letter",)),
    }
    assert {one.opens_id for one in steps} == {denial.pk}
    assert chapter(claim, "Denied").means.startswith("The payer judged the claim and paid nothing")
    arrive_and_post(bench, remittance(negated(refused), trace="EFT2"), control=2)
    back = next(one for one in told(claim) if one.title.startswith("The payer took back"))
    assert (back.means.startswith("What was posted is reversed"), back.kind) == (True, "stop")


def test_what_was_changed_on_the_plan_stands_from_what_to_what(bench: Bench, people: Cast) -> None:
    claim = bench.claim("150.00")
    plan = claim.coverage
    values = {"payer": plan.payer, "rank": plan.rank, "starts_on": plan.starts_on, "ends_on": None}
    change_coverage(actor=bench.biller, coverage_id=plan.pk, **values, member_id="K1NEW", relationship="18")
    found = chapter(claim, "Coverage corrected")
    assert any("K1NEW" in line for line in found.lines)
    assert found.who == bench.biller.name
