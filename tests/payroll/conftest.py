"""A desk that pays, inside Fernhollow's context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from practice.models import PracticePayer
from tests.payroll.desk import Desk
from tests.people import Cast


@pytest.fixture
def desk(people: Cast, inside: Any) -> Iterator[Desk]:
    with inside(people.fernhollow):
        payer = PracticePayer.objects.create(name="Keystone Mutual", payer_id="KEY01")
        yield Desk(people.fernhollow, people.actor(people.alice), payer)
