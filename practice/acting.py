"""What a press of a button does on every page: the change, what is said of it with Undo, and back; and addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from practice.http import PracticeRequest
from practice.refusals import RefusedError
from practice.states import InvalidTransitionError


class Done(NamedTuple):
    """What was done in words, and the address that undoes it, where something does."""

    words: str
    undo: str = ""


def act(
    request: PracticeRequest, change: Callable[[], str | Done | tuple[str, str]], back: str, undo: str = ""
) -> HttpResponse:
    """Does it and says so, with Undo where that is possible, or says why not; then back.

    The change gives the words, and the address that undoes it where it alone knows that; without words nothing is said.
    """
    try:
        made = change()
    except (RefusedError, InvalidTransitionError) as error:
        messages.error(request, str(error))
    else:
        say(request, *((made, undo) if isinstance(made, str) else made))
    return redirect(back)


def say(request: PracticeRequest, words: str, undo: str = "") -> None:
    """Says what was done on the next page, with a button that takes it back."""
    if words:
        messages.success(request, words, extra_tags=f"undo:{undo}" if undo else "")


def url(request: PracticeRequest, name: str, *ids: object, fragment: str = "", **query: object) -> str:
    """The address of a page in this practice; empty parts of the query are left out."""
    filled = urlencode({key: value for key, value in query.items() if value})
    address = reverse(name, args=[request.practice.slug, *ids])
    return address + (f"?{filled}" if filled else "") + (f"#{fragment}" if fragment else "")
