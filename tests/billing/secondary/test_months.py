"""A claim of several sessions goes on to the second payer: all its days, lines and answers with it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from billing.claims import content
from billing.models import ClaimLine, ClaimSession
from clients.models import Client
from practice.setup.selectors import get_settings
from tests.billing.claim_factories import answer, line
from tests.billing.secondary.hands import HOME, Pair, open_with

pytestmark = pytest.mark.django_db


def test_the_second_payer_hears_of_every_session(pair: Pair) -> None:
    claim = pair.bench.month(["150.00"], ["150.00", "25.00"])
    Client.objects.filter(pk=claim.client_id).update(date_of_birth=dt.date(1990, 5, 1), sex="F", **HOME)
    type(claim).objects.filter(pk=claim.pk).update(diagnoses=["F41.1"], place_of_service="11")
    pair.cover(claim)
    rows = list(ClaimLine.objects.filter(claim=claim).order_by("position"))
    taken = ["CO-45 30.00, PR-2 20.00", "CO-45 30.00, PR-2 30.00", "CO-45 5.00, PR-2 10.00"]
    paid = ["100.00", "90.00", "10.00"]
    said: Any = [line(row, amount, why) for row, amount, why in zip(rows, paid, taken, strict=True)]
    pair.says(answer(claim, "200.00", lines=said))
    second = pair.next(claim)
    assert (second.status, second.problems) == ("ready", [])
    assert (second.service_on, second.last_on, second.session_count) == (claim.service_on, claim.last_on, 2)
    asked = [set(ClaimSession.objects.filter(claim=one).values_list("attendance_id")) for one in (claim, second)]
    assert asked[0] == asked[1]
    (loaded,) = content.load([second.pk])
    told = content.claim(loaded, get_settings())
    assert [one.decisions[0].paid for one in told.lines] == [Decimal(amount) for amount in paid]
    assert [one.service_date for one in told.lines] == [row.service_on for row in rows]
    pair.sent(claim)
    own = ClaimLine.objects.filter(claim=second).order_by("position")
    lines = [
        line(row, amount, f"OA-23 {row.amount - Decimal(amount)}")
        for row, amount in zip(own, ["20.00", "30.00", "10.00"], strict=True)
    ]
    pair.second_says(second, "60.00", lines=lines)
    second.refresh_from_db()
    assert second.status == "paid"
    assert open_with(claim) == ("0.00", "0.00", "0.00")
