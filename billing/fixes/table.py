"""The table of likely fixes: a code of a refusal, its likely cause, where that is corrected, and who says so."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

STC, X999, CARC, RARC, OWN = "277CA", "999", "CARC", "RARC", "check"
_FILE: Final = Path(__file__).parent / "likely_fixes.csv"
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Fix:
    """One row. `entity` narrows a 277CA code to whom it is about (STC01-3: 82 rendering, 85 billing, IL subscriber)."""

    system: str
    code: str
    entity: str
    cause: str
    place: str
    source: str


@lru_cache(maxsize=1)
def table() -> Mapping[_Key, Fix]:
    """Every row by system, code and entity."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [Fix(**row) for row in csv.DictReader(file)]
    return MappingProxyType({(row.system, row.code, row.entity): row for row in rows})


def find(system: str, code: str, entity: str = "") -> Fix | None:
    """The row of a code about this entity, else about anybody; None where the table is silent."""
    return table().get((system, code, entity)) or table().get((system, code, ""))
