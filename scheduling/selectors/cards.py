"""The sessions of some days and clinicians as the calendar draws them, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet

from practice import clock
from practice.actors import Actor
from practice.models import Practice
from scheduling import panels, policies
from scheduling.models import Attendance, Session, SessionClinician

PLAN, MOVE, WAIT, DONE, OFF = "plan", "move", "wait", "done", "off"
GLYPHS: Final = {PLAN: "ready", MOVE: "half", WAIT: "needs-you", DONE: "done", OFF: "over"}
KINDS: Final = {PLAN: "calm", MOVE: "move", WAIT: "wait", DONE: "done", OFF: "calm"}
_FREE: Final = {"canceled", "late_canceled"}
_MISSED: Final = {*_FREE, "no_show"}
_WORDS: Final = {"late_canceled": "Late cancel", "canceled": "Canceled", "no_show": "No-show"}


@dataclass(frozen=True, slots=True)
class Card:
    """One session: times as the practice's wall clock shows them (without a zone), its state, and it in words."""

    id: int
    clinician_ids: tuple[int, ...]
    start: dt.datetime
    end: dt.datetime
    title: str
    code: str
    state: str
    words: str
    telehealth: bool
    place: str
    copay: Decimal | None
    may_change: bool

    @property
    def at(self) -> str:
        """When it starts, as short as a card says it: `9:00`."""
        return f"{self.start:%I:%M}".lstrip("0")

    @property
    def glyph(self) -> str:
        """The shape that says how far it is."""
        return GLYPHS[self.state]

    @property
    def kind(self) -> str:
        """The color that says who acts."""
        return KINDS[self.state]


@dataclass(frozen=True, slots=True)
class Window:
    """Days of the calendar, the last one included."""

    first: dt.date
    last: dt.date

    def days(self) -> list[dt.date]:
        """Each of them."""
        return [self.first + dt.timedelta(days=step) for step in range((self.last - self.first).days + 1)]

    def instants(self, practice: Practice) -> tuple[dt.datetime, dt.datetime]:
        """From the first midnight to the one after the last day, by the practice's clock."""
        midnight = dt.time(0)
        after = self.last + dt.timedelta(days=1)
        return clock.instant(practice, self.first, midnight), clock.instant(practice, after, midnight)


def cards(actor: Actor, practice: Practice, window: Window, clinician_ids: Collection[int]) -> list[Card]:
    """The sessions of these clinicians that the actor may see, in the order of time."""
    start, end = window.instants(practice)
    seen = policies.visible_sessions(actor)
    parts: dict[int, list[int]] = {}
    for session_id, clinician_id in _parts(actor, start, end, clinician_ids):
        parts.setdefault(session_id, []).append(clinician_id)
    sessions = [row for row in _sessions(seen, start, end) if row["id"] in parts]
    attendances = _attendances(actor, start, end, set(parts))
    found = panels.marks([row["id"] for rows in attendances.values() for row in rows], actor)
    changeable = _changeable(actor, start, end)
    return [
        _card(
            practice,
            row,
            parts[row["id"]],
            attendances.get(row["id"], []),
            marks=found,
            is_ours=changeable is None or row["id"] in changeable,
        )
        for row in sessions
    ]


def _sessions(seen: QuerySet[Session], start: dt.datetime, end: dt.datetime) -> Iterable[Any]:
    rows = seen.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "pk")
    return rows.values(
        "id",
        "kind",
        "title",
        "starts_at",
        "ends_at",
        "telehealth",
        "occupies",
        "service__code",
        "room__name",
        "location__name",
    )


def _parts(
    actor: Actor, start: dt.datetime, end: dt.datetime, clinician_ids: Collection[int]
) -> Iterable[tuple[int, int]]:
    shown = policies.shown_clinicians(actor).filter(pk__in=clinician_ids)
    rows = SessionClinician.objects.filter(clinician__in=shown.values("pk"), starts_at__gte=start, starts_at__lt=end)
    return rows.order_by("-is_lead", "pk").values_list("session_id", "clinician_id")


