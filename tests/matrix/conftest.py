"""What the matrix needs besides the world: the shared directory and code sets."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference import fill


@pytest.fixture(autouse=True, scope="module")
def _reference(django_db_setup: None, django_db_blocker: Any) -> None:
    """Forms offer choices from the code sets. A test with real commits may have run since the last module."""
    with django_db_blocker.unblock():
        fill()
