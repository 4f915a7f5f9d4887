"""One session as its page shows it: who, when, where, what happened, and what was done with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Q
from django.http import Http404

from clients.policies import visible_clients
from practice import clock
from practice.actors import Actor
from practice.models import AuditEvent, Practice, StateChange
from practice.states import may_become
from scheduling import canceling, policies
from scheduling.attending import OF_THE_DAY, SETTABLE
from scheduling.facts import Span
from scheduling.models import Attendance, Series, Session
from scheduling.words import date_words, local_span, time_words

STATUS_LOOK: Final = {
    "scheduled": ("calm", "ready"),
    "held": ("done", "done"),
    "late_canceled": ("calm", "over"),
    "no_show": ("calm", "over"),
    "canceled": ("calm", "over"),
    "confirmed": ("done", "locked"),
}
_ACT_WORDS: Final = {
    "scheduled": "Back to scheduled",
    "held": "Held",
    "no_show": "No-show",
    "late_canceled": "Late cancel",
    "canceled": "Cancel without a fee",
}
_EVENT_WORDS: Final = {
    "session.booked": "Booked",
    "session.moved": "Moved",
    "session.changed": "Changed",
    "session.canceled": "Canceled",
    "session.restored": "Restored",
    "session.client_added": "Client added",
    "session.client_removed": "Client taken out",
    "series.canceled": "Canceled with the rest of the series",
    "series.changed": "Changed with the following sessions",
}
_SERIES_WORDS: Final = {"series.booked": "Booked as a series", "series.extended": "Series made ahead"}


@dataclass(frozen=True, slots=True)
class Act:
    """A status somebody can set, as a button."""

    status: str
    words: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One client's part, with what can be done."""

    id: int
    client_id: int
    name: str
    others: str
    status: str
    status_words: str
    kind: str
    glyph: str
    copay: Decimal | None
    payer: str
    acts: list[Act]
    may_leave: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history, newest first."""

    title: str
    note: str
    at: dt.datetime
    kind: str
    glyph: str


@dataclass(frozen=True, slots=True)
class SessionPage:
    """Everything the page of a session shows."""

    session: Session
    title: str
    when: str
    start: dt.datetime
    minutes: int
    clinicians: list[str]
    clinician_ids: list[int]
    rows: list[AttendanceRow]
    may_change: bool
    may_set: bool
    is_confirmed: bool
    is_late: bool
    series: str
    history: list[Step]


def find(actor: Actor, pk: int) -> Session:
    """A session the actor may see; Http404 otherwise."""
    related = ("service", "location", "room", "series")
    found = policies.visible_sessions(actor).filter(pk=pk).select_related(*related).first()
    if found is None:
        raise Http404
    return found


def session_page(actor: Actor, practice: Practice, session: Session) -> SessionPage:
    """The page, in a fixed number of queries."""
    start, today = clock.local(practice, session.starts_at).replace(tzinfo=None), clock.today(practice)
    parts = list(session.session_clinicians.select_related("clinician").order_by("-is_lead", "pk"))
    attendances = list(session.attendances.select_related("client", "coverage__payer").order_by("pk"))
    may_change = policies.changeable_sessions(actor).filter(pk=session.pk).exists()
    may_set = may_change or actor.may("billing:edit")
    is_late = canceling.is_late(session, clock.now())
    opened = set(
        visible_clients(actor).filter(pk__in=[row.client_id for row in attendances]).values_list("pk", flat=True)
    )
    return SessionPage(
        session=session,
        title=title_of(session, attendances),
        when=local_span(practice, session.starts_at, session.ends_at),
        start=start,
        minutes=Span(session.starts_at, session.ends_at).minutes,
        clinicians=[part.clinician.title for part in parts],
        clinician_ids=[part.clinician_id for part in parts],
        rows=[
            _row(
                session,
                row,
                may_set=may_set,
                is_late=is_late,
                is_ahead=start.date() > today,
                opens=row.client_id in opened,
            )
            for row in attendances
        ],
        may_change=may_change,
        may_set=may_set,
        is_confirmed=any(row.status == Attendance.Status.CONFIRMED for row in attendances),
        is_late=is_late,
        series=_series_words(session.series, start, today),
        history=_history(practice, session, attendances),
    )


def title_of(session: Session, attendances: Sequence[Attendance]) -> str:
    """The group's or meeting's name, or the client's."""
    if session.title:
        return session.title
    if session.kind in {Session.Kind.GROUP, Session.Kind.MEETING} or not attendances:
        return session.get_kind_display()
    first = attendances[0]
    if session.kind == Session.Kind.FAMILY:
        return f"{first.client.last_name} family"
    return f"{first.client.name} and {first.others}" if first.others else first.client.name


