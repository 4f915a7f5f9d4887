"""Models as JSON: amounts as text, dates as ISO 8601, records as objects with every field."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import lru_cache

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def write(value: object) -> Json:
    """A record, or anything a record may hold, as JSON; raises TypeError for what no model holds."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: write(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, tuple | list):
        return [write(one) for one in value]
    if isinstance(value, Enum):
        return write(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no shape in JSON.")


@lru_cache(maxsize=256)
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a record, in the order they are declared."""
    return tuple(one.name for one in fields(kind))
