"""A practice that is set up, and people who work in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.matrix.world import World
from tests.matrix.worlds.setup import setup
from tests.people import Cast
from tests.reference import reference  # noqa: F401 - a fixture


@pytest.fixture
def people(reference: None, people: Cast) -> Cast:  # noqa: F811
    """The usual cast, with the code sets loaded before the test's transaction opens."""
    return people


@pytest.fixture
def here(people: Cast, inside: Any) -> Iterator[dict[str, Any]]:
    """Fernhollow set up, with its context open; the objects by name."""
    with inside(people.fernhollow):
        yield setup(World(people), people.fernhollow)
