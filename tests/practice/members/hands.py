"""What an owner does on the pages about access."""

from __future__ import annotations

from typing import Any

from practice.models import Membership, User
from tests.people import Cast, member

PAGE = "/p/fernhollow/members/"


def membership(people: Cast, user: User) -> Membership:
    """The person's membership at Fernhollow, as it is now."""
    return Membership.objects.get(user=user, practice=people.fernhollow)


def url(people: Cast, user: User, act: str = "") -> str:
    """The page of a person, or of an act about them."""
    return f"{PAGE}{membership(people, user).pk}/{act}"


def second(people: Cast, *roles: Any) -> User:
    """Peggy, who joins Fernhollow with these roles."""
    return member("Peggy Stone", people.fernhollow, *roles)
