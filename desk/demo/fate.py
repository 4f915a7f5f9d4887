"""What chance decides, from one seed: the same question always has the same answer, in whatever order it is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, TypeVar

SEED: Final = "fernhollow-2026"
_Thing = TypeVar("_Thing")


def draw(*question: object, below: int = 1000) -> int:
    """A whole number from 0 up to `below`."""
    said = "|".join(str(part) for part in (SEED, *question))
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:8]) % below


def happens(per_mille: int, *question: object) -> bool:
    """Whether something comes to pass that does so many times in a thousand."""
    return draw(*question) < per_mille


def choose(things: Sequence[_Thing], *question: object) -> _Thing:
    """One of them."""
    return things[draw(*question, below=len(things))]
