"""A practice with an approved run, seen from outside of its context."""

from __future__ import annotations

from typing import Any

import pytest

from practice.models import PracticePayer
from tests.payroll.desk import Desk
from tests.payroll.pages.providers.room import Room, approved
from tests.people import Cast


@pytest.fixture
def room(people: Cast, inside: Any) -> Room:
    with inside(people.fernhollow):
        payer = PracticePayer.objects.create(name="Keystone Mutual", payer_id="KEY01")
        desk = Desk(people.fernhollow, people.actor(people.alice), payer)
        run, who = approved(desk)
    return Room(desk, people, inside, run, who)
