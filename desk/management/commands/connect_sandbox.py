"""Connects the demo to the sandbox payer that runs beside it; at every start, since its port may have changed."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from desk.demo import sandbox, through, verified


class Command(BaseCommand):
    help = "Adds the demo's connection to the sandbox payer, or follows it to another port, and trusts its key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ready", type=Path, required=True, help="the ready.json of the sandbox payer")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demo installation.")
        try:
            doorway = _doorway(options["ready"])
            sandbox.connect(doorway)
            through.connect(doorway)
            verified.ask()
        except sandbox.UnknownKeyError as error:
            raise CommandError(str(error)) from error


def _doorway(ready: Path) -> sandbox.Doorway:
    try:
        facts = json.loads(ready.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CommandError(f"The sandbox payer does not run: {ready} is not there.") from error
    return sandbox.Doorway(int(facts["sftp_port"]), str(facts["host_key"]), int(facts["http_port"]))
