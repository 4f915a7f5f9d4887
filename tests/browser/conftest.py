"""One web server, one worker and one Chromium for the browser tests of a test process."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright

from practice import clock
from tests import processes
from tests.browser.site import Site
from tests.people import NOW

FLAGS = ("--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")


@pytest.fixture(scope="package")
def site(django_db_setup: None) -> Iterator[Site]:
    """The pages with a worker behind them. Playwright’s loop runs in this thread."""
    program = processes.chromium()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    processes.empty_queue()
    try:
        with processes.worker(), processes.Pages("tests.browser.standing") as pages, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=flags)
            yield Site(pages.address, browser)
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def standing_clock() -> Iterator[None]:
    with clock.at(NOW):
        yield
