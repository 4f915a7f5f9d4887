"""What the pages about claims do alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from billing.claims.errors import ClaimRefusedError
from billing.holds import selectors as holds
from billing.rejections import selectors as rejections
from practice.http import PracticeRequest


def url(request: PracticeRequest, name: str, *ids: int | str, **query: str) -> str:
    """The address of a page in this practice; empty parts of the query are left out."""
    filled = urlencode({key: value for key, value in query.items() if value})
    return reverse(name, args=[request.practice.slug, *ids]) + (f"?{filled}" if filled else "")


@dataclass(frozen=True, slots=True)
class Done:
    """What was done in words, and the address that undoes it, where something does."""

    words: str
    undo: str = ""


def act(request: PracticeRequest, change: Callable[[], str | Done], back: str) -> HttpResponse:
    """Does it and says so, with Undo where that is possible, or says why not; then back."""
    try:
        made = change()
        done = made if isinstance(made, Done) else Done(made)
        messages.success(request, done.words, extra_tags=f"undo:{done.undo}" if done.undo else "")
    except ClaimRefusedError as error:
        messages.error(request, str(error))
    return redirect(back)


def tabs(request: PracticeRequest, current: str) -> list[dict[str, Any]]:
    """The lists of claims, with what waits behind each; two queries."""
    lists = [
        ("claims", "Claims", None),
        ("rejections", "To correct", rejections.waiting(request.actor) or None),
        ("unbilled", "Unbilled", None),
        ("holds", "On hold", holds.count(request.actor) or None),
    ]
    return [
        {"label": label, "url": url(request, name), "current": name == current, "count": count}
        for name, label, count in lists
    ]


def number(request: PracticeRequest, name: str) -> int | None:
    """A key from the address; None when it is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004 - a bigint
