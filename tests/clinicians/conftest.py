"""What the tests of the team need."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

import pytest

from clinicians import services
from clinicians.models import Clinician
from practice.actors import Actor
from practice.models import PracticePayer
from practice.npi import npi_is_valid


class Hire(Protocol):
    """Puts somebody on Fernhollow's team."""

    def __call__(self, name: str, **values: Any) -> Clinician: ...


def npi(number: int) -> str:
    """A valid NPI, another for each number."""
    stem = f"1{number:08d}"
    return next(stem + last for last in "0123456789" if npi_is_valid(stem + last))


@pytest.fixture
def hire(at_fernhollow: None, alice: Actor) -> Hire:
    def act(name: str, **values: Any) -> Clinician:
        first, last = name.split(" ")
        facts: dict[str, Any] = {
            "level": "independent",
            "starts_on": dt.date(2025, 1, 6),
            "engagement": "w2_nonexempt",
        } | values
        return services.add_clinician(actor=alice, first_name=first, last_name=last, **facts)

    return act


@pytest.fixture
def payer(at_fernhollow: None) -> PracticePayer:
    return PracticePayer.objects.create(name="Keystone Mutual")
