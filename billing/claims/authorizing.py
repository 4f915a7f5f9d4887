"""Which authorization a claim names, and which its lines where that is another one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from clients.authorizations import Visit, covers, fill
from clients.models import Authorization
from practice import clock
from practice.models import Practice
from practice.tenancy.context import current
from scheduling.models import Attendance


@dataclass(frozen=True, slots=True)
class Authorized:
    """The authorization of a session, and what else its plan holds for that day, for codes added to it."""

    number: str = ""
    codes: Sequence[str] = ()
    others: Sequence[Authorization] = ()
    day: dt.date = dt.date.min

    def for_line(self, code: str) -> str:
        """The number that a line of this code names by itself (2400 REF*G1); empty where it is the claim's."""
        if self.number and (not self.codes or code in self.codes):
            return ""
        named = (row.number for row in self.others if covers(row, self.day, code))
        found = next(named, "")
        return "" if found == self.number else found


NOT_AUTHORIZED: Final = Authorized()


def authorizations(rows: Sequence[Attendance]) -> dict[int, Authorized]:
    """By attendance, what its claim names; those whose plan has no authorization are left out. Three queries.

    Every confirmed visit under the same coverage is counted, in the order of time, as readiness counts them.
    """
    allowed: dict[int, list[Authorization]] = {}
    coverages = {row.coverage_id for row in rows if row.coverage_id}
    for one in Authorization.objects.filter(coverage__in=coverages).order_by("starts_on", "pk"):
        allowed.setdefault(one.coverage_id, []).append(one)
    if not allowed:
        return {}
    found: dict[int, Authorized] = {}
    for coverage, visits in _visits(set(allowed), {row.pk for row in rows}).items():
        places, _ = fill(allowed[coverage], visits)
        days = {visit.key: visit.date for visit in visits if visit.key is not None}
        for key, day in days.items():
            place = places.get(key)
            number, codes = (place.authorization.number, place.authorization.codes) if place else ("", [])
            found[key] = Authorized(number, codes, allowed[coverage], day)
    return found


def _visits(coverages: set[int], asked: set[int]) -> dict[int, list[Visit]]:
    practice = Practice.objects.get(pk=current().practice_id)
    insured = Q(outcome=Attendance.Status.HELD, self_pay=False, status=Attendance.Status.CONFIRMED)
    rows = Attendance.objects.filter(insured, coverage__in=coverages).order_by("session__starts_at", "pk")
    found: dict[int, list[Visit]] = {}
    facts = rows.values_list("pk", "coverage_id", "session__starts_at", "units", "service__code")
    for pk, coverage, starts_at, units, code in facts:
        day = clock.local(practice, starts_at).date()
        found.setdefault(coverage, []).append(Visit(pk if pk in asked else None, day, code or "", units))
    return found
