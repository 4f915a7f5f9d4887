"""The practice's wall clock inside a query, for pages of many rows: PostgreSQL turns the instants into local times."""

from __future__ import annotations

from django.db.models import CharField, DateTimeField, F, Func, Value

from practice.clock import HasTimeZone, zone


class WallClock(Func):
    """The local time of an instant, naive: `values("id", start=WallClock("starts_at", practice))`.

    An aware instant takes Python several times as long to read; what compares instants compares them in the query.
    """

    template = "(%(expressions)s)"
    arg_joiner = " AT TIME ZONE "
    arity = 2

    def __init__(self, instant: str, practice: HasTimeZone) -> None:
        where = Value(zone(practice).key, output_field=CharField())
        super().__init__(F(instant), where, output_field=DateTimeField())
