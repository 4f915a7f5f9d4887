"""What is compared and how it is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from billing.eligibility import raw, words
from billing.eligibility.comparing import Kind, OnRecord, alerts
from billing.eligibility.facts import Facts, Figure, Limit, Party, Reject
from tests.edi.eligibility.making import SAMPLES

MH = "MH"
RECORD = OnRecord("Keystone Mutual", Decimal("25.00"))
ACTIVE = Facts(is_active=True, network="in", copay=Figure(Decimal("25.00"), MH), plan_name="Gold")
INACTIVE = Facts(is_active=False, until=dt.date(2026, 10, 31))
TWO = Figure(None, MH, (Decimal(20), Decimal(40)))
NONE = Limit(total=Figure(Decimal(0), "30"))
REJECTED = Facts(rejects=(Reject("72", "Subscriber's member number is missing or wrong"),))


def kinds(now: Facts, before: Facts | None = None, record: OnRecord = RECORD) -> list[Kind]:
    return [one.kind for one in alerts(now, before, record)]


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (ACTIVE, None, []),
        (ACTIVE, ACTIVE, []),
        (INACTIVE, None, [Kind.INACTIVE]),
        (INACTIVE, ACTIVE, [Kind.INACTIVE]),
        (REJECTED, ACTIVE, [Kind.REJECTED]),
        (ACTIVE, INACTIVE, [Kind.CHANGED]),
        (replace(ACTIVE, plan_name="Silver"), ACTIVE, [Kind.CHANGED]),
        (replace(ACTIVE, copay=Figure(Decimal("40.00"), MH)), ACTIVE, [Kind.COPAY]),
        (replace(ACTIVE, carve_outs=(Party("CARELON"),)), None, [Kind.CARVE_OUT]),
        (replace(ACTIVE, carve_outs=(Party("CARELON"),)), replace(ACTIVE, carve_outs=(Party("Carelon"),)), []),
        (replace(ACTIVE, other_payers=(Party("MEDICARE"),)), ACTIVE, [Kind.OTHER_PAYER]),
    ],
)
def test_what_is_to_be_looked_at(now: Facts, before: Facts | None, expected: list[Kind]) -> None:
    assert kinds(now, before) == expected


def test_a_copay_that_stayed_is_not_told_again_although_the_record_differs() -> None:
    record = OnRecord("Keystone Mutual", Decimal("20.00"))
    assert kinds(ACTIVE, None, record) == [Kind.COPAY]
    assert kinds(ACTIVE, ACTIVE, record) == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (ACTIVE, "active; copay $25.00, in network"),
        (INACTIVE, "not active; it ended on Oct 31, 2026"),
        (REJECTED, "subscriber's member number is missing or wrong"),
        (Facts(is_under_review=True), "under review by the payer"),
        (
            replace(ACTIVE, copay=Figure(None, MH, (Decimal(20), Decimal(40)))),
            "active; copay $20.00 or $40.00, in network",
        ),
        (
            replace(ACTIVE, deductible=Limit(total=Figure(Decimal(0), "30"))),
            "active; copay $25.00, no deductible, in network",
        ),
        (
            replace(ACTIVE, visits=Limit(Figure(Decimal(20), MH), Figure(Decimal(12), MH))),
            "active; copay $25.00, in network, visits left 12 of 20",
        ),
    ],
)
def test_one_line(facts: Facts, said: str) -> None:
    assert words.summary(facts) == said


def test_each_line_names_the_service_type_it_was_said_for() -> None:
    facts = replace(ACTIVE, deductible=Limit(Figure(Decimal(1500), "30"), Figure(Decimal(310), "30")))
    found = {one.label: (one.text, one.source) for one in words.lines(facts, dt.date(2026, 11, 17))}
    assert found["Copay"] == ("$25.00", "mental health (MH)")
    assert found["Deductible"] == ("Left $310.00 of $1,500.00", "the plan as a whole (30)")


@pytest.mark.parametrize("path", sorted((SAMPLES / "271").iterdir()), ids=lambda path: path.name)
def test_every_sample_is_shown_segment_by_segment(path: Path) -> None:
    for segment in raw.segments(path.read_bytes()):
        assert segment.tag
        assert segment.rest.endswith("~")


def test_a_date_is_said_and_what_is_none_is_shown_as_it_came() -> None:
    head = b"ISA*00*          *00*          *ZZ*P              *ZZ*F              *261117*1022*^*00501*000000001*0*T*:~"
    body = b"GS*HB*P*F*20261117*1022*1*X*005010X279A1~ST*271*0001*005010X279A1~DTP*346*D8*20260101~DTP*291*D8*SOON~"
    end = b"SE*4*0001~GE*1*1~IEA*1*000000001~"
    said = [one.words for one in raw.segments(head + body + end) if one.tag == "DTP"]
    assert said == ["Plan begins Jan 1, 2026", "Plan SOON"]


def test_what_is_no_x12_shows_nothing() -> None:
    assert raw.segments(b"<html>") == []
    assert raw.segments(b"") == []
