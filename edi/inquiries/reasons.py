"""The reason of an outcome, in words a biller can act on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from edi.amounts import ZERO
from edi.inquiries.answers import ClaimAnswer
from edi.inquiries.meanings import Meaning
from edi.statuses.stc import Status

UNREADABLE = "Part of the answer could not be read; a person has to look at it."
OTHER_DATES = "The payer's claim under our number has other dates of service."

PLAIN = {
    Meaning.RECEIVED: "The payer has the claim.",
    Meaning.PENDING: "The payer has the claim and has not decided it.",
    Meaning.PAID: "The payer has decided the claim, with a payment.",
    Meaning.DENIED: "The payer has denied the claim.",
    Meaning.REJECTED: "The payer rejected the claim; it was not adjudicated.",
    Meaning.NOT_ON_FILE: "The payer searched and has no such claim.",
    Meaning.FINISHED: "The payer has decided the claim, but the answer does not say how; the remittance will.",
    Meaning.UNANSWERED: "The answer says nothing about the claim itself.",
    Meaning.CONTRADICTION: "The answer contradicts itself.",
}


def plain(meaning: Meaning, claims: Sequence[ClaimAnswer]) -> str:
    """What was decided, in the payer's codes and amounts."""
    parts = [PLAIN[meaning], said(one for claim in claims for one in claim.statuses), *map(_payment, claims)]
    if len(claims) > 1:
        parts.append(f"The payer answered with {len(claims)} claims that say the same.")
    return " ".join(part for part in parts if part)


def unclear(meaning: Meaning, claims: Sequence[ClaimAnswer]) -> str:
    """Why statuses under our number decide nothing; a line's status is named where it stands against the claim."""
    if meaning is not Meaning.CONTRADICTION:
        return plain(meaning, claims)
    statuses = [one for claim in claims for one in claim.statuses]
    lines = [one for claim in claims for line in claim.lines for one in line.statuses]
    parts = [PLAIN[meaning], said(statuses), *map(_payment, claims)]
    if lines:
        parts.append(f"Its lines: {said(lines)}")
    return " ".join(part for part in parts if part)


def unnamed(above: Iterable[Status]) -> str:
    """Why there is no answer to our question: the payer refused all of it, or does not name it."""
    words = said(above)
    return f"The payer answered no question: {words}" if words else "The answer does not name our question."


def contradicted_above(above: Iterable[Status]) -> str:
    """A claim was answered although the level above it was refused."""
    return f"The answer names the claim and yet says of the whole inquiry: {said(above)}"


def others(claims: Sequence[ClaimAnswer], ours: str) -> str:
    """The payer found something, but nothing by our number."""
    numbers = sorted({one.patient_control_number for one in claims} - {""})
    words = said(one for claim in claims for one in claim.statuses)
    if numbers:
        return f"The payer answered with claim {', '.join(numbers)}, not with ours ({ours})."
    return f"The payer's answer does not carry our claim number, so it may be about another claim. {words}".strip()


def other_charge(charges: Iterable[Decimal], ours: Decimal) -> str:
    """The payer's claim under our number has another charge."""
    named = ", ".join(_money(one) for one in charges)
    return f"The payer's claim under our number has a charge of {named}; ours is {_money(ours)}."


def said(statuses: Iterable[Status]) -> str:
    """Every code and free text once, in words, as sentences."""
    words = [word for one in statuses for word in (*(code.words for code in one.codes), one.text.rstrip(".")) if word]
    return " ".join(f"{word}." for word in dict.fromkeys(words))


def _payment(claim: ClaimAnswer) -> str:
    """What was paid, by which check or transfer, and when."""
    if not claim.paid:
        return ""
    number = f" by {claim.remittance_number}" if claim.remittance_number else ""
    day = next((one.remitted_on for one in claim.statuses if one.remitted_on), None)
    return f"Payment: {_money(claim.paid)}{number}{f' on {day:%m/%d/%Y}' if day else ''}."


def _money(amount: Decimal) -> str:
    return f"{'-' if amount < ZERO else ''}${abs(amount):,.2f}"
