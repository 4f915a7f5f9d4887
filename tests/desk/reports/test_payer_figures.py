"""What payers did with claims: first-pass acceptance, denial rate, days to payment, and the claims behind each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from billing.claims import events
from billing.models import ClaimEvent, Request
from desk.reports.payers import selectors
from desk.reports.payers.figures import Fact, figures, share
from practice import clock
from practice.actors import Actor
from tests.billing.claim_factories import answer, make_bench, remittance
from tests.billing.remittances.hands import arrive_and_post
from tests.people import NOW, Cast, signed_in


def fact(**said: Any) -> Fact:
    given: dict[str, Any] = {
        "claim_id": 1, "payer_id": 1, "sent_on": dt.date(2026, 11, 2), "is_answered": True, "is_rejected": False,
        "is_decided": True, "is_denied": False, "days": 10,
    }  # fmt: skip
    return Fact(**(given | said))


def test_each_figure_is_of_those_it_can_be_said_of() -> None:
    found = figures(
        [
            fact(days=10),
            fact(days=15),
            fact(is_rejected=True, is_decided=False, days=None),
            fact(is_denied=True, days=None),
            fact(is_answered=False, is_decided=False, days=None),
        ]
    )
    assert (found.sent, found.answered, found.rejected, found.decided, found.denied) == (5, 4, 1, 3, 1)
    assert (found.first_pass, found.denial_rate, found.days_to_payment) == ("75.0%", "33.3%", "12.5")


def test_of_nothing_there_is_no_figure() -> None:
    found = figures([])
    assert (found.first_pass, found.denial_rate, found.days_to_payment) == ("", "", "")


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(1, 3, "33.3%"), (2, 3, "66.7%"), (1, 8, "12.5%"), (3, 3, "100.0%")]
)
def test_shares_are_rounded_half_up_to_a_tenth(part: int, whole: int, words: str) -> None:
    assert share(part, whole) == words


def test_months_go_over_the_turn_of_the_year() -> None:
    months = ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02"]
    assert selectors.months_of(dt.date(2027, 2, 3)) == months


def test_the_report_counts_claims_and_opens_to_them(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        bench = make_bench(people.fernhollow, people.actor(people.bob))
        paid, denied, back, silent = (bench.claim("150.00") for _ in range(4))
        Request.objects.update(sent_at=NOW - dt.timedelta(days=15))
        system = Actor.system(people.fernhollow.pk)
        events.record([events.event(back, ClaimEvent.Kind.ANSWER, "Rejected", actor=system, source="999")])
        arrive_and_post(
            bench, remittance(answer(paid, "100.00", "CO-45 50.00"), answer(denied, "0.00", "CO-197 150.00"))
        )
        known = {bench.payer.pk: "Keystone Mutual"}
        found = selectors.report(people.actor(people.bob), people.fernhollow, known)
        (row,) = found.rows
        assert (row.payer, row.whole.sent, row.whole.answered) == ("Keystone Mutual", 4, 3)
        assert (row.whole.first_pass, row.whole.denial_rate, row.whole.days_to_payment) == ("66.7%", "50.0%", "14")
        assert found.whole == row.whole
        assert clock.today(people.fernhollow)
    page = signed_in(people.bob).get("/p/fernhollow/reports/payers/claims/", {"figure": "denied"}).content.decode()
    assert denied.number in page
    assert paid.number not in page
    assert silent.number not in page


@pytest.mark.parametrize("query", [{}, {"figure": "?"}, {"payer": "²"}, {"month": "2020-01"}, {"page": "x"}])
def test_the_pages_open_whatever_the_address_says(people: Cast, query: dict[str, str]) -> None:
    browser = signed_in(people.alice)
    assert browser.get("/p/fernhollow/reports/payers/", query).status_code == 200
    assert browser.get("/p/fernhollow/reports/payers/claims/", query).status_code == 200
