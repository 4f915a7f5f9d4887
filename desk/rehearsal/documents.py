"""What the files themselves say, read by edi from their bytes and not from our tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from desk.rehearsal.stages import Figure
from edi.claims.model import Claim
from edi.claims.reading import read_file
from edi.interchanges import Transaction
from edi.parties import reference
from edi.reading import read
from edi.remittances.model import Remittance
from edi.remittances.reading import read as read_remittance
from edi.statuses.outcomes import outcomes
from edi.statuses.reading import read as read_report
from edi.statuses.verdicts import Verdict
from practice.money import total

REPORT: Final = "277"
REMITTANCE: Final = "835"


@dataclass(frozen=True, slots=True)
class Answered:
    """What the payers' files come to: accepted by 277CA, and by 835 named, paid, and paid by each payer's ID."""

    accepted: Figure = field(default_factory=Figure)
    named: Figure = field(default_factory=Figure)
    paid: Figure = field(default_factory=Figure)
    by_payer: Mapping[str, Figure] = field(default_factory=dict)


def claims(files: Iterable[bytes]) -> Figure:
    """The claims of 837P files: how many, and the sum of CLM02."""
    found = [one.charge for content in files for one in _claims(content)]
    return Figure(len(found), total(found))


def answered(files: Iterable[bytes]) -> Answered:
    """Everything that 277CA and 835 say."""
    transactions = [one for content in files for group in read(content) for one in group.transactions]
    accepted = [amount for one in _of(transactions, REPORT) for amount in _accepted(one)]
    payments = [read_remittance(one) for one in _of(transactions, REMITTANCE)]
    named = [one.charge for payment in payments for one in payment.claims]
    by_payer = {_payer(one): Figure(len(one.claims), one.signed_amount) for one in payments}
    return Answered(
        Figure(len(accepted), total(accepted)),
        Figure(len(named), total(named)),
        Figure(len(named), total(one.signed_amount for one in payments)),
        by_payer,
    )


def _claims(content: bytes) -> Iterator[Claim]:
    for interchange in read(content):
        for file in read_file(interchange):
            for transaction in file.transactions:
                yield from transaction.claims


def _accepted(transaction: Transaction) -> Iterator[Decimal]:
    """The charge of each claim that the payer's system took (STC04)."""
    for outcome in outcomes(read_report(transaction)):
        if outcome.claim is not None and outcome.verdict is Verdict.ACCEPTED:
            yield total(status.amount for status in outcome.claim.statuses[:1] if status.amount is not None)


def _payer(payment: Remittance) -> str:
    """The payer's ID (REF*2U)."""
    return reference(payment.payer.references, "2U")


def _of(transactions: Iterable[Transaction], set_id: str) -> list[Transaction]:
    return [one for one in transactions if one.set_id == set_id]
