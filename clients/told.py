"""Who is told, in the same transaction, that a client's coverage was added or changed. Higher rooms register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from clients.models import Coverage
from practice.actors import Actor

Listener = Callable[[Actor, Coverage], None]
_listeners: Final[list[Listener]] = []


def register(listener: Listener) -> None:
    """Adds a listener; called once at start-up."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(actor: Actor, coverage: Coverage) -> None:
    """Tells everybody who wants to know."""
    for listener in _listeners:
        listener(actor, coverage)
