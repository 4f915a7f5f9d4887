"""What the sandbox payer writes adds up, reads back the same and satisfies other people's readers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import oxedi
import pytest
from hypothesis import assume, given, settings

from edi.delimiters import Delimiters
from edi.envelope import Envelope
from edi.errors import X12Error
from edi.remittances.balancing import balance
from edi.remittances.model import ClaimPayment, ProviderAdjustment, Remittance
from edi.remittances.reversals import negated
from edi.remittances.writing import UnbalancedError
from tests.edi.oracles import pyx12_errors
from tests.edi.remittance_making import bytes_of, claim, claims, line, read_back, remittance, remittances

PLB = (
    ProviderAdjustment("1234567893", date(2026, 12, 31), "WO", "ICN9", Decimal(30)),
    ProviderAdjustment("1234567893", date(2026, 12, 31), "L6", "", Decimal("-1.25")),
)
FULL = remittance(
    claim(line(), line("200", "0", ("CO", "197", "200")), number="PCN1"),
    replace(negated(claim(line(), number="PCN2")), position=2),
    claim(line("180", "0", ("PR", "1", "120"), ("CO", "45", "60")), position=3, number="PCN2"),
    claim(line("250", "250", ("CO", "45", "0")), position=4, number="PCN3"),
    plb=PLB,
)


@settings(max_examples=60, deadline=None)
@given(remittances())
def test_a_written_remittance_reads_back_the_same_and_adds_up(written: Remittance) -> None:
    found = read_back(bytes_of(written))
    assert found == [written]
    assert balance(found[0]) == []
    assert not found[0].is_doubtful


@settings(max_examples=40, deadline=None)
@given(remittances())
def test_another_wrapping_has_the_same_hash(written: Remittance) -> None:
    other = Envelope(
        sender="ANOTHER", receiver="ONE", delimiters=Delimiters(element="|", component=">", repetition="!", segment="'")
    )
    plain = bytes_of(written)
    wrapped = bytes_of(written, written, envelope=other, control=912)
    folded = plain.replace(b"~", b"~\r\n")
    first, *others = [one.content_hash for content in (plain, wrapped, folded) for one in read_back(content)]
    assert len(first) == 64
    assert others == [first] * 3


def test_other_content_has_another_hash() -> None:
    cents = replace(FULL, trace="T101")
    assert read_back(bytes_of(FULL))[0].content_hash != read_back(bytes_of(cents))[0].content_hash


def test_a_reader_of_other_people_finds_nothing_wrong() -> None:
    content = bytes_of(FULL, remittance(claim(line()), trace="T2"))
    result = oxedi.parse(content)
    assert [str(one) for one in result.diagnostics] == []
    assert result.count_claims() == 5
    assert result.sum_payments() == FULL.amount + Decimal(105)
    assert pyx12_errors(content) == []


@settings(max_examples=25, deadline=None)
@given(claims())
def test_a_reader_of_other_people_agrees_with_any_claim(paid: ClaimPayment) -> None:
    """Not with a debit, though: oxedi takes BPR02 as it stands, whatever BPR03 says."""
    made = remittance(paid)
    assume(made.credit_debit == "C")
    content = bytes_of(made)
    assert [str(one) for one in oxedi.parse(content).diagnostics] == []


def test_what_does_not_add_up_is_not_written() -> None:
    wrong = replace(FULL, amount=FULL.amount + 1)
    with pytest.raises(UnbalancedError, match="but the payment is"):
        bytes_of(wrong)


def test_what_is_required_is_named() -> None:
    with pytest.raises(X12Error, match="without a payment date"):
        bytes_of(replace(FULL, paid_on=None))
