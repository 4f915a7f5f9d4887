"""Makes the demo installation, once; a start that was cut short goes on where it stopped."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from desk.demo import history
from desk.demo.script import WHOLE


class Command(BaseCommand):
    help = "Makes the demo's practices and lives their weeks. Refused where people work; nothing the second time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--payer",
            type=Path,
            help="the folder of the sandbox payer that runs afterwards, beside a worker: it knows then what was paid, "
            "and the last billing is left to the worker; without it, the payer of the past is forgotten",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demo installation.")
        if history.is_finished(WHOLE):
            return
        if options["payer"]:
            history.make(WHOLE, options["payer"], self._tell, worker_follows=True)
            return
        with tempfile.TemporaryDirectory() as folder:
            history.make(WHOLE, Path(folder), self._tell)

    def _tell(self, week: str) -> None:
        self.stdout.write(f"{week} … ", ending="")
        self.stdout.flush()
