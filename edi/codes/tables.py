"""The CSV files of this package, read once into rows by code."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

Row = TypeVar("Row")

FOLDER = Path(__file__).parent


def load(name: str, make: Callable[[Mapping[str, str]], Row]) -> Mapping[str, Row]:
    """Every row of `<name>.csv` made by `make`, by its code, read-only and in the file's order."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["code"]: make(row) for row in csv.DictReader(file)})
