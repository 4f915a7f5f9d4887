"""A bench with claims at a payer, inside Fernhollow's context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.billing.claim_factories import Bench, make_bench
from tests.people import Cast


@pytest.fixture
def bench(people: Cast, inside: Any) -> Iterator[Bench]:
    with inside(people.fernhollow):
        yield make_bench(people.fernhollow, people.actor(people.bob))
