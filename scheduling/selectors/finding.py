"""Clients to choose from while booking: those whose record the actor may open."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from django.db.models import Q
from django.http import Http404

from clients.models import Client
from practice.actors import Actor
from scheduling import policies

_MOST: Final = 8
_SHORTEST: Final = 2


def by_words(actor: Actor, words: str, *, without: Collection[int] = ()) -> list[Client]:
    """At most eight clients whose names begin with each of the words, or whose number it is; none for one letter."""
    parts = words.split()
    if len("".join(parts)) < _SHORTEST:
        return []
    rows = policies.bookable_clients(actor).filter(~Q(pk__in=without), ~Q(status=Client.Status.INACTIVE))
    for part in parts:
        rows = rows.filter(_begins(part))
    return list(rows[:_MOST])


def one(actor: Actor, pk: int) -> Client:
    """A client whose record the actor may open; Http404 otherwise."""
    found = policies.bookable_clients(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def by_ids(actor: Actor, ids: Iterable[object]) -> list[Client]:
    """The clients of these ids whose record the actor may open."""
    wanted = [int(str(pk)) for pk in ids if str(pk).isdecimal()]
    return list(policies.bookable_clients(actor).filter(pk__in=wanted))


def _begins(part: str) -> Q:
    names = Q(first_name__istartswith=part) | Q(preferred_name__istartswith=part) | Q(last_name__istartswith=part)
    return names | Q(number=int(part)) if part.isdecimal() else names
