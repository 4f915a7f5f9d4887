"""Makes the demo installation, once; later starts leave it as it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from desk.demo import people


class Command(BaseCommand):
    help = "Makes the demo's practices and people. Refused where people work; does nothing the second time."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demo installation.")
        if not people.is_there():
            people.make()
