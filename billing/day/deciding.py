"""Going past a warning on the billing day: the entry that asks why."""

from __future__ import annotations

from typing import Final

from billing.day.shapes import Entry

OVERRIDE: Final = "override"


def controls(name: str) -> tuple[Entry, ...]:
    """What is asked to go past a finding (`override.deadline_near`)."""
    code = name.partition(".")[2]
    if not code:
        return ()
    return Entry("code", "", "hidden", code), Entry("reason", "Why it is fine", "words")
