"""The bench's own payer: it pays every claim of a file, and what it says adds up."""

from __future__ import annotations

from desk.bench import payments
from edi.claims.reading import read_file
from edi.reading import read
from edi.remittances.balancing import balance
from edi.remittances.reading import read as read_remittance
from tests.sandbox.making import claim, sent, transaction


def test_every_claim_of_the_file_is_answered_and_it_adds_up() -> None:
    (file,) = read_file(read(sent(transaction(claim("PCN1"), claim("PCN2"))))[0])
    (one,) = read(payments.answer(file, "EFT"))[0].transactions
    remittance = read_remittance(one)
    assert balance(remittance) == []
    assert [row.patient_control_number for row in remittance.claims] == ["PCN1", "PCN2"]
    assert [row.charge for row in remittance.claims] == [row.charge for row in file.transactions[0].claims]
    references = [line.reference for row in file.transactions[0].claims for line in row.lines]
    assert [line.reference for row in remittance.claims for line in row.lines] == references
