"""Every 835 that can be split is read, and its sums are judged as another reader judges them."""

from __future__ import annotations

from decimal import Decimal

import oxedi
import pytest

from edi.errors import UnreadableError, X12Error
from edi.reading import read as read_file
from edi.remittances.balancing import Level, balance
from edi.remittances.model import Remittance
from edi.remittances.reading import read
from tests.edi.remittance_making import SAMPLES, read_back, transactions

FILES = sorted(path.name for path in (SAMPLES / "835").iterdir())
BARE = "affect-therapeutics__exhaustive_sample.txt"
UNSPLIT_BY_OXEDI = "jdavisp3__835-example-2.txt"
WITHOUT_AMOUNTS = "inteligenz__Example1.txt"
AMOUNT = 3
"""Its column in the other reader's table."""

ENVELOPES = [name for name in FILES if name not in {BARE, UNSPLIT_BY_OXEDI}]


def sample(name: str) -> list[Remittance]:
    """The remittances of a sample."""
    return read_back((SAMPLES / "835" / name).read_bytes())


def unbalanced(remittances: list[Remittance], level: Level) -> int:
    """How many sums fail at a level."""
    return sum(one.level is level for remittance in remittances for one in balance(remittance))


@pytest.mark.parametrize("name", [name for name in FILES if name != BARE])
def test_every_sample_reads(name: str) -> None:
    found = sample(name)
    assert found
    for remittance in found:
        assert remittance.payee.name
        assert remittance.trace
        assert len(remittance.content_hash) == 64
        sentences = [one.words for one in remittance.defects] + [one.words for one in balance(remittance)]
        assert all(sentence.endswith(".") for sentence in sentences)


def test_a_transaction_without_an_interchange_is_refused_as_a_file() -> None:
    """It starts with ST, so its separators are not known; put behind an ISA that names them, it reads."""
    content = (SAMPLES / "835" / BARE).read_bytes()
    with pytest.raises(UnreadableError):
        read_file(content)
    blank = " " * 15
    header = f"ISA*00*{' ' * 10}*00*{' ' * 10}*ZZ*{blank}*ZZ*{blank}*241019*0900*^*00501*000000001*0*T*>~"
    (remittance,) = read_back(header.encode() + content)
    assert len(remittance.claims[0].adjustments) == 6
    assert len(remittance.provider_adjustments) == 6


@pytest.mark.parametrize("name", ENVELOPES)
def test_counts_and_sums_are_those_of_another_reader(name: str) -> None:
    found, other = sample(name), oxedi.parse((SAMPLES / "835" / name).read_bytes())
    assert sum(len(one.claims) for one in found) == other.count_claims()
    assert sum((one.amount for one in found), Decimal(0)) == other.sum_payments()
    ours = [entry.amount for one in found for entry in one.provider_adjustments]
    assert (len(ours), sum(ours, Decimal(0))) == adjusted_by(other)


def adjusted_by(other: oxedi.Result) -> tuple[int, Decimal]:
    """How many provider adjustments another reader finds and what they come to; ∅ is an amount that is missing."""
    rows = [line.split(" | ") for line in other.tables["provider_adjustments"].render().splitlines()[2:] if line]
    return len(rows), sum((Decimal(0 if row[AMOUNT] == "∅" else row[AMOUNT]) for row in rows), Decimal(0))


@pytest.mark.parametrize("name", ENVELOPES)
@pytest.mark.parametrize(
    ("level", "rule"),
    [(Level.LINE, "service_balance"), (Level.CLAIM, "claim_balance"), (Level.TRANSACTION, "transaction_balance")],
)
def test_sums_fail_where_they_fail_for_another_reader(name: str, level: Level, rule: str) -> None:
    """One differs: its last CLP ends after the status, so oxedi takes no sum of the payments; ours fails, gravely."""
    other = oxedi.parse((SAMPLES / "835" / name).read_bytes())
    expected = sum(f'"{rule}" fails' in one.rule for one in other.diagnostics)
    if (name, level) == (WITHOUT_AMOUNTS, Level.TRANSACTION):
        assert sample(name)[0].is_doubtful
        expected = 1
    assert unbalanced(sample(name), level) == expected


def test_the_sample_that_another_reader_cannot_split() -> None:
    """Each of its terminators is written twice; oxedi sees no transaction in it."""
    first, second = sample(UNSPLIT_BY_OXEDI)
    assert [one.level for one in balance(first)] == [Level.TRANSACTION]
    assert balance(second) == []
    assert "004010X091A1" in second.defects[0].words


def test_unreadable_money_is_grave_even_where_the_sums_come_out() -> None:
    _, second = sample("affect-therapeutics__sample_835.txt")
    assert balance(second) == []
    assert second.is_doubtful
    assert [one.words for one in second.defects] == ["PLB04 (provider adjustment) is missing; read as 0.00."]
    assert second.defects[0].segment == 105


def test_oddities_name_their_segment() -> None:
    (remittance,) = sample("inteligenz__Example1.txt")
    graves = [(one.segment, one.words) for one in remittance.defects if one.grave]
    assert (96, "CLP03 (claim charge) is missing; read as 0.00.") in graves


def test_a_missing_payment_date_is_told_and_not_grave() -> None:
    (remittance,) = sample("moov-io__sample2.txt")
    assert remittance.paid_on is None
    assert not remittance.is_doubtful
    assert balance(remittance)[0].words == (
        "Claim 1 (1234567-001): charge $4,199.68 less adjustments $1,201.68 is $2,998.00, but $4,000.00 is paid."
    )


def test_reversals_of_a_behavioral_health_practice() -> None:
    (remittance,) = sample("mjpete3__parse_835_2.txt")
    first, second = remittance.claims
    assert first.is_reversal
    assert (first.patient_control_number, first.payer_control_number) == ("687400A140313", "E7TWCV68K0000")
    assert first.paid == Decimal(-45)
    (line,) = first.lines
    assert line.procedure.code == "90834"
    assert [(one.group, one.reason, one.amount) for one in line.adjustments] == [
        ("CO", "45", Decimal(-90)),
        ("PR", "3", Decimal(-15)),
    ]
    assert second.corrected is not None
    assert second.corrected.first == "FRANCES"
    assert second.lines[0].allowed == Decimal(60)
    assert remittance.payee.npi == "1457686560"
    assert remittance.payee.tax_id == "263895688"


def test_provider_adjustments_keep_reason_reference_and_sign() -> None:
    remittance = sample("affect-therapeutics__nevada_medicaid.txt")[2]
    found = [(one.reason, one.reference, one.amount) for one in remittance.provider_adjustments]
    assert found[0] == ("CT", "888888888", Decimal("-1092.46"))
    assert len(found) == 6
    assert balance(remittance) == []


def test_what_is_no_remittance_is_refused() -> None:
    (acknowledgment,) = transactions("999/mjpete3__tc_parse_999_1.txt")
    with pytest.raises(X12Error, match="a 999, not a remittance"):
        read(acknowledgment)
