"""Says whom to sign in as."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from desk.demo.cast import PASSWORD, PERSONAS


class Command(BaseCommand):
    help = "Prints the demo's log-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"\nSign in as (password {PASSWORD}):")
        for persona in PERSONAS:
            self.stdout.write(f"  {persona.email:<28} {persona.first_name}, {persona.words}, {persona.business.name}")
