"""Keeps documents from reaching anything: no address, no file, no attachment."""

from __future__ import annotations

from typing import Any, NoReturn

from weasyprint.urls import URLFetcher


class NothingMayBeFetchedError(ValueError):
    """A document asked for something outside itself."""


class RefusingFetcher(URLFetcher):  # type: ignore[misc]
    """Refuses every address, whatever its scheme, before anything is opened."""

    def fetch(self, url: str, headers: Any = None) -> NoReturn:
        """Always NothingMayBeFetchedError; WeasyPrint then leaves the thing out."""
        raise NothingMayBeFetchedError("A document holds everything it shows.")

    def open(self, *args: Any, **options: Any) -> NoReturn:
        """Always NothingMayBeFetchedError, also for openers that go past `fetch`."""
        raise NothingMayBeFetchedError("A document holds everything it shows.")
