"""What the search in the bar finds. Rooms register what they know at start-up; this room imports none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.urls import reverse

from practice import audit, navigation
from practice.actors import Actor
from practice.models import Practice
from practice.setup import further, steps

MOST: Final = 5
SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who looks for what, and where. `words` are as typed, without spaces around them."""

    practice: Practice
    actor: Actor
    words: str

    def url(self, name: str, *args: object) -> str:
        """The address of a page of this practice; it never holds what was typed."""
        return reverse(name, args=[self.practice.slug, *args])

    def meets(self, *texts: str) -> bool:
        """Whether every word that was typed stands in one of the texts."""
        whole = " ".join(texts).casefold()
        return all(word in whole for word in self.words.casefold().split())


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: its name, what tells it from others, where it is, and whose record it names."""

    title: str
    note: str
    url: str
    icon: str = ""
    amount: Decimal | None = None
    client_id: int | None = None


Finder = Callable[[Seeker], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Source:
    """What one room finds. `find` is asked for people who hold any of the permissions; it gives at most `MOST` hits,
    of what they may open, in one query or two.
    """

    name: str
    permissions: tuple[str, ...]
    find: Finder
    order: int
    treats_clients: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one source under its name."""

    name: str
    hits: list[Hit]


_sources: Final[list[Source]] = []


def register(source: Source) -> None:
    """Adds a source; called once per source at start-up."""
    if source not in _sources:
        _sources.append(source)


def found(seeker: Seeker) -> list[Group]:
    """What every source finds for these words, and the pages; empty for fewer than two characters.

    Whose records were shown is in the trail; what was typed is not.
    """
    if len(seeker.words) < SHORTEST:
        return []
    asked = _asked(seeker.practice, seeker.actor)
    groups = [Group(source.name, list(source.find(seeker))[:MOST]) for source in asked]
    groups = [group for group in [*groups, Group("Pages", _pages(seeker)[:MOST])] if group.hits]
    shown = sorted({hit.client_id for group in groups for hit in group.hits if hit.client_id})
    if shown:
        audit.record("search.viewed", actor=seeker.actor, after={"clients": shown})
    return groups


def promise(practice: Practice, actor: Actor) -> str:
    """What this person can look for, as the search says it: `Search clients, claims, pages`."""
    names = [source.name.lower() for source in _asked(practice, actor)]
    return f"Search {', '.join([*names, 'pages'])}"


def _asked(practice: Practice, actor: Actor) -> list[Source]:
    open_to = [one for one in _sources if practice.treats_clients or not one.treats_clients]
    return sorted((one for one in open_to if actor.may(*one.permissions)), key=lambda one: one.order)


def _pages(seeker: Seeker) -> list[Hit]:
    """The pages of the navigation and of Settings that the person may open."""
    practice, actor = seeker.practice, seeker.actor
    sections = navigation.entries(practice, actor, "")
    rows = [
        (item["label"], section["label"] or "", item["url"], item["icon"])
        for section in sections
        for item in section["items"]
    ]
    if actor.may("practice:view"):
        own = steps.steps_of(practice.treats_clients)
        rows += [(step.title, f"Settings · {step.asks}", seeker.url(step.url_name), step.icon) for step in own]
    rows += [
        (page.title, f"Settings · {page.asks}", seeker.url(page.url_name), page.icon)
        for page in further.pages(practice, actor)
    ]
    return [Hit(title, note, url, icon) for title, note, url, icon in rows if seeker.meets(title, note)]
