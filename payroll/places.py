"""Where payroll shows outside of its own pages: the navigation and Settings."""

from __future__ import annotations


def register() -> None:
    """Called once at start-up."""
