"""The code set: looking a code up by date, finding codes by their beginning or their words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from clients import diagnoses
from clients.diagnoses import Check, Entry, Release
from clients.models import DiagnosisCode, DiagnosisRelease

FOUND: Final = 20


def checks(wanted: Collection[tuple[str, dt.date]]) -> dict[tuple[str, dt.date], Check]:
    """The check of each code for its date of service; two queries however many there are."""
    releases = list(DiagnosisRelease.objects.all())
    entries = _entries({diagnoses.written(code) for code, _ in wanted})
    known = [Release(row.name, row.starts_on, row.ends_on, entries[row.pk]) for row in releases]
    return {(code, on_date): diagnoses.check(code, on_date, known) for code, on_date in wanted}


def check_one(code: str, on_date: dt.date) -> Check:
    """The check of one code for one date."""
    return checks([(code, on_date)])[code, on_date]


def find(text: str, on_date: dt.date) -> list[DiagnosisCode]:
    """Codes and headings of the release for a date that begin with the text, or whose words hold all of its words.

    Mental and behavioral ones (F) come first, as they are what this practice mostly wants.
    """
    rows = codes_on(on_date)
    if not text.strip():
        return []
    if diagnoses.looks_like_a_code(text):
        return list(rows.filter(code__startswith=diagnoses.written(text)).order_by("code")[:FOUND])
    matches = Q()
    for word in diagnoses.in_words(text):
        matches &= Q(words__icontains=word)
    first = Case(When(code__startswith="F", then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(rows.filter(matches, billable=True).order_by(first, "code")[:FOUND])


def below(code: str, on_date: dt.date) -> list[DiagnosisCode]:
    """The codes to claim below a heading, as far as one list is good for."""
    rows = codes_on(on_date).filter(code__startswith=diagnoses.written(code), billable=True)
    return list(rows.order_by("code")[:FOUND])


def codes_on(on_date: dt.date) -> QuerySet[DiagnosisCode]:
    """The rows of the release that answers for a date; none when nothing is loaded."""
    releases = {row.name: row for row in DiagnosisRelease.objects.all()}
    plain = [Release(row.name, row.starts_on, row.ends_on) for row in releases.values()]
    release, _ = diagnoses.release_on(on_date, plain)
    return DiagnosisCode.objects.filter(release=releases[release.name]) if release else DiagnosisCode.objects.none()


def release_banner(today: dt.date) -> str:
    """What Settings says about the loaded releases; empty while one is valid today."""
    return diagnoses.banner(
        today, [Release(row.name, row.starts_on, row.ends_on) for row in DiagnosisRelease.objects.all()]
    )


def _entries(codes: Collection[str]) -> dict[int, dict[str, Entry]]:
    found: dict[int, dict[str, Entry]] = defaultdict(dict)
    for row in DiagnosisCode.objects.filter(code__in=codes):
        found[row.release_id][row.code] = Entry(row.words, row.billable)
    return found
