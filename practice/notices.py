"""What Settings has to say about the installation or the practice. Rooms register what they know at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from practice.actors import Actor
from practice.models import Practice


@dataclass(frozen=True, slots=True)
class Notice:
    """One banner: `kind` is wait, stop, move or calm; `url` leads to what clears it, where there is such a page."""

    kind: str
    title: str
    text: str
    url: str = ""


Teller = Callable[[Practice, Actor], list[Notice]]
_tellers: Final[list[Teller]] = []


def register(teller: Teller) -> Teller:
    """Adds a function that gives notices for a practice and who looks; called once at start-up."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def notices(practice: Practice, actor: Actor) -> list[Notice]:
    """Everything there is to say, in the order of registration."""
    return [notice for teller in _tellers for notice in teller(practice, actor)]
