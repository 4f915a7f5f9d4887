"""The whole way, part by part. A new part of the way is a function that adds to the report."""

from __future__ import annotations

from desk.rehearsal import building, one_click, people, weeks
from desk.rehearsal.stages import Report
from practice import clock


def rehearse() -> Report:
    """Builds the practice, lives its weeks, bills them, and returns what must agree."""
    report = Report()
    staff = _found()
    with weeks.at(staff.owner, weeks.MORNING):
        made = building.build(staff)
        weeks.book_all(made)
    weeks.live(made)
    one_click.bill(made, report)
    return report


def _found() -> people.Staff:
    with clock.at(weeks.MORNING):
        return people.found()
