"""Accounts whose addresses are proved, and limits that start anew for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from practice.accounts.people import prove_address
from practice.models import User
from tests.people import Cast, make_cast


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def proved(people: Cast) -> Cast:
    """The people, each with a proved address, so that they can go through the sign-in page."""
    return _prove(people)


@pytest.fixture
def stage(standing_clock: None, transactional_db: None) -> Cast:
    """The same on real commits: for what follows a commit."""
    return _prove(make_cast())


def _prove(people: Cast) -> Cast:
    for user in User.objects.all():
        prove_address(user)
    return people
