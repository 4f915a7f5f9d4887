"""Spans that must not overlap: the constraint PostgreSQL keeps, and the question a service asks before it."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db.models import Func, Q, QuerySet

_Rows = TypeVar("_Rows", bound=QuerySet[Any])


class _DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class _TimeRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class NoOverlap(ExclusionConstraint):
    """An exclusion constraint that leaves asking beforehand to the service, which says it in words."""

    def validate(self, *args: Any, **options: Any) -> None:
        """Nothing: the condition may name columns that a form does not have."""


def no_overlap(name: str, *same: str, condition: Q | None = None) -> NoOverlap:
    """Two rows with the same values in `same` never share a day, both ends included; no end is for ever.

    With a condition, only rows that meet it are held against each other.
    """
    days = _DateRange("starts_on", "ends_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True))
    columns = [(column, RangeOperators.EQUAL) for column in ("practice", *same)]
    return NoOverlap(name=name, expressions=[*columns, (days, RangeOperators.OVERLAPS)], condition=condition)


def no_double_booking(name: str, *same: str, condition: Q) -> NoOverlap:
    """Two rows with the same values in `same` never share a moment while the condition holds."""
    span = _TimeRange("starts_at", "ends_at", RangeBoundary())
    columns = [(column, RangeOperators.EQUAL) for column in ("practice", *same)]
    return NoOverlap(name=name, expressions=[*columns, (span, RangeOperators.OVERLAPS)], condition=condition)


def sharing_a_day(rows: _Rows, starts_on: dt.date, ends_on: dt.date | None) -> _Rows:
    """The rows whose days touch the span."""
    found = rows.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    return found if ends_on is None else found.filter(starts_on__lte=ends_on)
