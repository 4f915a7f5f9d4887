"""What the codes of an answer to a status inquiry mean, one at a time and together; nothing is ever guessed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from edi.amounts import ZERO
from edi.codes.status import status_categories
from edi.statuses.stc import REJECT, Status, StatusCode

NOT_ON_FILE_CODE = "35"
"""Claim not on file (list 508)."""


class Meaning(StrEnum):
    """What a code says. FINISHED is decided, without saying how; UNANSWERED says nothing about the claim itself."""

    RECEIVED = "received"
    PENDING = "pending"
    PAID = "paid"
    DENIED = "denied"
    FINISHED = "finished"
    REJECTED = "rejected"
    NOT_ON_FILE = "not_on_file"
    UNANSWERED = "unanswered"
    CONTRADICTION = "contradiction"


CATEGORIES = {
    **dict.fromkeys(("A0", "A1", "A2", "A5"), Meaning.RECEIVED),
    **dict.fromkeys(("A3", "A6", "A7", "A8"), Meaning.REJECTED),
    **dict.fromkeys(("A4", "D0"), Meaning.NOT_ON_FILE),
    **dict.fromkeys(("P0", "P1", "P2", "P3", "P4", "P5"), Meaning.PENDING),
    "F1": Meaning.PAID,
    "F2": Meaning.DENIED,
    **dict.fromkeys(("F0", "F3", "F3F", "F3N", "F4"), Meaning.FINISHED),
}
"""Categories by what they say; a request for information (R) is pending, and any other says nothing of the claim."""

PAYMENT_DECIDES = frozenset({"F0", "F3F", "F3N"})
"""Finished, where a payment stated beside it tells that the claim was paid; F3 was changed, F4 expects no payment."""

MORE_EXACT = (
    ({Meaning.RECEIVED, Meaning.PENDING}, Meaning.PENDING),
    ({Meaning.FINISHED, Meaning.PAID}, Meaning.PAID),
    ({Meaning.FINISHED, Meaning.DENIED}, Meaning.DENIED),
)
"""Two meanings that agree, and the one that says more."""


def meaning_of_code(code: StatusCode) -> Meaning:
    """What one code says.

    Only “not on file” (35) tells that a search for the claim found nothing; another code beside the same category
    says that the search itself failed, for instance because the member is not known.
    """
    found = CATEGORIES.get(code.category)
    if found is None:
        category = status_categories().get(code.category)
        is_request = category is not None and category.group == "request"
        found = Meaning.PENDING if is_request else Meaning.UNANSWERED
    if code.code == NOT_ON_FILE_CODE and not code.code_list:
        return Meaning.NOT_ON_FILE if found is Meaning.NOT_ON_FILE else Meaning.CONTRADICTION
    return Meaning.UNANSWERED if found is Meaning.NOT_ON_FILE else found


def meaning_of_status(status: Status) -> Meaning:
    """What an STC says with its payment; “paid” with nothing paid and “denied” with a payment are contradictions."""
    found = together(meaning_of_code(code) for code in status.codes)
    if status.action == REJECT and found is not Meaning.REJECTED:
        return Meaning.CONTRADICTION
    paid = status.paid
    if paid is None:
        return found
    if found is Meaning.FINISHED and paid > ZERO:
        decides = all(code.category in PAYMENT_DECIDES for code in status.codes)
        return Meaning.PAID if decides else Meaning.FINISHED
    return Meaning.CONTRADICTION if _is_against(found, paid) else found


def _is_against(found: Meaning, paid: Decimal) -> bool:
    """Whether a payment stands against what the codes say."""
    if found is Meaning.PAID:
        return paid <= ZERO
    return paid != ZERO and found is not Meaning.UNANSWERED


def together(meanings: Iterable[Meaning]) -> Meaning:
    """What several say together; nothing said is no answer."""
    found = set(meanings)
    if not found:
        return Meaning.UNANSWERED
    if len(found) == 1:
        return found.pop()
    return next((meaning for pair, meaning in MORE_EXACT if found == pair), Meaning.CONTRADICTION)


LINES_MAY_SAY = {
    Meaning.RECEIVED: frozenset({Meaning.RECEIVED, Meaning.PENDING}),
    Meaning.PENDING: frozenset({Meaning.RECEIVED, Meaning.PENDING, Meaning.PAID, Meaning.DENIED, Meaning.FINISHED}),
    Meaning.PAID: frozenset({Meaning.PAID, Meaning.DENIED, Meaning.FINISHED}),
    Meaning.DENIED: frozenset({Meaning.DENIED, Meaning.FINISHED}),
    Meaning.FINISHED: frozenset({Meaning.PAID, Meaning.DENIED, Meaning.FINISHED}),
    Meaning.REJECTED: frozenset({Meaning.REJECTED}),
    Meaning.NOT_ON_FILE: frozenset({Meaning.NOT_ON_FILE}),
}
"""What the lines of a claim may say without contradicting it."""


def with_lines(claim: Meaning, lines: Iterable[Meaning]) -> Meaning:
    """What a claim says once its lines are heard; a paid claim has a line that is not denied."""
    said = set(lines)
    if not said or claim in {Meaning.UNANSWERED, Meaning.CONTRADICTION}:
        return claim
    if not said <= LINES_MAY_SAY[claim] or (claim is Meaning.PAID and said == {Meaning.DENIED}):
        return Meaning.CONTRADICTION
    return claim
