"""What every template may show: where it is, who is signed in, where else they may go."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from practice import access, clock, navigation, searching
from practice.access import Access
from practice.accounts import again, limits
from practice.models import Practice, User
from practice.permissions import Role
from practice.setup import selectors

_MOST_ROLES: Final = 2


def caseload(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page: the demo's flag, today's date, and inside a practice its navigation."""
    entry: Access | None = getattr(request, "access", None)
    found: dict[str, Any] = {"is_demo": settings.DEMO, "today": clock.now().date()}
    if request.user.is_authenticated:
        found |= _session(request, request.user)
    if entry is not None:
        found |= _frame(request, entry)
    return found


def _session(request: HttpRequest, user: User) -> dict[str, Any]:
    """Where a page signs in again in place, how it says that somebody works, and when the session ends."""
    return {
        "again_url": again.address(user),
        "stay_url": reverse("stay_signed_in"),
        "session_ends": limits.ends_at(request.session),
    }


def _frame(request: HttpRequest, entry: Access) -> dict[str, Any]:
    practice, actor = entry.practice, entry.actor
    practice.logo_url = SimpleLazyObject(lambda: _logo_url(practice))  # type: ignore[attr-defined]
    return {
        "today": clock.today(practice),
        "practice": practice,
        "actor": actor,
        "nav": SimpleLazyObject(lambda: navigation.entries(practice, actor, request.path)),
        "me": {"name": actor.name, "role": _role(entry)},
        "practices": SimpleLazyObject(lambda: _doors(request, entry)),
        "search_url": reverse("search", args=[practice.slug]),
        "search_words": SimpleLazyObject(lambda: searching.promise(practice, actor)),
    }


def _logo_url(practice: Practice) -> str:
    key = selectors.logo_key(practice)
    return f"{reverse('practice_logo', args=[practice.slug])}?v={key}" if key else ""


def _role(entry: Access) -> str:
    """The role a person is known by, and how many more; all of them stand on the page about access."""
    labels = [Role(role).label for role in entry.actor.roles]
    return f"{labels[0]} + {len(labels) - 1} more" if len(labels) > _MOST_ROLES else ", ".join(labels)


def _doors(request: HttpRequest, entry: Access) -> list[dict[str, str]]:
    return [
        {"name": door.practice.name, "url": reverse("practice_start", args=[door.practice.slug]), "role": door.role}
        for door in access.doors(request.user, entry.own)  # type: ignore[arg-type]
    ]
