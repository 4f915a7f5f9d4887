"""Who is told, in the same transaction, that the numbers a practice is paid under were changed. Rooms register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from practice.actors import Actor
from practice.models import PracticeSettings

Listener = Callable[[Actor, PracticeSettings], None]
_listeners: Final[list[Listener]] = []


def register(listener: Listener) -> None:
    """Adds a listener; called once at start-up."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(actor: Actor, settings: PracticeSettings) -> None:
    """Tells everybody who wants to know."""
    for listener in _listeners:
        listener(actor, settings)
