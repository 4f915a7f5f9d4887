"""What an answer of a payer posts, charge by charge, as `docs/money.md` says it. Pure: facts in, lines out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, Protocol

from billing.ledger.postings import ChargeFacts, Posting, without_zeros
from billing.models import Account
from edi.codes.plb import PlbTreatment, plb_reasons
from practice.money import ZERO, allocate, total

INTEREST: Final = "interest"


@dataclass(slots=True)
class Standing:
    """How a charge stands before the next answer, in dollars.

    `asked` is what the client was asked for so far (copay, what answers and people moved), before anything they paid;
    `paid` what they paid on it; `insurer` and `client` what is open with either. Of these are `later` what later payers
    owe, and `asked_later` what their answers asked of the client, both by coverage.
    """

    insurer: Decimal = ZERO
    client: Decimal = ZERO
    asked: Decimal = ZERO
    paid: Decimal = ZERO
    later: dict[int, Decimal] = field(default_factory=dict)
    asked_later: dict[int, Decimal] = field(default_factory=dict)

    @property
    def first(self) -> Decimal:
        """What the charge's own insurer owes."""
        return self.insurer - total(self.later.values())

    def take(self, lines: Iterable[Posting]) -> None:
        """Counts lines of answers in."""
        for line in lines:
            if line.account == Account.INSURER_RECEIVABLE:
                self.insurer += line.amount
                _count(self.later, line)
            elif line.account == Account.CLIENT_RECEIVABLE:
                self.client += line.amount
                self.asked += line.amount
                _count(self.asked_later, line)


@dataclass(frozen=True, slots=True)
class Part:
    """What an answer says of one line: dollars charged and paid, and adjustments by treatment.

    `onward` is what the next payer is asked for besides the client's share, where there is one.
    """

    charged: Decimal
    paid: Decimal
    write_off: Decimal = ZERO
    patient: Decimal = ZERO
    refused: Decimal = ZERO
    onward: Decimal = ZERO
    is_denied: bool = False


@dataclass(frozen=True, slots=True)
class ChargeAnswer:
    """What an answer comes to for one charge; a denied one moves nothing to or from the client."""

    facts: ChargeFacts
    paid: Decimal
    write_off: Decimal
    patient: Decimal
    refused: Decimal
    onward: Decimal
    is_denied: bool


_NOTHING: Final = Part(ZERO, ZERO)


class ProviderFacts(Protocol):
    """A provider-level adjustment as it is kept: dollars above zero lower the payment."""

    reason: str
    treatment: str
    amount: Decimal


def answers(charges: Sequence[ChargeFacts], lines: dict[int, list[Part]], whole: Part) -> list[ChargeAnswer]:
    """What a claim's answer comes to for each of its charges.

    `lines` holds the lines of the answer by charge, `whole` what stands at the claim itself, which is split over the
    charges by their amounts: its adjustments, and where there are no lines the amount charged.
    """
    if not any(_amounts(whole)):
        return [_answer(facts, lines.get(facts.charge_id, []), _NOTHING) for facts in charges]
    weights = [facts.amount for facts in charges]
    if not any(weights):
        weights = [Decimal(1)] * len(charges)
    shares = zip(*(allocate(amount, weights) for amount in _amounts(whole)), strict=True)
    return [
        _answer(facts, lines.get(facts.charge_id, []), Part(*share))
        for facts, share in zip(charges, shares, strict=True)
    ]


def lines_of(answer: ChargeAnswer, standing: Standing, *, payer_id: int | None, remittance_id: int) -> list[Posting]:
    """The lines of one charge: paid, contractual, and what moves so that the client owes exactly their share."""
    moved = ZERO if answer.is_denied else answer.patient - standing.asked
    of_insurer = -(answer.paid + answer.write_off + moved)
    of_payer = (Account.PAYER_CLEARING, answer.paid, payer_id)
    own = answer.facts.payer_id
    rest = ((Account.CONTRACTUAL, answer.write_off, own), (Account.CLIENT_RECEIVABLE, moved, own))
    facts = answer.facts
    return [
        Posting(account, amount, facts.client_id, facts.charge_id, payer, facts.clinician_id, remittance_id)
        for account, amount, payer in (of_payer, *rest, (Account.INSURER_RECEIVABLE, of_insurer, own))
        if amount
    ]


def not_ours(amount: Decimal, reference: str, *, payer_id: int | None, remittance_id: int) -> list[Posting]:
    """Money for a claim that is not ours: it is the payer's until it is given back."""
    return _against_clearing(Account.PAYER_BALANCE, -amount, reference, payer_id, remittance_id)


def provider(one: ProviderFacts, reference: str, *, payer_id: int | None, remittance_id: int) -> list[Posting]:
    """A provider-level adjustment, under the reference by which it is known here: above zero it lowers the payment."""
    account = plb_account(one.reason, one.treatment)
    return _against_clearing(account, one.amount, reference, payer_id, remittance_id)


def plb_account(reason: str, treatment: str) -> Account:
    """Interest and income have their accounts; everything else is a balance with the payer."""
    known = plb_reasons().get(reason)
    if treatment in {PlbTreatment.INCOME, PlbTreatment.EXPENSE}:
        return Account.INTEREST if known and known.category == INTEREST else Account.OTHER_INCOME
    return Account.CONTRACTUAL if treatment == PlbTreatment.CONTRACTUAL else Account.PAYER_BALANCE


def overpaid(standing: Standing) -> Decimal:
    """What the client paid on a charge above what they owe on it."""
    return max(min(standing.paid, -standing.client), ZERO)


def taken_back(lines: Iterable[Posting], remittance_id: int) -> list[Posting]:
    """The opposite of an answer's lines; the money is taken out of the payment that says so."""
    return [replace(line, amount=-line.amount, remittance_id=remittance_id) for line in lines]


def _amounts(whole: Part) -> tuple[Decimal, ...]:
    return whole.charged, whole.paid, whole.write_off, whole.patient, whole.refused, whole.onward


def _count(sums: dict[int, Decimal], line: Posting) -> None:
    if line.coverage_id is not None:
        sums[line.coverage_id] = sums.get(line.coverage_id, ZERO) + line.amount


def _answer(facts: ChargeFacts, lines: Sequence[Part], share: Part) -> ChargeAnswer:
    return ChargeAnswer(
        facts,
        paid=share.paid + total(part.paid for part in lines),
        write_off=share.write_off + total(part.write_off for part in lines if not part.is_denied),
        patient=share.patient + total(part.patient for part in lines if not part.is_denied),
        refused=share.refused + total(part.charged if part.is_denied else part.refused for part in lines),
        onward=share.onward + total(part.onward for part in lines if not part.is_denied),
        is_denied=bool(lines) and all(part.is_denied for part in lines) and not share.patient,
    )


def _against_clearing(
    account: Account, amount: Decimal, reference: str, payer_id: int | None, remittance_id: int
) -> list[Posting]:
    subjects = Posting("", ZERO, payer_id=payer_id, remittance_id=remittance_id, reference=reference)
    return without_zeros(
        [
            replace(subjects, account=account, amount=amount),
            replace(subjects, account=Account.PAYER_CLEARING, amount=-amount, reference=""),
        ]
    )
