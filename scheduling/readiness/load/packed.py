"""Child rows packed into their parent's query as JSON, so that they cost no query of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Model, OuterRef
from django.db.models.functions import Cast, JSONObject

Packed = Mapping[str, Any]


def packed(model: type[Model], parent: str, *order: str, outer: str = "pk", **columns: str | Cast) -> ArraySubquery:
    """The children of each outer row: a list of objects with these columns."""
    rows = model._default_manager.filter(**{parent: OuterRef(outer)}).order_by(*order, "pk")
    return ArraySubquery(rows.values(packed=JSONObject(**columns)))


def as_text(column: str) -> Cast:
    """An amount, which JSON would turn into a float."""
    return Cast(column, CharField())


def day(value: str | None) -> dt.date | None:
    """A date out of JSON."""
    return dt.date.fromisoformat(value) if value else None


def first_day(value: str) -> dt.date:
    """A date out of JSON that is always there."""
    return dt.date.fromisoformat(value)
