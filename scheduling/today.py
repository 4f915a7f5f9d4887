"""What the calendar tells Today: sessions to come of clients without coverage."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min

from practice import clock, today
from practice.today import Asker, Need, Source, counted
from scheduling.selectors.uncovered import uncovered


def register() -> None:
    """Called once at start-up."""
    today.register(Source("coverage", ("clients:edit",), coverage))


def coverage(asker: Asker) -> Iterator[Need]:
    """Sessions of the next seven days that no plan covers; one query."""
    rows = uncovered(asker.actor, asker.practice).order_by()
    found = rows.aggregate(count=Count("pk"), clients=Count("client", distinct=True), first=Min("session__starts_at"))
    if found["count"]:
        first = clock.local(asker.practice, found["first"]).date()
        clients = f"{counted(found['clients'], 'client')} {'has' if found['clients'] == 1 else 'have'}"
        title = f"{counted(found['count'], 'session')} of the next 7 days without coverage"
        why = f"{clients} no plan on file for the day, and nobody said that they pay themselves."
        yield Need(title, why, asker.url("today_coverage"), "Add coverage", found["count"], first)
