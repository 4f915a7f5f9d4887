"""What tests of the calendar start from: the practice with its people, services and clients, its context open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.matrix import worlds  # noqa: F401 - registers the builders
from tests.matrix.world import World, make_world
from tests.people import Cast
from tests.scheduling.hands import ROOMS, Desk


@pytest.fixture
def world(people: Cast) -> World:
    return make_world(people, *ROOMS)


@pytest.fixture
def desk(world: World, inside: Any) -> Iterator[Desk]:
    """Fernhollow with its context open; Frank the scheduler acts unless told otherwise."""
    practice = world.people.fernhollow
    with inside(practice):
        yield Desk(world, practice, world.people.actor(world.people.frank))