def _row(
    session: Session, row: Attendance, *, may_set: bool, is_late: bool, is_ahead: bool, opens: bool
) -> AttendanceRow:
    kind, glyph = STATUS_LOOK[row.status]
    owes = row.coverage if row.coverage and not row.self_pay and row.status not in canceling.FREEING else None
    return AttendanceRow(
        id=row.pk,
        client_id=row.client_id,
        name=row.client.name,
        others=row.others,
        status=row.status,
        status_words=status_words(row),
        kind=kind,
        glyph=glyph,
        copay=owes.copay if owes else None,
        payer=row.coverage.payer.name if row.coverage and not row.self_pay else "Self-pay",
        acts=_acts(row, is_late=is_late, is_ahead=is_ahead) if may_set else [],
        may_leave=may_set and session.kind == Session.Kind.GROUP and row.status == Attendance.Status.SCHEDULED,
        opens=opens,
    )


def status_words(row: Attendance) -> str:
    """The status; of what is confirmed also what happened, unless it was held."""
    if row.status == Attendance.Status.CONFIRMED and row.outcome != Attendance.Status.HELD:
        return f"{Attendance.Status(row.outcome).label}, confirmed"
    return row.get_status_display()


def _acts(row: Attendance, *, is_late: bool, is_ahead: bool) -> list[Act]:
    """What can be set; of the two ways to cancel the one comes first that the practice's rule offers.

    Of a session on a later day nobody can say yet that it was held or missed.
    """
    if row.status == Attendance.Status.CONFIRMED:
        return []
    canceling_ways = ("late_canceled", "canceled") if is_late else ("canceled", "late_canceled")
    order = ("held", "no_show", *canceling_ways, "scheduled")
    unknown = OF_THE_DAY if is_ahead else frozenset()
    known = [status for status in order if status in SETTABLE and status not in unknown and may_become(row, status)]
    words = _ACT_WORDS | ({} if is_late else {"canceled": "Cancel"})
    return [Act(status, words[status], status == "held") for status in known]


def _series_words(series: Series | None, start: dt.datetime, today: dt.date) -> str:
    if series is None:
        return ""
    until = f" until {date_words(series.ends_on, today)}" if series.ends_on else ""
    return f"{series.get_every_weeks_display()} on {start:%A}s at {time_words(series.local_time)}{until}"


def _history(practice: Practice, session: Session, attendances: Sequence[Attendance]) -> list[Step]:
    of_session = Q(kind=session._meta.label_lower, object_id=str(session.pk), action__in=list(_EVENT_WORDS))
    of_series = Q(kind=Series._meta.label_lower, object_id=str(session.series_id or 0)) & (
        Q(action="series.booked") | Q(action="series.extended", after__sessions__contains=session.pk)
    )
    events = AuditEvent.objects.filter(of_session | of_series, result="done")
    names = {row.pk: row.client.name for row in attendances}
    changes = StateChange.objects.filter(Q(object_id__in=list(names)), ~Q(before=""), kind=Attendance._meta.label_lower)
    steps = [
        *(_event_step(practice, event) for event in events.order_by("-at")[:50]),
        *(_change_step(practice, change, names) for change in changes.order_by("-at")[:50]),
    ]
    return sorted(steps, key=lambda step: step.at, reverse=True)


def _event_step(practice: Practice, event: AuditEvent) -> Step:
    title = (_EVENT_WORDS | _SERIES_WORDS)[event.action]
    note = _by(practice, event.actor_name, event.at) + _left_out(event)
    return Step(title, note, event.at, "calm", "ready")


def _left_out(event: AuditEvent) -> str:
    """The dates of a series that were taken already; by whom is left to those who may know."""
    dates = [sentence.partition(":")[0] for sentence in (event.after or {}).get("skipped", [])]
    return f". Left out, taken already: {'; '.join(dates)}" if dates else ""


def _change_step(practice: Practice, change: StateChange, names: dict[int, str]) -> Step:
    kind, glyph = STATUS_LOOK[change.after]
    label = Attendance.Status(change.after).label
    title = f"{names[change.object_id]}: {label.lower()}" if len(names) > 1 else label
    reason = f". {change.reason}" if change.reason else ""
    return Step(title, _by(practice, change.actor_name, change.at) + reason, change.at, kind, glyph)


def _by(practice: Practice, name: str, at: dt.datetime) -> str:
    local = clock.local(practice, at)
    return f"{name}, {date_words(local.date(), clock.today(practice))}, {time_words(local)}"
