"""What the matrix needs besides the world: the shared directory and code sets."""

from __future__ import annotations

import pytest

from tests.reference import reference  # noqa: F401 - a fixture


@pytest.fixture(autouse=True, scope="session")
def _reference(reference: None) -> None:  # noqa: F811
    """Forms offer choices from the code sets."""
