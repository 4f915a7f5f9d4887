"""What a claim to a later payer tells of the first: as the 835 had it, in balance, and as other validators read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from billing.claims import content, correcting
from billing.models import Claim, ClaimEvent
from edi.claims import model as x12
from edi.claims.checks import check, check_bytes
from edi.claims.reading import read_file
from edi.claims.writing import write
from edi.envelope import Envelope, Receiver, Submitter
from edi.reading import read
from edi.remittances.reversals import negated
from practice.setup.selectors import get_settings
from tests.billing.claim_factories import PAID_ON, answer, cas, line
from tests.billing.secondary.hands import Pair, medicare, open_with
from tests.edi.oracles import pyx12_errors, x12sdk_claims

ENVELOPE = Envelope(
    sender="FERN01",
    receiver="SANDBOX",
    group_sender="FERN01",
    group_receiver="SANDBOX",
    usage="T",
    submitter=Submitter("FERNHOLLOW PLLC", "FERN01", "BOB", "2155550142"),
    claims_receiver=Receiver("SANDBOX", "SANDBOX"),
)


def told(claim: Claim) -> x12.Claim:
    """The claim as the file says it."""
    [row] = content.load([claim.pk])
    return content.claim(row, get_settings())


def file_of(claim: Claim) -> x12.ClaimFile:
    """A file with this claim alone."""
    settings = get_settings()
    settings.address1, settings.city, settings.state, settings.zip = "1 Main St", "Philadelphia", "PA", "191031234"
    [row] = content.load([claim.pk])
    payer = x12.Payer(claim.payer.name, claim.payer.payer_id)
    one = x12.ClaimTransaction(
        "0001", "0001", payer, content.billing_provider(settings, [row]), (content.claim(row, settings),)
    )
    made_at = dt.datetime(2026, 11, 17, 9, 0)  # noqa: DTZ001 - an envelope has local time without a zone
    return x12.ClaimFile(ENVELOPE, 7, 7, made_at, (one,))


def test_the_lines_are_told_as_the_first_payer_decided_them(pair: Pair) -> None:
    claim = pair.claim("150.00", "40.00")
    lines = list(claim.lines.order_by("position"))
    said = (line(lines[1], "30.00", "CO-45 10.00"), line(lines[0], "95.00", "PR-3 20.00,CO-45 30.00,PR-2 5.00"))
    pair.says(answer(claim, "125.00", lines=said, icn="ICN77"))
    second = told(pair.next(claim))
    assert second.subscriber.responsibility == "S"
    [other] = second.coverages
    assert (other.responsibility, other.paid, other.payer_control_number) == ("P", Decimal("125.00"), "ICN77")
    assert (other.payer.id, other.subscriber.member_id, other.adjustments) == ("KEY01", f"K{claim.client.number}", ())
    first = second.lines[0].decisions[0]
    assert (first.payer_id, first.paid, first.decided_on) == ("KEY01", Decimal("95.00"), PAID_ON)
    told_so = [(one.group, one.reason, one.amount) for one in first.adjustments]
    assert told_so == [("PR", "3", Decimal("20.00")), ("CO", "45", Decimal("30.00")), ("PR", "2", Decimal("5.00"))]
    for row in second.lines:
        [decision] = row.decisions
        assert row.amount == decision.paid + sum((one.amount for one in decision.adjustments), Decimal(0))
    assert other.paid == sum((row.decisions[0].paid for row in second.lines), Decimal(0))


def test_what_the_first_payer_decided_as_a_whole_is_told_as_a_whole_and_once(pair: Pair) -> None:
    claim = pair.claim("100.00", "50.00")
    pair.says(answer(claim, "90.00", lines=(), adjustments=cas("CO-45 30.00,PR-1 30.00")))
    second = told(pair.next(claim))
    [other] = second.coverages
    assert [(one.group, one.reason) for one in other.adjustments] == [("CO", "45"), ("PR", "1")]
    assert other.decided_on == PAID_ON
    assert all(not row.decisions for row in second.lines)


def test_medicare_says_why_it_pays_second(pair: Pair) -> None:
    medicare(pair)
    claim = pair.claim("150.00", medicare_type="43")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    assert told(pair.next(claim)).subscriber.medicare_type == "43"


@pytest.mark.parametrize("as_a_whole", [False, True])
@pytest.mark.parametrize("is_medicare", [False, True])
def test_other_validators_accept_the_file(pair: Pair, as_a_whole: bool, is_medicare: bool) -> None:
    if is_medicare:
        medicare(pair)
    claim = pair.claim("150.00", medicare_type="12" if is_medicare else "")
    if as_a_whole:
        pair.says(answer(claim, "95.00", lines=(), adjustments=cas("CO-45 30.00,PR-2 25.00")))
    else:
        pair.says(answer(claim, "95.00", "CO-45 30.00,PR-3 10.00,PR-2 15.00"))
    file = file_of(pair.next(claim))
    assert [one.words for one in check(file) if not one.warning] == []
    written = write(file).content
    assert pyx12_errors(written) == []
    assert [one.words for one in check_bytes(written) if not one.warning] == []
    assert x12sdk_claims(written) == [file.transactions[0].claims[0].patient_control_number]
    [back] = read_file(read(written)[0])
    assert write(back).content == written


def test_a_line_that_was_split_makes_no_claim_and_says_so(pair: Pair) -> None:
    claim = pair.claim("150.00")
    [row] = claim.lines.all()
    half = replace(line(row, "60.00", "PR-2 15.00"), charge=Decimal("75.00"))
    other = replace(line(row, "35.00", "CO-45 30.00,PR-2 10.00"), charge=Decimal("75.00"))
    pair.says(answer(claim, "95.00", lines=(half, other)))
    assert not Claim.objects.filter(follows__isnull=False).exists()
    told_so = ClaimEvent.objects.get(claim=claim, title="No claim to Blue Harbor PPO was made")
    assert "split" in told_so.detail
    assert open_with(claim) == ("0.00", "25.00", "0.00")


def test_a_line_that_was_bundled_makes_no_claim_and_says_so(pair: Pair) -> None:
    claim = pair.claim("150.00", "40.00")
    [first, _] = claim.lines.order_by("position")
    whole = replace(line(first, "120.00", "CO-45 45.00,PR-2 25.00"), charge=Decimal("190.00"))
    pair.says(answer(claim, "120.00", lines=(whole,)))
    assert not Claim.objects.filter(follows__isnull=False).exists()
    told_so = ClaimEvent.objects.get(claim=claim, title="No claim to Blue Harbor PPO was made")
    assert "as it was sent" in told_so.detail


def test_the_deadline_runs_from_the_first_answer(pair: Pair) -> None:
    claim = pair.claim("150.00")
    pair.says(answer(claim, "95.00", "CO-45 30.00,PR-2 25.00"))
    assert pair.next(claim).file_by == PAID_ON + dt.timedelta(days=90)


def test_an_answer_that_was_taken_back_is_not_told(pair: Pair) -> None:
    claim = pair.claim("150.00")
    first = answer(claim, "95.00", "CO-45 30.00,PR-2 25.00")
    pair.says(first)
    second = pair.next(claim)
    pair.says(negated(first))
    correcting.restore(actor=pair.bench.biller, claim_id=second.pk)
    assert any("primary coverage" in one.words for one in check(file_of(second)))
