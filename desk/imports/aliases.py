"""What columns are called elsewhere: names of known exports by position, and names that mean the same everywhere."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parent / "data"


def normal(header: str) -> str:
    """A header as it is compared: lower case, only letters, digits, # and %."""
    return re.sub(r"[^a-z0-9#%]", "", header.lower())


@cache
def book() -> dict[str, Any]:
    """The whole of `data/header_aliases.json`."""
    found: dict[str, Any] = json.loads((DATA / "header_aliases.json").read_text(encoding="utf-8"))
    return found


def _known() -> frozenset[str]:
    names = {name for entity in book()["generic_normalized"].values() for name in entity}
    names |= {normal(column["header"]) for layout in book()["files"].values() for column in layout["columns"]}
    names |= {normal(column) for columns in book()["template_fields"].values() for column in columns}
    return frozenset(names - {""})


KNOWN_HEADERS: Final = _known()
