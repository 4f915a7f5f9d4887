"""What an attendance costs. Pure: facts in, dollars and the reason in words out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from practice.money import cents
from scheduling.models import Attendance


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """What the price depends on, in dollars; None where nothing was agreed.

    `fee` is the practice's own fee on the date, `contract_rate` the payer's on that date for the rendering
    clinician's level, both for one unit; `own_rate` is the client's own for the session, however many units it has.
    """

    outcome: str
    insured: bool
    fee: Decimal | None
    contract_rate: Decimal | None
    own_rate: Decimal | None
    late_cancel_fee: Decimal
    no_show_fee: Decimal
    units: int = 1
    entered: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """The amount and where it comes from; no amount when nothing says what the service costs."""

    amount: Decimal | None
    why: str


def price(facts: PriceFacts) -> Price:
    """The charge of one attendance.

    An amount entered by hand wins: it is for all units. A late cancel or no-show costs what the policy says. An
    insurer is charged the practice's fee, or the contract's rate where there is no fee; a client pays their own rate,
    or the fee. Fees and contract rates count for each unit; the product is rounded once.
    """
    if facts.entered is not None:
        return Price(cents(facts.entered), "entered by hand")
    if facts.outcome == Attendance.Status.LATE_CANCELED:
        return Price(facts.late_cancel_fee, "the practice's fee for a late cancel")
    if facts.outcome == Attendance.Status.NO_SHOW:
        return Price(facts.no_show_fee, "the practice's fee for a no-show")
    return _insured(facts) if facts.insured else _self_pay(facts)


def _insured(facts: PriceFacts) -> Price:
    if facts.fee is not None:
        return Price(_of_all(facts.fee, facts), "the practice's fee")
    if facts.contract_rate is not None:
        return Price(_of_all(facts.contract_rate, facts), "the contract's rate, as the practice has no fee of its own")
    return Price(None, "neither a fee nor a contract rate is set for this service")


def _self_pay(facts: PriceFacts) -> Price:
    if facts.own_rate is not None:
        return Price(facts.own_rate, "the client's own rate")
    if facts.fee is not None:
        return Price(_of_all(facts.fee, facts), "the practice's fee")
    return Price(None, "no fee is set for this service")


def _of_all(each: Decimal, facts: PriceFacts) -> Decimal:
    """What all units cost together."""
    return cents(each * facts.units)
