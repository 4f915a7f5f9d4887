"""Marks several deposits at once, each by itself; one that cannot be marked is left and says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from billing.remittances.errors import RemittanceRefusedError
from billing.remittances.services import record_deposit
from practice.actors import Actor
from practice.models import Practice
from practice.money import total


@dataclass(slots=True)
class Marked:
    """What became of them: dollars by key, and why the others were left."""

    done: dict[int, Decimal] = field(default_factory=dict)
    left: dict[int, str] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        """What was marked comes to."""
        return total(self.done.values())


def mark(chosen: Iterable[tuple[int, Decimal, dt.date]], *, actor: Actor, practice: Practice) -> Marked:
    """Records the deposits of remittances, by key, amount and day."""
    actor.require("remittances:edit")
    marked = Marked()
    for pk, amount, on in chosen:
        try:
            record_deposit(pk, amount=amount, on=on, actor=actor, practice=practice)
        except RemittanceRefusedError as error:
            marked.left[pk] = str(error)
        else:
            marked.done[pk] = amount
    return marked
