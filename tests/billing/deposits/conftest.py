"""A bench with sent claims, inside Fernhollow's context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.billing.claim_factories import Bench, make_bench
from tests.billing.remittances.rooms import Room
from tests.people import Cast, signed_in


@pytest.fixture
def bench(people: Cast, inside: Any) -> Iterator[Bench]:
    with inside(people.fernhollow):
        yield make_bench(people.fernhollow, people.actor(people.bob))


@pytest.fixture
def room(people: Cast, inside: Any) -> Room:
    """The bench with Bob at a browser."""
    with inside(people.fernhollow):
        made = make_bench(people.fernhollow, people.actor(people.bob))
    return Room(made, signed_in(people.bob), inside)
