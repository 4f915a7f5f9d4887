"""What a clinician has to attest: their sessions that are over and not billed, with what is still missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.db.models import Exists, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.http import Http404

from billing.day.judging import STEPS, Judged, judge_rows
from billing.day.rows import line_of, row_of
from billing.day.selectors import MOST
from billing.day.shapes import Act, Chip, Row
from clinicians.models import Clinician
from practice import clock, navigation
from practice.actors import Actor
from practice.models import Practice, PracticeSettings
from practice.setup.selectors import get_settings
from scheduling.models import Attendance, SessionClinician
from scheduling.policies import visible_attendances
from scheduling.readiness import Finding
from scheduling.readiness.addresses import NOTE

FIELDS: Final = frozenset(
    {
        "actual_times",
        "actual_start",
        "actual_stop",
        "service",
        "units",
        "diagnoses",
        "place_of_service",
        "client_state",
    }
)
_OPEN: Final = (
    Attendance.Status.SCHEDULED, Attendance.Status.HELD, Attendance.Status.LATE_CANCELED, Attendance.Status.NO_SHOW,
)  # fmt: skip
_READY: Final = Chip("wait", "ready", "To attest")
_FIX: Final = Chip("wait", "needs-you", "Needs a fix")


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions of one day, in their order."""

    date: dt.date
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Attesting:
    """The whole page. `asked` is whether clinicians attest here at all, `waiting` what is attested and not billed."""

    asked: bool
    days: list[Day]
    ready: list[Row]
    missing: int
    waiting: int
    cut: bool = False

    @property
    def all_rows(self) -> list[Row]:
        """Every session on the page."""
        return [row for day in self.days for row in day.rows]


def to_attest(actor: Actor, practice: Practice) -> Attesting:
    """The clinician's page, the oldest day first; a number of queries that does not depend on how many there are."""
    if get_settings().attester != PracticeSettings.Attester.CLINICIAN:
        return Attesting(False, [], [], 0, 0)
    mine = over(actor)
    found = list(mine.filter(attestation=None).order_by("session__starts_at", "pk")[: MOST + 1])
    judged = judge_rows(found[:MOST], actor=actor)
    rows = sorted((_row(one, practice) for one in judged.values()), key=lambda row: (row.day, row.start, row.id))
    ready = [row for row in rows if not row.needs_stop]
    waiting = mine.exclude(attestation=None).count()
    return Attesting(True, _days(rows), ready, len(rows) - len(ready), waiting, len(found) > MOST)


def attestable(attendance_ids: Sequence[int], actor: Actor) -> list[int]:
    """Those of which nothing is missing that the clinician alone can say; Http404 when none is theirs."""
    rows = list(over(actor).filter(pk__in=attendance_ids))
    if attendance_ids and not rows:
        raise Http404
    judged = judge_rows([row for row in rows if row.attestation_id is None], actor=actor)
    return [number for number, one in judged.items() if not any(_stops(finding) for finding in one.blocking)]


def over(actor: Actor) -> QuerySet[Attendance]:
    """The actor's own sessions that are over and not billed."""
    return visible_attendances(actor).filter(_given_by(actor), status__in=_OPEN, session__ends_at__lte=clock.now())


def waiting(practice: Practice, actor: Actor) -> int | None:
    """How many sessions wait for this clinician's word; None where it is not asked for. One query."""
    found: int | None = Practice.objects.filter(pk=practice.pk).values_list(in_navigation(actor), flat=True).get()
    return found


def in_navigation(actor: Actor) -> Combinable:
    """The same as an expression, NULL where it is not asked for."""
    mine = Attendance.objects.filter(
        _given_by(actor), status__in=_OPEN, attestation=None, session__ends_at__lte=clock.now()
    )
    asked = PracticeSettings.objects.filter(
        Exists(_records(actor)), attester=PracticeSettings.Attester.CLINICIAN
    ).annotate(waiting=navigation.how_many(mine))
    return Subquery(asked.values("waiting")[:1])


def _records(actor: Actor) -> QuerySet[Clinician]:
    return Clinician.objects.filter(user=actor.user_id or 0)


def _given_by(actor: Actor) -> Q:
    """Sessions the actor gave: as the rendering clinician where it is fixed, else as who leads the session."""
    own = _records(actor).values("pk")
    led = SessionClinician.objects.filter(clinician__in=own, is_lead=True).values("session")
    return Q(rendering__in=own) | Q(rendering__isnull=True, session__in=led)


def _stops(finding: Finding) -> bool:
    """Whether it keeps the clinician from attesting: a fact of the session is missing or wrong."""
    return finding.blocks and not finding.waits_on and any(action.field in FIELDS for action in finding.actions)


def _row(one: Judged, practice: Practice) -> Row:
    """The row as the clinician sees it: only what they can clear themselves, and no money."""
    row = row_of(one, practice)
    own = [finding for finding in one.findings if finding.stage in STEPS and finding.blocks and _is_theirs(finding)]
    row.lines = tuple(replace(line, acts=_acts(line.acts)) for line in (line_of(finding, practice) for finding in own))
    row.needs_stop = any(_stops(finding) for finding in own)
    row.chip = _FIX if row.needs_stop else _READY
    return row


def _is_theirs(finding: Finding) -> bool:
    return _stops(finding) or any(action.url_name == NOTE for action in finding.actions)


def _acts(acts: Sequence[Act]) -> tuple[Act, ...]:
    return tuple(act for act in acts if act.url or act.field in FIELDS)


def _days(rows: Sequence[Row]) -> list[Day]:
    found: dict[dt.date, Day] = {}
    for row in rows:
        found.setdefault(row.day, Day(row.day)).rows.append(row)
    return list(found.values())
