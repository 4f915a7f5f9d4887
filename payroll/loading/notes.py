"""Which sessions have no signed note by the run's cutoff (`payroll.md` S9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from charting.models import Documentation, Signature
from charting.selectors import with_states
from payroll.loading.keys import among
from practice import clock
from practice.models import Practice
from scheduling.models import Attendance

_STATE = Documentation.Status
_KIND = Signature.Kind
_DAY = dt.timedelta(days=1)


def cutoff(practice: Practice, ends_on: dt.date, grace_days: int) -> dt.datetime:
    """The first instant that is too late: midnight after the last day of grace."""
    return clock.instant(practice, ends_on + (grace_days + 1) * _DAY, dt.time())


def unsigned(attendance_ids: Collection[int], before: dt.datetime) -> set[int]:
    """The attendances whose note was not signed, or not co-signed where it must be, before the instant.

    Sessions of a former system have their notes there.
    """
    if not attendance_ids:
        return set()
    signed, found = _signed(attendance_ids), set()
    rows = with_states(Attendance.objects.filter(among("pk", attendance_ids), brought_over=False))
    for number, state, wants in rows.values_list("pk", "note_state", "wants_cosign"):
        at = signed.get((number, _KIND.COSIGN if wants else _KIND.SIGN))
        if not _is_done(state, wants=wants) or (at is not None and at >= before):
            found.add(number)
    return found


def late(attendance_ids: Collection[int], before: dt.datetime) -> dict[int, bool]:
    """Of the attendances whose note was not signed before the instant, whether it still waits; one query."""
    if not attendance_ids:
        return {}
    rows = with_states(Attendance.objects.filter(pk__in=attendance_ids, brought_over=False))
    timed = rows.annotate(signed=_last(Signature.Kind.SIGN), cosigned=_last(Signature.Kind.COSIGN))
    found: dict[int, bool] = {}
    for number, state, wants, *at in timed.values_list("pk", "note_state", "wants_cosign", "signed", "cosigned"):
        if not _is_done(state, wants=wants):
            found[number] = True
        elif at[wants] is not None and at[wants] >= before:
            found[number] = False
    return found


def _last(kind: str) -> Subquery:
    rows = Signature.objects.filter(documentation__attendance=OuterRef("pk"), kind=kind).order_by("-at", "-pk")
    return Subquery(rows.values("at")[:1])


def _is_done(state: str, *, wants: bool) -> bool:
    return state == _STATE.COSIGNED or (state == _STATE.SIGNED and not wants)


def _signed(attendance_ids: Collection[int]) -> dict[tuple[int, str], dt.datetime]:
    """When each attendance was signed and co-signed; the last signature of a kind counts."""
    rows = Signature.objects.filter(among("documentation__attendance_id", attendance_ids)).order_by("at", "pk")
    return {(row[0], row[1]): row[2] for row in rows.values_list("documentation__attendance_id", "kind", "at")}
