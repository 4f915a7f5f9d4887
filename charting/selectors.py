"""What pages and other rooms ask about documentation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from charting.models import Documentation
from clinicians.models import Clinician, Supervision
from practice import clock, payer_rules
from scheduling.models import Attendance, SessionClinician
from scheduling.readiness.facts.clinicians import SUPERVISED_LEVELS

_STATE = Documentation.Status
_WHEN = Attendance.Status


@dataclass(frozen=True, slots=True)
class NoteState:
    """How far one note is. A note that nobody touched is missing."""

    status: str = Documentation.Status.MISSING.value

    @property
    def is_signed(self) -> bool:
        """Whether its clinician signed it."""
        return self.status in {_STATE.SIGNED, _STATE.COSIGNED}

    @property
    def is_cosigned(self) -> bool:
        """Whether the supervisor signed too."""
        return self.status == _STATE.COSIGNED


def states_for(attendance_ids: Collection[int]) -> Mapping[int, NoteState]:
    """The state of each attendance's documentation, an entry for every id; one query."""
    rows = Documentation.objects.filter(attendance__in=attendance_ids).values_list("attendance_id", "status")
    return dict.fromkeys(attendance_ids, NoteState()) | {number: NoteState(status) for number, status in rows}


def needs_note() -> Q:
    """What took place or should have by now: no absences, nothing canceled or to come.

    What was billed in a former system is documented there.
    """
    took_place = Q(status__in=[_WHEN.SCHEDULED, _WHEN.HELD]) | Q(status=_WHEN.CONFIRMED, outcome=_WHEN.HELD)
    return took_place & Q(session__starts_at__lte=clock.now(), brought_over=False)


def needing_notes(rows: QuerySet[Attendance]) -> QuerySet[Attendance]:
    """Those of the attendances that need a note."""
    return rows.filter(needs_note())


def with_states(rows: QuerySet[Attendance]) -> QuerySet[Any]:
    """Adds `note_state` (missing where there is no row), `giver` (the clinician's id) and `wants_cosign`."""
    lead = SessionClinician.objects.filter(session=OuterRef("session")).order_by("-is_lead", "pk")
    state = Documentation.objects.filter(attendance=OuterRef("pk")).values("status")[:1]
    named = rows.annotate(
        note_state=Coalesce(Subquery(state), Value(_STATE.MISSING.value)),
        giver=Coalesce(F("rendering_id"), Subquery(lead.values("clinician_id")[:1]), output_field=BigIntegerField()),
    )
    return named.annotate(wants_cosign=_wants_cosign())


def _wants_cosign() -> Coalesce:
    """Associates always; others where the payer asks for it and somebody supervised them on the day."""
    day = OuterRef("session__starts_at__date")
    associates = Clinician.objects.filter(level__in=SUPERVISED_LEVELS)
    under = Supervision.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), supervisee=OuterRef("giver"))
    wanted = payer_rules.where("coverage__payer", day, wants_cosignature=True)
    asked = Q(self_pay=False) & Q(wanted) & Q(Exists(under.filter(starts_on__lte=day)))
    return Coalesce(
        ExpressionWrapper(Q(giver__in=associates.values("pk")) | asked, output_field=BooleanField()), Value(False)
    )
