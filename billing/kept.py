"""What one click changed: kept in the session under a random id, so that Undo finds it again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any, Final

from practice.http import PracticeRequest

KEPT: Final = "done_together"
_MOST: Final = 20
GONE: Final = "This can no longer be undone here. Take it back on the pages of what it was about."


def keep(request: PracticeRequest, kind: str, facts: dict[str, Any]) -> str:
    """Keeps what a click changed, as keys and plain values; the id that finds it again."""
    found: dict[str, list[Any]] = request.session.get(KEPT, {})
    key = secrets.token_urlsafe(6)
    request.session[KEPT] = dict([*found.items(), (key, [kind, request.practice.pk, facts])][-_MOST:])
    return key


def keep_ids(request: PracticeRequest, kind: str, ids: Iterable[int]) -> str:
    """Keeps which rows a click changed."""
    return keep(request, kind, {"ids": sorted(ids)})


def kept(request: PracticeRequest, kind: str) -> dict[str, Any]:
    """What the click in the address (`of`) changed; nothing of another session, practice or kind of click."""
    found: dict[str, list[Any]] = request.session.get(KEPT, {})
    of_kind, practice_id, facts = found.get(request.GET.get("of", ""), ["", 0, {}])
    return dict(facts) if (of_kind, practice_id) == (kind, request.practice.pk) else {}


def kept_ids(request: PracticeRequest, kind: str) -> list[int]:
    """The rows of the click in the address."""
    return [int(pk) for pk in kept(request, kind).get("ids", [])]
