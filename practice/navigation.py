"""The entries of the navigation. Rooms register theirs when they are ready; a page that does not exist has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from practice.actors import Actor
from practice.models import Practice

SECTIONS: Final = ("", "People", "Practice")
_items: list[Item] = []


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: the page's URL name, who sees it (any of the permissions), and its key after `G`."""

    label: str
    icon: str
    url_name: str
    permissions: tuple[str, ...]
    key: str
    section: str = ""
    order: int = 0
    treats_clients: bool = True


def register(item: Item) -> None:
    """Adds an entry; called once per entry at start-up."""
    if item.section not in SECTIONS:
        raise ValueError(f"The navigation has no section «{item.section}».")
    if item not in _items:
        _items.append(item)


def entries(practice: Practice, actor: Actor, path: str) -> list[dict[str, Any]]:
    """The sections with the entries this person may open here; the one that `path` lies in is current."""
    seen = [item for item in sorted(_items, key=lambda item: item.order) if _is_seen(item, practice, actor)]
    rows = [(item, reverse(item.url_name, args=[practice.slug])) for item in seen]
    inside = max((url for _, url in rows if path.startswith(url)), key=len, default=None)
    sections = [
        {
            "label": section or None,
            "items": [
                {"label": item.label, "icon": item.icon, "url": url, "key": item.key, "current": url == inside}
                for item, url in rows
                if item.section == section
            ],
        }
        for section in SECTIONS
    ]
    return [section for section in sections if section["items"]]


def first_url(practice: Practice, actor: Actor) -> str | None:
    """Where a person lands in a practice: the first entry they may open."""
    sections = entries(practice, actor, "")
    return sections[0]["items"][0]["url"] if sections else None


def _is_seen(item: Item, practice: Practice, actor: Actor) -> bool:
    if item.treats_clients and not practice.treats_clients:
        return False
    return actor.may(*item.permissions)
