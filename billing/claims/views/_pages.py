"""What the pages about claims do alike."""

from __future__ import annotations

from typing import Any

from billing.holds import selectors as holds
from billing.rejections import selectors as rejections
from practice.acting import url
from practice.http import PracticeRequest


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
