"""One charged session as its payer is to be asked for it, and what it shares with others that go on its claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from billing.claims import wanted
from billing.claims.authorizing import NOT_AUTHORIZED, Authorized, authorizations
from billing.claims.content import AT_HOME_OR_REMOTE
from billing.models import Charge
from clients.models import Coverage
from clients.selectors.spans import coverages_for
from practice.models import PayerRules
from practice.payer_rules import Rulebook, rulebook
from scheduling.models import Attendance


@dataclass(frozen=True, slots=True)
class Asking:
    """A session with its charges, its own first, and what its payer wants of the day it was given.

    `location_id` is the office where it took place, `next_coverage_id` who is asked after the first payer; both are
    known where sessions are asked for together.
    """

    row: Attendance
    coverage: Coverage
    charges: Sequence[Charge]
    wants: PayerRules
    authorized: Authorized
    rendering_id: int
    supervising_id: int | None
    place: str
    location_id: int | None = None
    next_coverage_id: int | None = None

    @property
    def on(self) -> dt.date:
        """The day of the session."""
        return self.charges[0].service_on

    @property
    def when(self) -> tuple[dt.date, int]:
        """By day, and on one day in the order in which they were put on the calendar."""
        return self.on, self.row.pk

    @property
    def size(self) -> int:
        """How many lines it takes."""
        return len(self.charges)

    @property
    def alike(self) -> Hashable:
        """What all sessions of a claim share: whatever stands on it once, its month and its rules (`edi.md` 3.3)."""
        if self.wants.sessions == PayerRules.Sessions.APART:
            return self.row.pk
        row = self.row
        people = row.client_id, self.coverage.pk, self.next_coverage_id, self.rendering_id, self.supervising_id
        told = self.place, self.location_id, tuple(row.diagnoses), self.authorized.number, row.late_reason
        return people, told, self.wants.pk, self.on.year, self.on.month


def askings(insured: Mapping[int, Sequence[Charge]]) -> list[Asking]:
    """The sessions of these insured charges, by attendance, in order; a constant number of statements."""
    rows = _attendances(insured)
    allowed = authorizations(list(rows.values()))
    rules = rulebook({row.coverage.payer_id for row in rows.values() if row.coverage})
    found = [_asking(rows[pk], charges, allowed.get(pk, NOT_AUTHORIZED), rules) for pk, charges in insured.items()]
    return _with_surroundings(found)


def _attendances(ids: Mapping[int, object]) -> dict[int, Attendance]:
    """With whom they name: table by table, for a join of four is at the mercy of the planner."""
    rows = Attendance.objects.filter(pk__in=list(ids)).prefetch_related("coverage__payer", "rendering")
    return {row.pk: row for row in rows}


def _asking(row: Attendance, charges: Sequence[Charge], authorized: Authorized, rules: Rulebook) -> Asking:
    if row.coverage is None or row.rendering_id is None:
        raise ValueError(f"Attendance {row.pk} was charged to an insurer without coverage or clinician.")
    ordered = sorted(charges, key=lambda charge: (charge.kind != Charge.Kind.SESSION, charge.pk))
    wants = rules.on(row.coverage.payer_id, ordered[0].service_on)
    rendering_id, supervising_id = wanted.people(row.rendering_id, row, wants)
    place = wants.place_for(row.place_of_service)
    return Asking(row, row.coverage, ordered, wants, authorized, rendering_id, supervising_id, place)


def _with_surroundings(found: Sequence[Asking]) -> list[Asking]:
    """Those that are asked for together with where they took place and who pays next; no statement without any."""
    shared = [one for one in found if one.wants.sessions == PayerRules.Sessions.TOGETHER]
    if not shared:
        return list(found)
    rows = Attendance.objects.filter(pk__in=[one.row.pk for one in shared])
    places = dict(rows.values_list("pk", "session__location_id"))
    covered = coverages_for({(one.row.client_id, one.on) for one in shared})
    return [_surrounded(one, places.get(one.row.pk), covered.get((one.row.client_id, one.on), ())) for one in found]


def _surrounded(one: Asking, location_id: int | None, plans: Sequence[Coverage]) -> Asking:
    later = (plan.pk for plan in plans if plan.rank == Coverage.Rank.SECONDARY and plan.pk != one.coverage.pk)
    there = None if one.place in AT_HOME_OR_REMOTE else location_id
    return replace(one, location_id=there, next_coverage_id=next(later, None))
