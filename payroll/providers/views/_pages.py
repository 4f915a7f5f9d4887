"""What the pages of payroll providers do alike."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from payroll.providers.known import Provider, of_target
from practice.http import PracticeRequest

MISSING: Final = "missing"


def url(request: PracticeRequest, name: str, *ids: int | str, fragment: str = "", **query: str | int) -> str:
    """The address of a page in this practice; empty parts of the query are left out."""
    filled = urlencode({key: value for key, value in query.items() if value})
    address = reverse(name, args=[request.practice.slug, *ids])
    return address + (f"?{filled}" if filled else "") + (f"#{fragment}" if fragment else "")


def provider_or_404(target: str) -> Provider:
    """The provider that takes a file, by the name of any of its files."""
    found = of_target(target)
    if found is None:
        raise Http404
    return found
