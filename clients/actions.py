"""The buttons at the head of a client's page that lead to higher rooms: book, take a payment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from clients.models import Client
from practice.actors import Actor
from practice.models import Practice


@dataclass(frozen=True, slots=True)
class Action:
    """One button: the page's URL name (it takes the client's id as `pk`) and who sees it; at most one is primary."""

    label: str
    icon: str
    url_name: str
    permissions: tuple[str, ...]
    order: int = 50
    is_primary: bool = False


_actions: Final[list[Action]] = []


def register(action: Action) -> None:
    """Adds a button; called once per button at start-up."""
    if action not in _actions:
        _actions.append(action)


def entries(practice: Practice, actor: Actor, client: Client) -> list[dict[str, Any]]:
    """The buttons for this person, the primary one last."""
    return [
        {
            "label": action.label,
            "icon": action.icon,
            "url": reverse(action.url_name, kwargs={"slug": practice.slug, "pk": client.pk}),
            "is_primary": action.is_primary,
        }
        for action in sorted(_actions, key=lambda action: (action.is_primary, action.order))
        if actor.may(*action.permissions)
    ]
