"""Goes the whole way with a scratch practice, and fails when two figures that must agree differ by a cent."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from desk.rehearsal.payer import Doorway
from desk.rehearsal.stages import Report, disagreements, table, times
from desk.rehearsal.waiting import RehearsalError
from desk.rehearsal.whole import rehearse


class Command(BaseCommand):
    help = "Builds a scratch practice, bills it with the worker and the sandbox payer that run, compares every figure."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ready", type=Path, required=True, help="the ready.json of the sandbox payer")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CLOCK_MAY_STAND:
            raise CommandError("A rehearsal sets the clock. It is refused where people work.")
        try:
            report = rehearse(_doorway(options["ready"]))
        except RehearsalError as error:
            raise CommandError(str(error)) from error
        self._tell(report)

    def _tell(self, report: Report) -> None:
        self.stdout.write(f"\n{table(report.stages)}\n\n{times(report.parts)}\n")
        wrong = disagreements(report.agreements)
        if wrong:
            raise CommandError("\n".join(["These figures must agree and do not:", *(f"  {one}" for one in wrong)]))
        self.stdout.write(f"All {len(report.agreements)} agreements hold to the cent.")


def _doorway(ready: Path) -> Doorway:
    try:
        facts = json.loads(ready.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CommandError(f"The sandbox payer does not run: {ready} is not there.") from error
    return Doorway(int(facts["sftp_port"]), str(facts["host_key"]))
