"""What the client will likely owe for one session, in words. Pure; a figure that is missing is never made up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from billing.eligibility.facts import Facts, Figure, Limit
from practice.money import ZERO, cents
from practice.templatetags._words import money


@dataclass(frozen=True, slots=True)
class Price:
    """What the payer allows for the session: the contract's rate, or at most the practice's fee; None if unknown."""

    code: str
    rate: Decimal | None = None
    fee: Decimal | None = None

    @property
    def allowed(self) -> Decimal | None:
        """The most the payer allows, as far as that is known."""
        return self.rate if self.rate is not None else self.fee

    @property
    def words(self) -> str:
        """Where `allowed` comes from."""
        return "the contract’s rate" if self.rate is not None else "the practice’s fee"


@dataclass(frozen=True, slots=True)
class Estimate:
    """`sentence` is what to tell the client, `why` where it comes from; `amount` is None where nothing says it."""

    sentence: str
    why: str = ""
    amount: Decimal | None = None


def estimate(facts: Facts, price: Price) -> Estimate | None:
    """What the client owes for one session in network; None where the answer says nothing about money."""
    if facts.is_active is False:
        return Estimate(f"The plan is not active: {price.code} would be the client’s to pay.")
    if facts.covered is False:
        return Estimate(f"The plan does not cover the service: {price.code} would be the client’s to pay.")
    if facts.is_active is None:
        return None
    if _is_spent(facts.out_of_pocket):
        return _owes(ZERO, price, "Nothing is left of the out-of-pocket maximum.")
    if _is_several(facts.copay) or _is_several(facts.coinsurance):
        return Estimate("The payer names several shares for the visit. The raw answer tells them apart.")
    return _by_share(facts, _amount(facts.copay), _amount(facts.coinsurance), price)


def for_session(facts: Facts, *, telehealth: bool) -> Facts:
    """The facts as they hold for one session: by video, what the payer says of telehealth comes first."""
    if not telehealth or facts.telehealth is None:
        return facts
    copay = facts.telehealth_copay
    own = replace(facts, copay=copay, coinsurance=None) if copay is not None else facts
    return own if facts.telehealth else replace(own, covered=False)


def _by_share(facts: Facts, copay: Decimal | None, share: Decimal | None, price: Price) -> Estimate | None:
    """By a copay, by coinsurance, or by the deductible where it names neither; never by two of them at once."""
    if copay and share:
        return Estimate(f"The payer names a copay of {money(copay)} and coinsurance of {percent(share)}: ask it which.")
    if copay is not None and not share:
        return _copay(facts, copay, price)
    if share is not None:
        return _share(facts, share, price)
    return _deductible(facts, price)


def percent(share: Decimal) -> str:
    """`20%` of 0.2."""
    return f"{(share * 100).normalize():f}%"


def _copay(facts: Facts, copay: Decimal, price: Price) -> Estimate:
    """The copay, which is never more than what the payer allows."""
    owed = copay if price.rate is None else min(copay, price.rate)
    left = _left(facts.deductible)
    if left and price.allowed is not None and price.allowed > owed:
        most = max(owed, min(left, price.allowed))
        why = f"The plan’s copay. If it applies its deductible to the visit, up to {money(most)}."
        return _owes(owed, price, why)
    return _owes(owed, price, "The plan’s copay for a visit.")


def _share(facts: Facts, share: Decimal, price: Price) -> Estimate:
    """Coinsurance of what the payer allows, after what is left of the deductible."""
    left, allowed = _left(facts.deductible), price.allowed
    if allowed is None:
        after = f" after {money(left)} of deductible" if left else ""
        words = f"The client will likely owe {percent(share)} of what the payer allows for {price.code}{after}."
        return Estimate(words, "Neither a contract rate nor a fee says what that is.")
    if left is None and facts.deductible is None:
        why = f"{percent(share)} of {price.words}, {money(allowed)}. The payer names no deductible."
        return _owes(_capped(cents(share * allowed), facts.out_of_pocket), price, why, at_most=price.rate is None)
    if left is None:
        words = f"The client will likely owe {percent(share)} of what the payer allows for {price.code}."
        return Estimate(words, "What is left of the deductible, which comes first, the payer does not say.")
    first = min(left or ZERO, allowed)
    owed = _capped(first + cents(share * (allowed - first)), facts.out_of_pocket)
    parts = [f"{money(first)} of the deductible"] if first else []
    if allowed > first:
        parts.append(f"{percent(share)} of {money(allowed - first)}")
    return _owes(owed, price, f"{' and '.join(parts)}; {price.words} is {money(allowed)}.", at_most=price.rate is None)


def _deductible(facts: Facts, price: Price) -> Estimate | None:
    """Without copay and coinsurance only a deductible that takes the whole visit says what is owed."""
    left, allowed = _left(facts.deductible), price.allowed
    if left and allowed is not None and left >= allowed:
        owed = _capped(allowed, facts.out_of_pocket)
        why = f"{money(left)} of the deductible is left, more than {price.words}."
        return _owes(owed, price, why, at_most=price.rate is None)
    if left:
        why = "The payer names no copay and no coinsurance."
        return Estimate(f"{money(left)} of the deductible is left; it comes first.", why)
    return None


def _owes(owed: Decimal, price: Price, why: str, *, at_most: bool = False) -> Estimate:
    words = "at most " if at_most and owed else ""
    return Estimate(f"The client will likely owe {words}{money(owed)} for {price.code}.", why, owed)


def _amount(figure: Figure | None) -> Decimal | None:
    return figure.amount if figure else None


def _is_several(figure: Figure | None) -> bool:
    return figure is not None and figure.amount is None


def _left(limit: Limit | None) -> Decimal | None:
    """What is left; nothing of a limit of nothing."""
    if limit is None:
        return None
    if _amount(limit.total) == ZERO:
        return ZERO
    return _amount(limit.left)


def _is_spent(limit: Limit | None) -> bool:
    return limit is not None and _amount(limit.left) == ZERO


def _capped(owed: Decimal, limit: Limit | None) -> Decimal:
    """No more than what is left of the out-of-pocket maximum."""
    left = _amount(limit.left) if limit else None
    return owed if left is None else min(owed, left)
