"""The way back to a worklist after something was put right on another page.

A link to that page carries where it stood (`back`); the page goes there once it has saved. Only pages that were
registered by name, of the same practice, are gone back to: an address from outside is never followed.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

from practice.http import PracticeRequest

PARAMETER: Final = "back"
_LONGEST: Final = 600
_pages: Final[set[str]] = set()


def register(*names: str) -> None:
    """Lets pages be gone back to, by the names of their addresses; called once at start-up."""
    _pages.update(names)


def wanted(request: PracticeRequest) -> str:
    """Where the person came from, built anew from a registered page of this practice; empty for anything else."""
    return _checked(request.GET.get(PARAMETER, ""), request.practice.slug)


def onward(request: PracticeRequest, otherwise: str) -> str:
    """Where to go after saving: back to where the person came from, else as the page says."""
    return wanted(request) or otherwise


def carrying(request: HttpRequest, address: str) -> str:
    """An address with the page that is shown now as the way back; its own parts stay."""
    here = urlsplit(request.get_full_path())
    query = [(name, value) for name, value in parse_qsl(here.query) if name != PARAMETER]
    back = f"{here.path}?{urlencode(query)}" if query else here.path
    path, mark, field = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{urlencode({PARAMETER: back})}{mark}{field}"


def _checked(text: str, slug: str) -> str:
    if not text.startswith("/") or len(text) > _LONGEST:
        return ""
    try:
        parts = urlsplit(text)
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        return ""
    if parts.scheme or parts.netloc or found.view_name not in _pages or found.kwargs.get("slug") != slug:
        return ""
    query = urlencode(parse_qsl(parts.query))
    return reverse(found.view_name, kwargs=found.kwargs) + (f"?{query}" if query else "")
