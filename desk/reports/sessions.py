"""Sessions for reports: what took place, what did not, and which notes are missing."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, When
from django.db.models.functions import TruncWeek

from charting.listing import STATES
from charting.selectors import needing_notes, with_states
from desk.reports.ledger import KEYS
from desk.reports.shapes import NOBODY, Scope
from practice import clock
from practice.models import Practice
from scheduling.models import Attendance

_S: Final = Attendance.Status
_WHICH: Final = {
    name: Q(status=name) | Q(status=_S.CONFIRMED, outcome=name)
    for name in (_S.HELD.value, _S.LATE_CANCELED.value, _S.NO_SHOW.value)
}


def attendances(scope: Scope, figure: str, practice: Practice) -> QuerySet[Attendance, Any]:
    """The sessions that a figure counts, with `giver` and `asked`, the newest first."""
    rows = _all(scope, practice)
    found: QuerySet[Attendance, Any] = (
        needing_notes(rows).filter(STATES["unsigned"]) if figure == "unsigned" else rows.filter(_WHICH[figure])
    )
    return found.order_by("-session__starts_at", "-pk")


def counts(scope: Scope, practice: Practice) -> dict[Any, dict[str, Any]]:
    """The sessions of each clinician, payer or week, by what happened; one query."""
    key, needing = KEYS[scope.by], needing_notes(_on_days(scope, practice)).values("pk")
    what = {name: Count("pk", filter=which) for name, which in _WHICH.items()}
    what["unsigned"] = Count("pk", filter=Q(pk__in=needing) & STATES["unsigned"])
    grouped = _all(scope, practice).order_by().values(key).annotate(**what)
    return {_key(row.pop(key)): row for row in grouped}


def _all(scope: Scope, practice: Practice) -> QuerySet[Attendance, Any]:
    rows: QuerySet[Attendance, Any] = with_states(_on_days(scope, practice)).annotate(
        asked=_asked(), week=TruncWeek("session__starts_at", tzinfo=clock.zone(practice))
    )
    return rows.filter(_is("giver", scope.clinician) & _is("asked", scope.payer))


def _on_days(scope: Scope, practice: Practice) -> QuerySet[Attendance]:
    first, last = scope.days(clock.today(practice))
    rows = Attendance.objects.all()
    if first:
        rows = rows.filter(session__starts_at__gte=clock.instant(practice, first, dt.time()))
    if last:
        after = clock.instant(practice, last + dt.timedelta(days=1), dt.time())
        rows = rows.filter(session__starts_at__lt=after)
    return rows


def _asked() -> Case:
    """The payer that a session is billed to: none where the client pays, as for every absence."""
    insured = Q(self_pay=False) & ~Q(service__insured=False)
    took_place = ~Q(status__in=[_S.LATE_CANCELED, _S.NO_SHOW]) & ~Q(outcome__in=[_S.LATE_CANCELED, _S.NO_SHOW])
    return Case(When(insured & took_place, then=F("coverage__payer_id")), output_field=BigIntegerField())


def _key(value: Any) -> Any:
    return value.date() if isinstance(value, dt.datetime) else value


def _is(name: str, wanted: int | None) -> Q:
    if wanted is None:
        return Q()
    return Q(**{f"{name}__isnull": True}) if wanted == NOBODY else Q(**{name: wanted})
