"""What each event in money posts, as `docs/money.md` says it. Pure: facts in, lines out.

A line is signed: debit above zero, credit below. The lines of an event sum to zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from billing.models import Account
from practice.money import ZERO, total


@dataclass(frozen=True, slots=True)
class Posting:
    """One line before it is written: account, signed dollars, and what it is about (ids)."""

    account: str
    amount: Decimal
    client_id: int | None = None
    charge_id: int | None = None
    payer_id: int | None = None
    clinician_id: int | None = None
    remittance_id: int | None = None
    reference: str = ""
    coverage_id: int | None = None


class UnbalancedError(ValueError):
    """Lines of one entry do not sum to zero, or there are none."""


@dataclass(frozen=True, slots=True)
class ChargeFacts:
    """A charge as the ledger sees it: who is asked, for whom, by whom, in dollars.

    With `coverage_id` it is what a later payer than the first is asked for.
    """

    charge_id: int
    client_id: int
    clinician_id: int
    payer_id: int | None
    amount: Decimal
    copay: Decimal = ZERO
    coverage_id: int | None = None


def charge(facts: ChargeFacts) -> list[Posting]:
    """Receivable against revenue: of an insured charge the copay is the client's at once, the rest the insurer's."""
    of_client = min(facts.copay, facts.amount) if facts.payer_id else facts.amount
    subjects = about(facts)
    return without_zeros(
        [
            replace(subjects, account=Account.INSURER_RECEIVABLE, amount=facts.amount - of_client),
            replace(subjects, account=Account.CLIENT_RECEIVABLE, amount=of_client),
            replace(subjects, account=Account.REVENUE, amount=-facts.amount),
        ]
    )


def payment(amount: Decimal, client_id: int, applied: Sequence[tuple[ChargeFacts, Decimal]]) -> list[Posting]:
    """Bank against what is applied to charges; the rest becomes the client's credit."""
    lines = [Posting(Account.BANK, amount, client_id=client_id)]
    lines += [replace(about(facts), account=Account.CLIENT_RECEIVABLE, amount=-part) for facts, part in applied]
    rest = amount - total(part for _, part in applied)
    lines.append(Posting(Account.CLIENT_CREDIT, -rest, client_id=client_id))
    return without_zeros(lines)


def apply_credit(facts: ChargeFacts, amount: Decimal) -> list[Posting]:
    """Credit the client has pays a charge."""
    return _pair(Account.CLIENT_CREDIT, Account.CLIENT_RECEIVABLE, amount, about(facts))


def release(facts: ChargeFacts, amount: Decimal) -> list[Posting]:
    """What was paid on a charge becomes credit again."""
    return _pair(Account.CLIENT_RECEIVABLE, Account.CLIENT_CREDIT, amount, about(facts))


def refund(amount: Decimal, client_id: int) -> list[Posting]:
    """Credit goes back to the client."""
    return _pair(Account.CLIENT_CREDIT, Account.BANK, amount, Posting("", ZERO, client_id=client_id))


def write_off(facts: ChargeFacts, amount: Decimal, *, bad_debt: bool, from_insurer: bool) -> list[Posting]:
    """Nobody is asked for the amount any more."""
    loss = Account.BAD_DEBT if bad_debt else Account.WRITE_OFF
    owed = Account.INSURER_RECEIVABLE if from_insurer else Account.CLIENT_RECEIVABLE
    return _pair(loss, owed, amount, about(facts))


def to_client(facts: ChargeFacts, amount: Decimal) -> list[Posting]:
    """The client is asked instead of the insurer."""
    return _pair(Account.CLIENT_RECEIVABLE, Account.INSURER_RECEIVABLE, amount, about(facts))


def to_insurer(facts: ChargeFacts, amount: Decimal) -> list[Posting]:
    """The insurer is asked instead of the client."""
    return _pair(Account.INSURER_RECEIVABLE, Account.CLIENT_RECEIVABLE, amount, about(facts))


def to_next(
    facts: ChargeFacts, of_insurer: Decimal, of_client: Decimal, *, payer_id: int, coverage_id: int
) -> list[Posting]:
    """A later payer is asked for what the first one and the client owe."""
    subjects = about(facts)
    later = replace(subjects, payer_id=payer_id, coverage_id=coverage_id)
    return without_zeros(
        [
            replace(later, account=Account.INSURER_RECEIVABLE, amount=of_insurer + of_client),
            replace(subjects, account=Account.INSURER_RECEIVABLE, amount=-of_insurer),
            replace(subjects, account=Account.CLIENT_RECEIVABLE, amount=-of_client),
        ]
    )


def to_other_insurer(facts: ChargeFacts, amount: Decimal, *, own: ChargeFacts, payer_id: int) -> list[Posting]:
    """Another insurer owes what the one of `facts` was asked for, and is the charge's own from then on."""
    asked = replace(about(own), account=Account.INSURER_RECEIVABLE, amount=amount, payer_id=payer_id)
    return without_zeros([asked, replace(about(facts), account=Account.INSURER_RECEIVABLE, amount=-amount)])


def negation(lines: Iterable[Posting]) -> list[Posting]:
    """The exact opposite of an entry."""
    return [replace(line, amount=-line.amount) for line in lines]


def about(facts: ChargeFacts) -> Posting:
    """A line's subjects, taken from a charge; account and amount are still to say."""
    subjects = Posting("", ZERO, facts.client_id, facts.charge_id, facts.payer_id, facts.clinician_id)
    return replace(subjects, coverage_id=facts.coverage_id) if facts.coverage_id else subjects


def without_zeros(lines: Iterable[Posting]) -> list[Posting]:
    """A line of nothing is no line."""
    return [line for line in lines if line.amount]


def check(lines: Sequence[Posting]) -> None:
    """UnbalancedError unless there are lines and they sum to zero."""
    if not lines:
        raise UnbalancedError("An entry needs lines.")
    off = total(line.amount for line in lines)
    if off:
        raise UnbalancedError(f"The lines of this entry are off by {off}.")


def _pair(debit: str, credit: str, amount: Decimal, subjects: Posting) -> list[Posting]:
    return without_zeros(
        [replace(subjects, account=debit, amount=amount), replace(subjects, account=credit, amount=-amount)]
    )