def _attendances(
    actor: Actor, start: dt.datetime, end: dt.datetime, session_ids: set[int]
) -> dict[int, list[dict[str, Any]]]:
    rows = policies.visible_attendances(actor).filter(session__starts_at__gte=start, session__starts_at__lt=end)
    names = ("client__first_name", "client__preferred_name", "client__last_name")
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows.order_by("pk").values(
        "id", "session_id", "status", "outcome", "others", "self_pay", "coverage__copay", *names
    ):
        if row["session_id"] in session_ids:
            found.setdefault(row["session_id"], []).append(row)
    return found


def _changeable(actor: Actor, start: dt.datetime, end: dt.datetime) -> set[int] | None:
    """The sessions the actor may change; None for all."""
    if actor.may("calendar:edit"):
        return None
    rows = policies.changeable_sessions(actor).filter(starts_at__gte=start, starts_at__lt=end)
    return set(rows.values_list("pk", flat=True))


def _card(
    practice: Practice,
    row: dict[str, Any],
    clinician_ids: Sequence[int],
    attendances: Sequence[dict[str, Any]],
    *,
    marks: dict[int, panels.Mark],
    is_ours: bool,
) -> Card:
    words = [marks[one["id"]].words for one in attendances if one["id"] in marks]
    state = state_of(row, [one["status"] for one in attendances], bool(words))
    settled = any(one["status"] == Attendance.Status.CONFIRMED for one in attendances)
    return Card(
        id=row["id"],
        clinician_ids=tuple(clinician_ids),
        start=_wall(practice, row["starts_at"]),
        end=_wall(practice, row["ends_at"]),
        title=_title(row, attendances),
        code=row["service__code"] or "",
        state=state,
        words=_words(row, attendances, state, words),
        telehealth=row["telehealth"],
        place="Telehealth" if row["telehealth"] else row["room__name"] or row["location__name"] or "",
        copay=_copay(attendances),
        may_change=row["occupies"] and not settled and is_ours,
    )


def state_of(row: dict[str, Any], statuses: Sequence[str], is_marked: bool) -> str:
    """How far a session is: to come, underway, waiting for somebody, done, or off."""
    if not row["occupies"] or (statuses and all(status in _MISSED for status in statuses)):
        return OFF
    now = clock.now()
    open_ones = "scheduled" in statuses or (not statuses and row["ends_at"] > now)
    if open_ones and row["starts_at"] > now:
        return PLAN
    if open_ones and row["ends_at"] > now:
        return MOVE
    if "scheduled" in statuses or is_marked:
        return WAIT
    return DONE


def _wall(practice: Practice, instant: dt.datetime) -> dt.datetime:
    return clock.local(practice, instant).replace(tzinfo=None)


def name_of(row: dict[str, Any]) -> str:
    """A client's name from plain columns."""
    return f"{row['client__preferred_name'] or row['client__first_name']} {row['client__last_name']}"


def _title(row: dict[str, Any], attendances: Sequence[dict[str, Any]]) -> str:
    if row["title"] or not attendances:
        return str(row["title"] or Session.Kind(row["kind"]).label)
    first = attendances[0]
    if row["kind"] == Session.Kind.GROUP:
        return "Group"
    if row["kind"] == Session.Kind.FAMILY:
        return f"{first['client__last_name']} family"
    return f"{name_of(first)} and {first['others']}" if first["others"] else name_of(first)


def _words(row: dict[str, Any], attendances: Sequence[dict[str, Any]], state: str, marks: Sequence[str]) -> str:
    statuses = [one["status"] for one in attendances]
    if state == OFF:
        return _WORDS.get(statuses[0], "Canceled") if len(set(statuses)) == 1 else "Canceled"
    if state == WAIT:
        return marks[0] if marks else "say what happened"
    if row["kind"] == Session.Kind.GROUP and statuses:
        gone = sum(status in _MISSED for status in statuses)
        return f"{len(statuses) - gone} of {len(statuses)}" if gone else f"{len(statuses)} clients"
    return ""


def _copay(attendances: Sequence[dict[str, Any]]) -> Decimal | None:
    """The copays that are due when everybody who is to come comes; None when nobody owes one."""
    due = [
        one["coverage__copay"]
        for one in attendances
        if one["coverage__copay"] and not one["self_pay"] and one["status"] not in _MISSED
    ]
    return sum(due, Decimal(0)) if due else None
