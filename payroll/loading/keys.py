"""Thousands of keys in a condition, as one array: an IN list is written, read and planned key by key."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, Value


def among(name: str, keys: Collection[int]) -> Func:
    """The condition that a column (`pk`, `charge_id`) is one of the keys."""
    array = Value(list(keys), output_field=ArrayField(BigIntegerField()))
    return Func(F(name), array, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())
