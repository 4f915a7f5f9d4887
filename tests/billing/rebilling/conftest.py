"""A bench whose clients have a second plan, which is asked instead of the first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from billing.models import Connection
from tests.billing.secondary.hands import Pair, make_pair
from tests.people import Cast


@pytest.fixture
def pair(people: Cast, inside: Any) -> Iterator[Pair]:
    with inside(people.fernhollow):
        made = make_pair(people.fernhollow, people.actor(people.bob), people.actor(people.alice))
        Connection.objects.update(is_default=True, is_active=True)
        yield made
