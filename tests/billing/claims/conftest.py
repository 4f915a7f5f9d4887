"""What tests of claims start from: a practice that can bill, with a connection through which claims leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from practice.models import PracticeSettings
from tests.billing.claims.hands import Post, connect
from tests.billing.claims.office import Office
from tests.people import Cast
from tests.scheduling.readiness import made


@pytest.fixture
def post(people: Cast, inside: Any) -> Iterator[Post]:
    with inside(people.fernhollow):
        facts = made.practice()
        PracticeSettings.objects.update(
            npi="1245319599", phone="215-555-0142", contact_name="Bob Castellano", taxonomy="261QM0801X"
        )
        yield Post(people, facts, connection=connect())


@pytest.fixture
def office(people: Cast, inside: Any) -> Office:
    return Office(people, inside)
