"""The directory and code sets in the test database, loaded as the owner loads them."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="session")
def reference(django_db_setup: None, django_db_blocker: Any) -> None:
    """Payers, service codes, taxonomies, credentials, places and modifiers.

    Tests with real commits empty them; those that may run after such a test fill them again.
    """
    with django_db_blocker.unblock():
        fill()


def fill() -> None:
    """Loads them where they are not there."""
    from practice.models import PayerDirectoryEntry
    from practice.reference import load_all

    if not PayerDirectoryEntry.objects.using("owner").exists():
        load_all()
