"""A request as the pages see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox.doors.counter import Counter


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: query, headers (names in lower case) and body; `base` is how the asker reaches this server."""

    counter: Counter
    base: str
    asked: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    login: str = ""

    @property
    def x12(self) -> bytes | None:
        """The X12 in a JSON body; None when there is none."""
        try:
            told = json.loads(self.body)
        except ValueError:
            return None
        held = told.get("x12") if isinstance(told, dict) else None
        return held.encode("utf-8", "surrogatepass") if isinstance(held, str) and held else None
