"""Small acts from the list: done at once, told in a message, undone where that is possible."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from practice import acting
from practice.http import PracticeRequest


def act_and_return(request: PracticeRequest, act: Callable[[], str], undo: str = "") -> HttpResponse:
    """Does it and says so, or says why not; then back to the list."""
    return acting.act(request, act, list_url(request), undo)


def list_url(request: PracticeRequest, query: dict[str, str] | None = None) -> str:
    """The list, with what the query fills in."""
    filled = urlencode({name: value for name, value in (query or {}).items() if value})
    return reverse("members", args=[request.practice.slug]) + (f"?{filled}" if filled else "")


def url_of(request: PracticeRequest, name: str, pk: int) -> str:
    """The address of one thing in this practice."""
    return reverse(name, kwargs={"slug": request.practice.slug, "pk": pk})
