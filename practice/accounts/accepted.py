"""What else follows when an invitation is accepted. Rooms register a receiver at start-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from practice.actors import Actor
from practice.models import Invitation, User

Receiver = Callable[[Invitation, User, Actor], None]
_receivers: Final[list[Receiver]] = []


def on_accepted(receiver: Receiver) -> Receiver:
    """Registers a function that is called in the practice's context, in the transaction of the acceptance.

    It is given the invitation, the account and the person as an actor, and raises InvitationRefusedError to refuse.
    """
    if receiver not in _receivers:
        _receivers.append(receiver)
    return receiver


def announce(invitation: Invitation, user: User, actor: Actor) -> None:
    """Calls every receiver."""
    for receiver in _receivers:
        receiver(invitation, user, actor)
