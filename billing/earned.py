"""What clinicians are paid for charges. The room that pays says it; pages of claims and charges show it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from practice.actors import Actor
from practice.models import Practice


@dataclass(frozen=True, slots=True)
class Earned:
    """What one run pays one clinician for charges: signed dollars, how that came about, and where it stands.

    `words` follow the amount: «62% of $131.22». Of what is held, `amount` is what it will be. `kind` and `glyph` are
    those of the run's state; `url` is empty where the reader may not open the pay.
    """

    clinician: str
    amount: Decimal
    words: str
    is_held: bool
    run: str
    kind: str
    glyph: str
    state: str
    url: str

    @property
    def size(self) -> Decimal:
        """The amount without its sign."""
        return abs(self.amount)


Finder = Callable[[Practice, Actor, Collection[int]], list[Earned]]
_finders: Final[list[Finder]] = []


def register(finder: Finder) -> None:
    """Adds who knows; called once at start-up. A finder gives nothing that its actor may not see."""
    if finder not in _finders:
        _finders.append(finder)


def earned(practice: Practice, actor: Actor, charge_ids: Collection[int]) -> list[Earned]:
    """What was earned with these charges, in the order of the runs."""
    return [one for finder in _finders for one in finder(practice, actor, charge_ids)]
