"""What small changes have in common: done at once, told in a message with Undo, and back to where one was."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from practice.http import PracticeRequest


def url_of(request: PracticeRequest, name: str, **ids: object) -> str:
    """The address of something in this practice."""
    return reverse(name, kwargs={"slug": request.practice.slug, **ids})


def undo_url(request: PracticeRequest, session_id: int, undo_id: uuid.UUID) -> str:
    """The address that takes a change of a session back."""
    return url_of(request, "undo_session_change", pk=session_id, undo=undo_id)


def back_url(request: PracticeRequest, otherwise: str) -> str:
    """The page of this installation that the person came from."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return otherwise
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
