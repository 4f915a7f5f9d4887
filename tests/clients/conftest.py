"""What the tests about clients need: a clinician, a payer, and a way to put somebody on file."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

import pytest

from clients import services
from clients.models import Client
from clinicians.models import Clinician
from practice.actors import Actor
from practice.models import PracticePayer
from tests.icd10 import icd10
from tests.people import Cast

__all__ = ["icd10"]


class File(Protocol):
    """Puts somebody on file at Fernhollow."""

    def __call__(self, name: str = "Maya Torres", **values: Any) -> Client: ...


@pytest.fixture
def charlie(people: Cast, at_fernhollow: None) -> Clinician:
    return Clinician.objects.create(user=people.charlie, first_name="Charlie", last_name="Nguyen", credentials="LPC")


@pytest.fixture
def payer(at_fernhollow: None) -> PracticePayer:
    return PracticePayer.objects.create(name="Keystone Mutual")


@pytest.fixture
def file(at_fernhollow: None, alice: Actor) -> File:
    def act(name: str = "Maya Torres", **values: Any) -> Client:
        first, last = name.split(" ", 1)
        facts: dict[str, Any] = {"date_of_birth": dt.date(1990, 4, 2), "since": dt.date(2026, 1, 5)} | values
        return services.add_client(actor=alice, first_name=first, last_name=last, **facts)

    return act
