"""The tabs of a client's page. Rooms register theirs at start-up, in the order in which they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from clients.models import Client
from practice.actors import Actor
from practice.models import Practice

Count = Callable[[Client, Actor], int | None]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: the page's URL name (it takes the client's id as `pk`), who sees it, and how much it holds."""

    label: str
    url_name: str
    order: int
    permissions: tuple[str, ...]
    count: Count | None = None


_tabs: Final[list[Tab]] = []


def register(tab: Tab) -> None:
    """Adds a tab; called once per tab at start-up."""
    if tab not in _tabs:
        _tabs.append(tab)


def entries(practice: Practice, actor: Actor, client: Client, current: str) -> list[dict[str, Any]]:
    """The tabs this person may open for this client; the one with the URL name `current` is open."""
    return [
        {
            "label": tab.label,
            "url": reverse(tab.url_name, kwargs={"slug": practice.slug, "pk": client.pk}),
            "current": tab.url_name == current,
            "count": tab.count(client, actor) if tab.count else None,
        }
        for tab in sorted(_tabs, key=lambda tab: tab.order)
        if actor.may(*tab.permissions)
    ]
