"""The directory and code sets in the test database, loaded once as the owner loads them."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="session")
def reference(django_db_setup: None, django_db_blocker: Any) -> None:
    """Payers, service codes, taxonomies, credentials, places and modifiers. Tests with real commits empty them."""
    from practice.reference import load_all

    with django_db_blocker.unblock():
        load_all()
