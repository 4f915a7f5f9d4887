"""Takes the figures that the design asks for, and prints each beside what it has to hold."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from desk.bench import (
    figures,
    imports,  # noqa: F401 - registers its figures
    loop,  # noqa: F401 - registers its figures
    neighbors,  # noqa: F401 - registers its figure
    pages,  # noqa: F401 - registers its figures, after the click and before what takes longer
    pay,  # noqa: F401 - registers its figure
    peers,  # noqa: F401 - registers its figures
    places,
    sessions,
)
from practice import clock


class Command(BaseCommand):
    help = "Makes the bench's data once and prints the figures. Figures that do not hold are marked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=0, help="where the pages answer")
        parser.add_argument("--clinicians", type=int, default=100)
        parser.add_argument("--kept", type=Path, required=True, help="the file that says what was made")
        parser.add_argument("--only", default="", help="the figures whose name holds this")
        parser.add_argument("--make", action="store_true", help="only make the data")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The bench fills a database of its own. It is refused where people work.")
        bench = places.read(options["kept"], options["clinicians"])
        if bench is None:
            started = clock.now()
            bench = sessions.make(options["clinicians"])
            places.write(options["kept"], bench)
            self.stdout.write(f"  Data made in {(clock.now() - started).total_seconds():.0f} s.")
        if not options["make"]:
            self._take(bench, options["port"], options["only"])

    def _take(self, bench: places.Bench, port: int, only: str) -> None:
        self.stdout.write(f"\n{bench.clinicians} clinicians, {bench.sessions:,} sessions.\n")
        for figure in figures.REGISTRY:
            if only in figure.name:
                taken = figure.take(bench, port)
                mark = "holds" if taken.holds else "DOES NOT HOLD"
                self.stdout.write(f"{figure.name}\n    {taken.words}   (hold: {figure.hold}) {mark}")
