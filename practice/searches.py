"""Searches whose words stay out of addresses: posted, kept in the session, and shown at `?s=<random id>`."""

from __future__ import annotations

import secrets
from typing import Final

from django.http import HttpRequest

_KEPT: Final = "searches"
_MOST: Final = 20
LONGEST: Final = 100


def keep(request: HttpRequest, words: str) -> str:
    """Keeps the words of a search in the session; the id that finds them again, empty for no words."""
    words = " ".join(words.split())[:LONGEST]
    if not words:
        return ""
    found: dict[str, str] = request.session.get(_KEPT, {})
    key = secrets.token_urlsafe(6)
    request.session[_KEPT] = dict([*found.items(), (key, words)][-_MOST:])
    return key


def words_of(request: HttpRequest) -> str:
    """The words of the search in the address; empty when there is none, or it is another session's."""
    found: dict[str, str] = request.session.get(_KEPT, {})
    return found.get(request.GET.get("s", ""), "")
