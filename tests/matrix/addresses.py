"""Every address the installation answers, read from Django's resolver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One URL pattern: its route, its name and its view."""

    route: str
    name: str
    view: Any

    @property
    def is_tenant(self) -> bool:
        """Whether it lies inside a practice."""
        return self.route.startswith(("p/<slug:slug>/", "api/v1/p/<slug:slug>/"))


def addresses() -> list[Address]:
    """All of them, with names qualified by their namespaces."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], prefix: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, route, inner)
        elif isinstance(pattern, URLPattern):
            yield Address(route, f"{namespace}{pattern.name}", pattern.callback)
