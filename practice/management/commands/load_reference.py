"""Loads the payer directory and the code sets, as the database owner."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from practice import reference


class Command(BaseCommand):
    help = "Loads the payer directory and the code sets from practice/data; running it again updates them."

    def handle(self, *args: Any, **options: Any) -> None:
        for file, count in reference.load_all().items():
            if options["verbosity"]:
                self.stdout.write(f"{file}: {count} rows")
