"""What import-linter cannot see: model relations, and the habits that keep money, time and states in one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

ROOMS = ["practice", "clinicians", "compliance", "clients", "scheduling", "charting", "billing", "payroll", "desk"]
ROOT = Path(settings.BASE_DIR)
SOURCES = sorted(
    path
    for room in [*ROOMS, "config", "edi", "sandbox"]
    for path in (ROOT / room).rglob("*.py")
    if "migrations" not in path.parts
)
TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


def nodes(kind: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Every node of a kind, with the file it stands in."""
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, kind):
                yield name, node


def room_of(target: Any) -> str | None:
    """The room of the model that a relation leads to; None for a model of no room."""
    is_model = isinstance(target, type) and issubclass(target, Model)
    return target._meta.app_label if is_model and target._meta.app_label in ROOMS else None


def test_no_model_relates_to_a_higher_room() -> None:
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in ROOMS:
            continue
        for field in model._meta.get_fields():
            target = room_of(getattr(field, "related_model", None))
            if target and not field.auto_created:
                assert ROOMS.index(target) <= ROOMS.index(room), f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("part", ["views", "forms", "tasks"])
def test_no_room_imports_another_rooms_pages_forms_or_tasks(part: str) -> None:
    for name, node in nodes(ast.ImportFrom):
        assert isinstance(node, ast.ImportFrom)
        module = node.module or ""
        room, _, rest = module.partition(".")
        if room in ROOMS and part in rest.split("."):
            inside = name.split("/")[0]
            assert inside in {room, "config"} or (inside == "desk" and part == "views"), f"{name} imports {module}"


def test_the_time_comes_from_the_clock_alone() -> None:
    forbidden = {("timezone", "now"), ("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("dt", "now")}
    for name, node in nodes(ast.Attribute):
        assert isinstance(node, ast.Attribute)
        owner = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
        if (owner, node.attr) in forbidden:
            assert name == "practice/clock.py", f"{name}:{node.lineno} asks {owner}.{node.attr}"
        assert node.attr not in {"auto_now", "auto_now_add", "db_default"}, f"{name}:{node.lineno}"


def test_no_column_takes_its_time_from_the_database() -> None:
    for name, node in nodes(ast.keyword):
        assert isinstance(node, ast.keyword)
        assert node.arg not in {"auto_now", "auto_now_add", "db_default"}, f"{name}:{node.value.lineno}"


def test_states_are_assigned_by_transition_alone() -> None:
    for name, node in nodes(ast.Assign):
        assert isinstance(node, ast.Assign)
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr == "status":
                assert name.startswith(("practice/states", "clinicians/", "clients/")), f"{name}:{node.lineno}"


def test_no_float_comes_near_money() -> None:
    for name, node in nodes(ast.Call):
        assert isinstance(node, ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id == "float":
            near_money = ("billing/", "payroll/", "practice/", "edi/", "scheduling/")
            assert not name.startswith(near_money) or name.startswith("practice/accounts/"), name


def test_modules_and_functions_stay_small() -> None:
    for name, tree in TREES.items():
        lines = len((ROOT / name).read_text(encoding="utf-8").splitlines())
        assert lines <= 400, f"{name} has {lines} lines"
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                assert size <= 50, f"{name}:{node.lineno} {node.name} has {size} lines"


def test_raw_queries_and_exempt_forms_do_not_exist() -> None:
    for name, node in nodes(ast.Attribute):
        assert isinstance(node, ast.Attribute)
        assert node.attr not in {"raw", "extra"} or name.startswith("practice/tenancy"), f"{name}:{node.lineno}"
    for name, node in nodes(ast.Name):
        assert isinstance(node, ast.Name)
        assert node.id not in {"csrf_exempt", "mark_safe", "RawSQL"}, f"{name}:{node.lineno}"
