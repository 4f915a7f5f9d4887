"""Every page a finding leads to exists; a name nobody knows fails at once and is not dropped."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from scheduling.readiness import Action, addresses, pages

ROOMS = ("scheduling", "charting", "billing", "payroll", "clinicians", "clients", "compliance")
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", sorted(addresses.OF_PRACTICE))
def test_pages_of_the_practice_exist(name: str) -> None:
    assert reverse(name, args=["fernhollow"])


@pytest.mark.parametrize("name", sorted(addresses.OF_OBJECT))
def test_pages_of_an_object_exist(name: str) -> None:
    assert reverse(name, args=["fernhollow", 7])


def test_an_unknown_page_fails_where_it_is_named() -> None:
    with pytest.raises(LookupError, match="no page called «setup»"):
        Action("Complete the set-up", url_name="setup")


def test_without_a_page_the_set_up_opens() -> None:
    assert pages.to_setup("Complete the set-up").url_name == "settings"


def test_every_name_written_beside_an_action_is_known() -> None:
    found = set(names())
    assert found <= addresses.KNOWN, f"no such pages: {sorted(found - addresses.KNOWN)}"


def names() -> Iterator[str]:
    """The names given as text to actions anywhere in the rooms."""
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Action":
                    yield from _texts(node)


def _texts(call: ast.Call) -> Iterator[str]:
    for given in call.keywords:
        if given.arg == "url_name" and isinstance(given.value, ast.Constant):
            yield str(given.value.value)
