"""What was built on a license or on terms of work, so that it cannot be taken away. Higher rooms register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from clinicians.models import Engagement, License
from practice.models import Practice

Foundation = License | Engagement
Asker = Callable[[Foundation, Practice], str]
_askers: Final[list[Asker]] = []


def register(asker: Asker) -> Asker:
    """Adds a function that says in a sentence what was built on a row, or nothing; called at start-up."""
    if asker not in _askers:
        _askers.append(asker)
    return asker


def built_on(row: Foundation, practice: Practice) -> str:
    """What the registered rooms say was built on it; empty where nothing was."""
    return " ".join(filter(None, (asker(row, practice) for asker in _askers)))
