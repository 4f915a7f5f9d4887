"""What tests of attesting start from: a practice that can bill, its context open, and who bills."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.billing.day.hands import Desk
from tests.people import Cast
from tests.scheduling.readiness import made


@pytest.fixture
def desk(people: Cast, inside: Any) -> Iterator[Desk]:
    with inside(people.fernhollow):
        yield Desk(people, made.practice())
