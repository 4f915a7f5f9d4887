"""Patient control numbers: 15 random characters without look-alikes and a sequence of two, registered for answers."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Final

from billing.models import Claim, ClaimNumber

ALPHABET: Final = "ABCDEFGHJKMNPQRTUVWXY346789"
_RANDOM: Final = 15
_LAST: Final = 99


class NumberUsedUpError(ValueError):
    """A claim was sent 99 times."""


def new_number() -> str:
    """A number nobody has."""
    drawn, letters = secrets.randbelow(len(ALPHABET) ** _RANDOM), []
    for _ in range(_RANDOM):
        drawn, place = divmod(drawn, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters) + "01"


def next_number(number: str) -> str:
    """The same claim's number for its next sending; NumberUsedUpError after 99."""
    sequence = int(number[_RANDOM:]) + 1
    if sequence > _LAST:
        raise NumberUsedUpError("This claim was sent 99 times. Void it and bill the session again.")
    return f"{number[:_RANDOM]}{sequence:02}"


def register(claims: Sequence[Claim]) -> None:
    """Writes down whose numbers these are, in one statement; a number is registered once and for ever."""
    ClaimNumber.objects.bulk_create(
        [ClaimNumber(number=claim.number, practice_id=claim.practice_id, claim_id=claim.pk) for claim in claims],
        batch_size=1000,
    )
