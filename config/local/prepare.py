"""Runs the preparations of config.local.steps in one process, since starting Django is what takes the time."""

from __future__ import annotations

import os
import sys

import django
from django.core.management import call_command

from config.local import steps
from config.local.shell import step


def main(arguments: list[str]) -> None:
    """With `closing`, what is said last; otherwise the preparations, each with its time.

    With `connected` those that need the sandbox payer, without it the others.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    if arguments == ["closing"]:
        for command in steps.CLOSING_WORDS:
            call_command(*command)
        return
    meets_payer = arguments == ["connected"]
    for preparation in [one for one in steps.PREPARATIONS if one.meets_payer == meets_payer]:
        with step(preparation.label):
            call_command(*preparation.command)


if __name__ == "__main__":
    main(sys.argv[1:])
