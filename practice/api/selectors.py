"""What the page of tokens shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from practice.actors import Actor
from practice.api import tokens
from practice.models import ApiToken, User
from practice.permissions import REGISTRY


@dataclass(frozen=True, slots=True)
class Listed:
    """A token, whose it is, what it may read in words, and whether its last day is over."""

    row: ApiToken
    owner: str
    is_mine: bool
    may: list[str]
    is_over: bool


def listed(actor: Actor, today: dt.date) -> list[Listed]:
    """The tokens that the actor sees, newest first; two queries."""
    rows = list(tokens.visible_tokens(actor))
    people = User.objects.filter(pk__in={row.user_id for row in rows}).select_related("person")
    names = {user.pk: user.name for user in people}
    return [
        Listed(
            row,
            names.get(row.user_id, ""),
            row.user_id == actor.user_id,
            [tokens.words_of(name) for name in row.permissions if name in REGISTRY],
            row.expires_on < today,
        )
        for row in rows
    ]
