"""Loads a release of ICD-10-CM, as the database owner."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clients.icd10 import cms, loading, package
from clients.icd10.release import Code, ReleaseRefusedError, Term, term_of_file


class Command(BaseCommand):
    help = (
        "Loads ICD-10-CM. Without a file: fiscal year 2026 from the installed package. With FILE: the text file of a "
        "later release from CMS, icd10cm_order_YYYY.txt or icd10cm_codes_YYYY.txt. Loading again replaces the release."
    )
    requires_system_checks = ()  # they import every page, and this runs at every start

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a text file from cms.gov, unpacked")
        parser.add_argument("--if-missing", action="store_true", help="leave a release that is loaded as it is")
        parser.add_argument("--name", help="the release's name; by default FY and the year in the file's name")
        parser.add_argument("--from", dest="starts_on", type=_date, help="first day of service, YYYY-MM-DD")
        parser.add_argument("--to", dest="ends_on", type=_date, help="last day of service, YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["file"]
        try:
            term = _term(path, options)
            if options["if_missing"] and loading.is_loaded(term):
                return
            codes = package.read() if path is None else _read(path)
            count = loading.load(term, codes)
        except ReleaseRefusedError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(f"{term.name}, valid {term.starts_on} to {term.ends_on}: {count:,} codes and headings")


def _term(path: Path | None, options: dict[str, Any]) -> Term:
    given = options["name"], options["starts_on"], options["ends_on"]
    if all(given):
        return Term(*given)
    known = package.TERM if path is None else term_of_file(path)
    return Term(given[0] or known.name, given[1] or known.starts_on, given[2] or known.ends_on)


def _read(path: Path) -> list[Code]:
    codes = cms.read(path)
    return codes if cms.has_headings(codes) else cms.with_headings(codes, loading.latest_codes())


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
