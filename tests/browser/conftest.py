"""One web server, one worker and one Chromium for the browser tests of a test process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test.utils import override_settings
from playwright.sync_api import sync_playwright

from practice import clock
from tests import processes
from tests.browser.site import Site
from tests.matrix import worlds  # noqa: F401 - registers the builders
from tests.matrix.world import World, make_world
from tests.people import NOW, make_cast

FLAGS = ("--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")


@pytest.fixture(scope="package")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The pages with a worker behind them. Playwright’s loop runs in this thread."""
    program = processes.chromium()
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    processes.empty_queue()
    with (
        around(DJANGO_ALLOW_ASYNC_UNSAFE="true", CASELOAD_TEST_FILES=str(tmp_path_factory.mktemp("files"))),
        processes.worker(),
        processes.Pages("tests.browser.standing") as pages,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield Site(pages.address, browser)
        browser.close()
        connections.close_all()  # those of Playwright’s loop, which are others than this thread’s and end with it


@pytest.fixture
def world(standing_clock: None) -> World:
    """The world of the permission matrix, committed, so that the pages find it."""
    return make_world(make_cast())


@pytest.fixture(scope="module")
def kept_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The same world, made once for a module whose tests only look; the tables are emptied after the last."""
    with django_db_blocker.unblock(), clock.at(NOW):
        yield make_world(make_cast())
        call_command("flush", database="owner", verbosity=0, interactive=False)


@contextmanager
def around(**surroundings: str) -> Iterator[None]:
    """The environment for the processes, and the tests' own files stored where the processes look for them."""
    where = {"location": surroundings["CASELOAD_TEST_FILES"]}
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": where}
    os.environ.update(surroundings)
    try:
        with override_settings(STORAGES=settings.STORAGES | {"files": files}):
            yield
    finally:
        for name in surroundings:
            del os.environ[name]


@pytest.fixture
def standing_clock() -> Iterator[None]:
    with clock.at(NOW):
        yield
