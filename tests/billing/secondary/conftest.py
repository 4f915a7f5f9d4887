"""A bench whose clients have a second payer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.billing.secondary.hands import Pair, make_pair
from tests.people import Cast


@pytest.fixture
def pair(people: Cast, inside: Any) -> Iterator[Pair]:
    with inside(people.fernhollow):
        yield make_pair(people.fernhollow, people.actor(people.bob), people.actor(people.alice))
