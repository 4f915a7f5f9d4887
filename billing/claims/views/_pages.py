"""What the pages about claims do alike."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from billing.claims.errors import ClaimRefusedError
from practice.http import PracticeRequest


def url(request: PracticeRequest, name: str, *ids: int, **query: str) -> str:
    """The address of a page in this practice; empty parts of the query are left out."""
    filled = urlencode({key: value for key, value in query.items() if value})
    return reverse(name, args=[request.practice.slug, *ids]) + (f"?{filled}" if filled else "")


def act(request: PracticeRequest, change: Callable[[], str], back: str, undo: str = "") -> HttpResponse:
    """Does it and says so, with Undo where that is possible, or says why not; then back."""
    try:
        messages.success(request, change(), extra_tags=f"undo:{undo}" if undo else "")
    except ClaimRefusedError as error:
        messages.error(request, str(error))
    return redirect(back)


def number(request: PracticeRequest, name: str) -> int | None:
    """A key from the address; None when it is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004 - a bigint
