"""What comes next for a claim, who has to act, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from billing.claims import events
from billing.claims.selectors import coming as selectors
from billing.claims.selectors.coming import Coming, coming
from billing.models import Batch, BatchClaim, Claim, ClaimEvent, ClaimSession, Hold
from billing.statuses.words import SOURCE, TITLES
from edi.inquiries.outcomes import State
from practice import clock
from tests.billing.claim_factories import Bench, make_bench
from tests.people import Cast

FILE_BY = dt.date(2027, 1, 31)


@pytest.fixture
def bench(people: Cast, inside: Any) -> Iterator[Bench]:
    with inside(people.fernhollow):
        yield make_bench(people.fernhollow, people.actor(people.bob))


def made(bench: Bench, status: str, *, days_ago: int = 0, **facts: Any) -> Claim:
    """A claim in a state, sent so many days ago."""
    claim = bench.claim("150.00")
    at = clock.now() - dt.timedelta(days=days_ago)
    Claim.objects.filter(pk=claim.pk).update(status=status, file_by=FILE_BY, sent_at=at, **facts)
    ClaimSession.objects.filter(claim=claim).update(under_way=status in Claim.UNDER_WAY)
    return Claim.objects.select_related("payer").get(pk=claim.pk)


def said(bench: Bench, claim: Claim, *, owed: bool = True, hold: Hold | None = None) -> Coming | None:
    told = list(ClaimEvent.objects.filter(claim=claim).order_by("-pk"))
    return coming(claim, told, bench.practice, hold, owed=owed)


def words(bench: Bench, claim: Claim, **facts: Any) -> str:
    found = said(bench, claim, **facts)
    return f"{found.kind}: {found.words} {found.note}".strip() if found else ""


def test_what_is_held_waits_whatever_its_state(bench: Bench) -> None:
    claim = made(bench, "ready")
    hold = Hold(claim=claim, reason="New card", made_by_name="Bob")
    assert words(bench, claim, hold=hold) == "wait: It is on hold. Release it when it can go. New card · Bob"
    hold.until = dt.date(2026, 11, 20)
    assert words(bench, claim, hold=hold) == "wait: It is on hold. It goes on Fri, Nov 20. New card · Bob"


@pytest.mark.parametrize(
    ("status", "owed", "sentence"),
    [
        ("draft", True, "stop: Correct it and send it again. File by Sun, Jan 31, 2027."),
        ("rejected", True, "stop: Correct it and send it again. File by Sun, Jan 31, 2027."),
        ("ready", True, "wait: It is in no batch yet. Send it. File by Sun, Jan 31, 2027."),
        (
            "denied",
            True,
            "stop: Work what was refused: correct and resend, appeal, or write off. File by Sun, Jan 31, 2027.",
        ),
        ("partially_paid", False, ""),
        ("denied", False, ""),
        ("paid", False, ""),
        ("withdrawn", True, ""),
        ("replaced", True, ""),
    ],
)
def test_what_somebody_here_has_to_do(bench: Bench, status: str, owed: bool, sentence: str) -> None:
    assert words(bench, made(bench, status), owed=owed) == sentence


def test_it_leaves_with_its_batch(bench: Bench) -> None:
    claim = made(bench, "batched")
    assert words(bench, claim) == "move: Its file is made and is sent in a moment."
    batch = Batch.objects.create(
        connection=bench.connection, leaves_at=clock.now() + dt.timedelta(minutes=10), made_at=clock.now()
    )
    BatchClaim.objects.create(batch=batch, claim=claim)
    with timezone.override("America/New_York"):
        found = words(bench, claim)
    assert found == f"move: It leaves at 10:32 AM in batch {batch.pk}. Until then it can be held back."


@pytest.mark.parametrize(
    ("days_ago", "read", "sentence"),
    [
        (
            0,
            False,
            (
                "move: The acknowledgment of the file (999) should be here by Wed, Nov 18. "
                "It usually comes within minutes."
            ),
        ),
        (
            3,
            False,
            "wait: The acknowledgment of the file (999) should have been here by Sun, Nov 15. Ask where it stands.",
        ),
        (0, True, "move: The payer’s acknowledgment (277CA) should be here by Sun, Nov 22."),
        (
            9,
            True,
            "wait: The payer’s acknowledgment (277CA) should have been here by Fri, Nov 13. Ask where it stands.",
        ),
    ],
)
def test_which_acknowledgment_is_due(bench: Bench, days_ago: int, read: bool, sentence: str) -> None:
    claim = made(bench, "sent", days_ago=days_ago)
    if read:
        events.record([events.event(claim, "answer", "Read", actor=bench.biller, source="999")])
    assert words(bench, claim) == sentence


def test_one_that_was_passed_on_is_answered_by_itself(bench: Bench) -> None:
    assert words(bench, made(bench, "sent", forwarded=True)) == (
        "move: Keystone Mutual answers without being asked by you."
    )


@pytest.mark.parametrize(
    ("usual", "days_ago", "sentence"),
    [
        (None, 10, "move: Keystone Mutual’s remittance should be here by Mon, Dec 7. Payers take up to 30 days."),
        (None, 40, "wait: Keystone Mutual’s remittance should have been here by Sat, Nov 7. Ask where it stands."),
        (
            14,
            4,
            (
                "move: Keystone Mutual usually answers by Fri, Nov 27. "
                "In the middle, its answers came 14 days after sending."
            ),
        ),
        (
            1,
            0,
            (
                "move: Keystone Mutual usually answers by Wed, Nov 18. "
                "In the middle, its answers came 1 day after sending."
            ),
        ),
        (
            14,
            20,
            (
                "wait: Keystone Mutual usually answers within 14 days, which was Wed, Nov 11. "
                "Ask the payer where it stands."
            ),
        ),
    ],
)
def test_when_the_money_is_due(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, usual: int | None, days_ago: int, sentence: str
) -> None:
    monkeypatch.setattr(selectors, "usual_days", lambda _: usual)
    assert words(bench, made(bench, "accepted", days_ago=days_ago)) == sentence


def test_a_payer_that_does_not_have_it_is_said_until_another_answer_comes(bench: Bench) -> None:
    claim = made(bench, "sent")
    asked = events.event(claim, "answer", TITLES[State.NOT_ON_FILE], actor=bench.biller, source=SOURCE)
    events.record([asked])
    needed = "stop: The payer does not have it. Ask again, or send it again. File by Sun, Jan 31, 2027."
    assert words(bench, claim) == needed
    later = events.event(claim, "answer", "Read", actor=bench.biller, source="999")
    events.record([later._replace(at=clock.now() + dt.timedelta(minutes=1))])
    assert words(bench, claim).startswith("move: The payer’s acknowledgment (277CA)")
