"""Goes the whole way with a scratch practice, and fails when two figures that must agree differ by a cent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from desk.rehearsal.one_click import RehearsalError
from desk.rehearsal.stages import Report, disagreements, table
from desk.rehearsal.whole import rehearse


class Command(BaseCommand):
    help = "Builds a scratch practice, bills it with the worker that runs, and compares every figure."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CLOCK_MAY_STAND:
            raise CommandError("A rehearsal sets the clock. It is refused where people work.")
        try:
            report = rehearse()
        except RehearsalError as error:
            raise CommandError(str(error)) from error
        self._tell(report)

    def _tell(self, report: Report) -> None:
        self.stdout.write(f"\n{table(report.stages)}\n")
        wrong = disagreements(report.agreements)
        if wrong:
            raise CommandError("\n".join(["These figures must agree and do not:", *(f"  {one}" for one in wrong)]))
        self.stdout.write(f"All {len(report.agreements)} agreements hold to the cent.")
