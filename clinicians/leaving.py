"""What stays open when somebody leaves. Higher rooms register what they know: sessions booked, notes unsigned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from practice.actors import Actor
from practice.models import Practice


@dataclass(frozen=True, slots=True)
class Leaver:
    """Who leaves, after which day, and who asks: rooms tell what that person may know."""

    clinician_id: int
    last_day: dt.date
    practice: Practice
    actor: Actor

    def url(self, name: str, *ids: int) -> str:
        """The address of a page in the practice."""
        return reverse(name, args=[self.practice.slug, *ids])


@dataclass(frozen=True, slots=True)
class StaysOpen:
    """One thing that does not end by itself, in a sentence, with the page on which somebody ends it."""

    sentence: str
    link: str = ""
    url: str = ""


Asker = Callable[[Leaver], list[StaysOpen]]
_askers: Final[list[Asker]] = []


def register(asker: Asker) -> Asker:
    """Adds a function that says what a leaver still has; called at start-up."""
    if asker not in _askers:
        _askers.append(asker)
    return asker


def known_elsewhere(leaver: Leaver) -> list[StaysOpen]:
    """What the registered rooms say stays open after the last day."""
    return [found for asker in _askers for found in asker(leaver)]
