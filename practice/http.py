"""What pages are given, and how they say who may open them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase

from practice.access import Access
from practice.actors import Actor
from practice.models import Practice, User
from practice.permissions import known

View = Callable[..., HttpResponseBase]
OPEN_TO_MEMBERS: Final = "any member"


class PracticeRequest(HttpRequest):
    """A request inside one practice: the middleware has checked who asks and opened the context.

    No request is an instance of it: the middleware adds `access`, the `practice` of the URL, and the `actor`, who
    is the person that asks with their permissions there.
    """

    user: User
    access: Access
    practice: Practice
    actor: Actor
    htmx: Any


def page(*permissions: str, members: bool = False) -> Callable[[View], View]:
    """Says which permission opens a page; holding one of several is enough.

    `members=True` opens it to everybody with access to the practice. A page that says nothing stays closed.
    """
    if bool(permissions) == members:
        raise TypeError("A page names its permissions, or is open to all members.")
    needed = frozenset(known(permission) for permission in permissions)

    def mark(view: View) -> View:
        view.needed_permissions = needed  # type: ignore[attr-defined]
        return view

    return mark
