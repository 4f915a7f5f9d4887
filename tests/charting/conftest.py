"""The scene, inside Fernhollow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.charting.scene import Scene, make_scene
from tests.people import Cast


@pytest.fixture
def scene(people: Cast, inside: Any) -> Iterator[Scene]:
    with inside(people.fernhollow):
        yield make_scene(people)
