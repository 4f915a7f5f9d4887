"""The sessions of a former system's claim: those that were brought over, else made from what the payer wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from billing.models import RemittanceClaim, RemittanceLine
from clients.models import Client, Coverage
from clinicians.models import Clinician
from practice import clock
from practice.actors import Actor
from practice.models import Practice, Service
from scheduling.bringing import Former, Part, bring_over
from scheduling.facts import Span
from scheduling.models import Attendance

REASON: Final = "Billed in a former system"
_MINUTES: Final = 50
_MORNING: Final = dt.time(9)


@dataclass(frozen=True, slots=True)
class Case:
    """Whose claim it was: the answer, the client with their coverage, and who treated them."""

    row: RemittanceClaim
    client: Client
    clinician: Clinician
    coverage: Coverage
    practice: Practice


@dataclass(frozen=True, slots=True)
class Billed:
    """One service of the former system's claim: the remittance's lines that speak of it, as one charge."""

    code: str
    on: dt.date
    amount: Decimal
    units: int
    modifiers: tuple[str, ...]
    lines: tuple[RemittanceLine, ...]


def sessions(
    case: Case, billed: Sequence[Billed], services: dict[str, Service]
) -> tuple[dict[dt.date, Attendance], bool]:
    """The attendance of each day; whether any was made for this.

    The session is brought over by the system itself: who posts money may not write the calendar.
    """
    first = {one.on: one for one in reversed(billed)}
    found = _brought_over(case, first)
    new = [_former(case, one, services[one.code]) for on, one in first.items() if on not in found]
    made = bring_over(actor=Actor.system(case.practice.pk), sessions=new, reason=REASON) if new else []
    for session in made:
        if session is not None:
            day = clock.local(case.practice, session.starts_at).date()
            found[day] = Attendance.objects.get(session=session, client=case.client)
    return found, bool(new)


def _brought_over(case: Case, days: dict[dt.date, Billed]) -> dict[dt.date, Attendance]:
    """Sessions of the client with this clinician that were brought over and have no charge yet, by day."""
    rows = Attendance.objects.filter(client=case.client, brought_over=True, rendering=case.clinician)
    found: dict[dt.date, Attendance] = {}
    for one in rows.select_related("session").order_by("-pk"):
        day = clock.local(case.practice, one.session.starts_at).date()
        if day in days and not one.charges.filter(undone_at=None).exists():
            found[day] = one
    return found


def _former(case: Case, one: Billed, service: Service) -> Former:
    span = Span.of(clock.instant(case.practice, one.on, _MORNING), _MINUTES)
    held, amount = Attendance.Status.HELD, one.amount
    part = Part(case.client.pk, held, amount, case.coverage.pk, modifiers=one.modifiers, units=one.units)
    return Former(
        span, case.clinician.pk, service.pk, "individual", (part,), is_history=True, has_time=False, note=REASON
    )
