"""Fixtures of the whole suite: the test database as app_web, and a clock, practices and people to work with."""

from __future__ import annotations

import gc
import os
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import hypothesis
import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test.utils import setup_databases, teardown_databases

from practice.actors import Actor
from tests.people import NOW, Cast, make_cast

PATIENCE: Final = 5  # seconds


def pytest_configure(config: pytest.Config) -> None:
    """Starts the embedded services once, in the process that hands out the tests.

    The quick tests draw the same examples every time; the long ones draw new ones.
    """
    hypothesis.settings.register_profile("quick", derandomize=True, database=None)
    if config.option.markexpr == "not long":
        hypothesis.settings.load_profile("quick")
    if not hasattr(config, "workerinput"):
        os.environ.setdefault("CASELOAD_PROFILE", "test")
        from config.local import services

        services.ensure()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[None]:
    """Builds the owner's test database, whatever was selected: the stock fixture would use the real one."""
    parts = ["test", connections["owner"].settings_dict["NAME"], os.environ.get("CASELOAD_TEST_DB", "")]
    parts.append(getattr(request.config, "workerinput", {}).get("workerid", ""))
    connections["owner"].settings_dict["TEST"]["NAME"] = "_".join(filter(None, parts))
    for alias in settings.DATABASES:
        connections[alias].close()
    with django_db_blocker.unblock():
        aliases = dict.fromkeys(settings.DATABASES)
        made = setup_databases(verbosity=0, interactive=False, aliases=aliases, serialized_aliases=[])
    yield
    with django_db_blocker.unblock():
        wait_for_others()
        for alias in settings.DATABASES:
            connections[alias].close()
        teardown_databases(made, verbosity=0)


def wait_for_others() -> None:
    """Until the processes and threads of the last tests have let go of the database, which else cannot be dropped.

    Who still holds it when patience is over is named in a warning.
    """
    others = """SELECT usename, state, backend_start, left(query, 200) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()"""
    connections["default"].close()
    until = time.monotonic() + PATIENCE
    while True:
        gc.collect()
        with connections["owner"].cursor() as cursor:
            cursor.execute(others)
            found = cursor.fetchall()
        if not found or time.monotonic() > until:
            break
        time.sleep(0.1)
    if found:
        warnings.warn(f"The test database is still in use by {found}.", stacklevel=1)


@pytest.fixture
def standing_clock() -> Iterator[None]:
    from practice import clock

    with clock.at(NOW):
        yield


@pytest.fixture
def people(db: None, standing_clock: None) -> Cast:
    """Two practices and an MSO with their people; the clock stands on a Tuesday morning."""
    return make_cast()


@pytest.fixture
def inside(people: Cast) -> Any:
    """Opens a practice's context: `with inside(people.fernhollow): …`, phi and rates open by default."""
    from practice.tenancy.context import practice_context

    @contextmanager
    def open_practice(practice: Any, *, phi: bool = True, rates: bool = True) -> Iterator[None]:
        with transaction.atomic(), practice_context(practice.pk, phi=phi, rates=rates):
            yield

    return open_practice


@pytest.fixture
def alice(people: Cast) -> Actor:
    """The owner, acting at Fernhollow."""
    return people.actor(people.alice)


@pytest.fixture
def at_fernhollow(people: Cast) -> Iterator[None]:
    """Fernhollow's context, open for the whole test."""
    from practice.tenancy.context import practice_context

    with practice_context(people.fernhollow.pk, phi=True):
        yield
