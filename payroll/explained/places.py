"""Where explained pay shows outside of its own pages: on claims and charges."""

from __future__ import annotations

from billing import earned
from payroll.explained.earned import of_charges


def register() -> None:
    """Called once at start-up."""
    earned.register(of_charges)
