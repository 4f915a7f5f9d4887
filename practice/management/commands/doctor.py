"""Says what this machine and installation lack, and the one line that puts each right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from celery import Celery
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connections
from kombu.exceptions import OperationalError

from practice.management import machine

START = "make run (or python -m config.local.services start)"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what it is for, whether it is there, and what to do when it is not."""

    name: str
    is_well: bool
    said: str
    needed: bool = True


class Command(BaseCommand):
    """Looks at everything, also when there is no database; fails when something needed is missing."""

    help = "Says what is missing on this machine and the one line that installs it."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Prints a line for each finding."""
        found = list(findings())
        for finding in found:
            style = self.style.SUCCESS if finding.is_well else self.style.ERROR
            self.stdout.write(f"{style('ok     ' if finding.is_well else 'missing')}  {finding.name}: {finding.said}")
        lacking = [finding.name for finding in found if finding.needed and not finding.is_well]
        if lacking:
            raise CommandError(f"Missing: {', '.join(lacking)}.")


def findings() -> Iterator[Finding]:
    """All that Caseload needs from outside its own packages."""
    yield _pdf()
    yield _browser()
    yield _node_modules()
    for alias in settings.DATABASES:
        yield _database(alias)
    yield _broker()


def _pdf() -> Finding:
    well = machine.has_pdf_libraries()
    line = machine.install_line(list(machine.PDF_PACKAGES))
    return Finding("PDF documents", well, "pango is here" if well else line, needed=False)


def _browser() -> Finding:
    path = machine.browser()
    line = machine.install_line(list(machine.BROWSER_PACKAGES))
    return Finding("Browser tests", path is not None, path or line, needed=False)


def _node_modules() -> Finding:
    well = (settings.NODE_MODULES / "@tabler").is_dir() or settings.STATIC_ROOT.is_dir()
    return Finding("Browser packages", well, "installed" if well else "npm ci --ignore-scripts")


def _database(alias: str) -> Finding:
    name = f"Database ({alias})"
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT rolname, rolsuper OR rolbypassrls, current_setting('server_version') "
                "FROM pg_roles WHERE rolname = current_user"
            )
            role, is_above, version = cursor.fetchone()
    except Error as error:
        return Finding(name, False, f"{_first_line(error)}; start it: {START}")
    if is_above:
        return Finding(name, False, f"role {role} passes row-level security; run docker/roles.sql and use app_web")
    return Finding(name, True, f"PostgreSQL {version} as {role}")


def _broker() -> Finding:
    try:
        with Celery(broker=settings.CELERY_BROKER_URL).connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=3)
    except OperationalError as error:
        return Finding("Valkey", False, f"{_first_line(error)}; start it: {START}")
    return Finding("Valkey", True, "answers")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
