"""What other rooms show on a clinician's page. Each registers a card when it is ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from clinicians.models import Clinician
from practice.actors import Actor
from practice.models import Practice


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose page it is, on which day, and who looks: rooms show what that person may know."""

    clinician: Clinician
    today: dt.date
    practice: Practice
    actor: Actor

    def url(self, name: str, *ids: int) -> str:
        """The address of a page in the practice."""
        return reverse(name, args=[self.practice.slug, *ids])


@dataclass(frozen=True, slots=True)
class Card:
    """A title with pairs of a word and its value, what somebody must do, and the page it leads to."""

    key: str
    title: str
    pairs: tuple[tuple[str, str], ...]
    link: str
    url: str
    trouble: str = ""


Maker = Callable[[Shown], Card | None]
_makers: Final[list[Maker]] = []


def register(maker: Maker) -> Maker:
    """Adds a function that makes a card, or None for who may not see it; called at start-up."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def cards(shown: Shown) -> list[Card]:
    """The cards the actor may see, in the order of registration."""
    found = (maker(shown) for maker in _makers)
    return [card for card in found if card is not None]
