"""Where the desk's own pages stand in the navigation."""

from __future__ import annotations

from practice import navigation
from practice.navigation import Item


def register() -> None:
    """Called once at start-up."""
    today = Item("Today", "home", "practice_start", (), "h", "", 0, treats_clients=False, tab="Today", alone=True)
    navigation.register(today)
    navigation.register(Item("Reports", "chart-bar", "reports", ("reports:view",), "o", "Practice", 80))
