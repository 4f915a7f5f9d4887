"""Pages of Settings that are no step of the set-up. Rooms of the house register theirs when they are ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from practice.actors import Actor
from practice.models import Practice


@dataclass(frozen=True, slots=True)
class Further:
    """One page: who sees it (any of the permissions), and whether an MSO or IPA, which treats nobody, has it too."""

    title: str
    asks: str
    url_name: str
    icon: str
    permissions: tuple[str, ...]
    everywhere: bool = False


_pages: Final[list[Further]] = []


def register(page: Further) -> None:
    """Adds a page; called once per page at start-up."""
    if page not in _pages:
        _pages.append(page)


def pages(practice: Practice, actor: Actor) -> list[Further]:
    """The pages this person may open here, in the order of registration."""
    return [page for page in _pages if (page.everywhere or practice.treats_clients) and actor.may(*page.permissions)]
