"""Which authorization a claim names."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from clients.authorizations import Visit, fill
from clients.models import Authorization
from practice import clock
from practice.models import Practice
from practice.tenancy.context import current
from scheduling.models import Attendance


def authorization_numbers(rows: Sequence[Attendance]) -> dict[int, str]:
    """By attendance, the number of the authorization it is put on; those without one are left out. Three queries.

    Every confirmed visit under the same coverage is counted, in the order of time, as readiness counts them.
    """
    allowed: dict[int, list[Authorization]] = {}
    coverages = {row.coverage_id for row in rows if row.coverage_id}
    for one in Authorization.objects.filter(coverage__in=coverages).order_by("starts_on", "pk"):
        allowed.setdefault(one.coverage_id, []).append(one)
    if not allowed:
        return {}
    found: dict[int, str] = {}
    for coverage, visits in _visits(set(allowed), {row.pk for row in rows}).items():
        places, _ = fill(allowed[coverage], visits)
        found |= {key: place.authorization.number for key, place in places.items()}
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
