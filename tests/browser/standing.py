"""The pages as gunicorn serves them, with the clock standing where the tests' data stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from config.wsgi import application as pages
from practice import clock
from tests.people import NOW


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One request on the morning of November 17, 2026."""
    with clock.at(NOW):
        return pages(environ, start_response)
