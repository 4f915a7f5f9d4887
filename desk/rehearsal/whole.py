"""The whole way, part by part. A new part of the way is a function that adds to the report."""

from __future__ import annotations

from desk.rehearsal import building, loop, one_click, pay, payer, people, weeks
from desk.rehearsal.payer import Doorway
from desk.rehearsal.stages import Report
from practice import clock


def rehearse(doorway: Doorway) -> Report:
    """Builds the practice, lives its weeks, bills them, is paid, pays its people, and returns what must agree."""
    report = Report()
    with report.part("Practice built and calendar booked"):
        staff = _found()
        with weeks.at(staff.owner, weeks.MORNING):
            made = building.build(staff)
            weeks.book_all(made)
    with report.part("Weeks lived"):
        weeks.live(made)
    with report.part("Sandbox payer connected"):
        payer.connect(made, doorway)
    with report.part("One click billed"):
        one_click.bill(made, report)
    loop.go(made, report)
    pay.go(made, report)
    return report


def _found() -> people.Staff:
    with clock.at(weeks.MORNING):
        return people.found()
