"""The sessions of some days and clinicians as the calendar draws them, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import F, QuerySet
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.wall import WallClock
from scheduling import panels, policies
from scheduling.models import Attendance, Session, SessionClinician

PLAN, MOVE, WAIT, DONE, OFF = "plan", "move", "wait", "done", "off"
GLYPHS: Final = {PLAN: "ready", MOVE: "half", WAIT: "needs-you", DONE: "done", OFF: "over"}
KINDS: Final = {PLAN: "calm", MOVE: "move", WAIT: "wait", DONE: "done", OFF: "calm"}
_ATTENDANCE: Final = (
    "session_id", "status", "others", "self_pay", "coverage__copay",
    "client__first_name", "client__preferred_name", "client__last_name",
)  # fmt: skip
_SAYS: Final = {PLAN: "To come", MOVE: "Underway", DONE: "Held"}
_FREE: Final = {"canceled", "late_canceled"}
_MISSED: Final = {*_FREE, "no_show"}
_CONFIRMED: Final = Attendance.Status.CONFIRMED.value
_GROUP, _FAMILY = Session.Kind.GROUP.value, Session.Kind.FAMILY.value
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
        return f"{self.start.hour % 12 or 12}:{self.start.minute:02}"

    @property
    def glyph(self) -> str:
        """The shape that says how far it is."""
        return GLYPHS[self.state]

    @property
    def says(self) -> str:
        """The state in words, as a list says it."""
        return _SAYS.get(self.state) or (self.words[:1].upper() + self.words[1:])

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
    parts = _parts(actor, practice, window, clinician_ids)
    whose: dict[int, list[int]] = {}
    sessions: dict[int, dict[str, Any]] = {}
    for row in _rows(parts, practice):
        whose.setdefault(row["session"], []).append(row["clinician"])
        sessions.setdefault(row["session"], row)
    attendances = _attendances(actor, parts)
    changeable = _changeable(actor, parts)
    return [
        _card(row, whose[number], attendances.get(number, []), is_ours=changeable is None or number in changeable)
        for number, row in sessions.items()
    ]


def _parts(
    actor: Actor, practice: Practice, window: Window, clinician_ids: Collection[int]
) -> QuerySet[SessionClinician]:
    """The parts that these clinicians have in sessions of these days; the other queries hang on it."""
    start, end = window.instants(practice)
    seen = policies.visible_parts(actor)
    return seen.filter(clinician__in=clinician_ids, starts_at__gte=start, starts_at__lt=end)


def _rows(parts: QuerySet[SessionClinician], practice: Practice) -> Iterable[Any]:
    now = clock.now()
    rows = parts.order_by("starts_at", "session_id", "-is_lead", "pk")
    return rows.values(
        "session",
        "clinician",
        "session__kind",
        "session__title",
        "session__telehealth",
        "session__occupies",
        "session__service__code",
        "session__room__name",
        "session__location__name",
        start=WallClock("starts_at", practice),
        end=WallClock("ends_at", practice),
        ahead=GreaterThan(F("starts_at"), now),
        over=LessThanOrEqual(F("ends_at"), now),
    )


def _attendances(actor: Actor, parts: QuerySet[SessionClinician]) -> dict[int, list[dict[str, Any]]]:
    """The attendances by session; `mark` is what a room says about one, or None."""
    rows: QuerySet[Any] = policies.visible_attendances(actor).filter(session__in=parts.values("session"))
    markings = panels.markings(actor)
    for marking in markings:
        rows = marking.annotate(rows)
    columns = [name for marking in markings for name in marking.columns]
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows.order_by("pk").values(*_ATTENDANCE, *columns):
        row["mark"] = next(filter(None, (marking.mark(row) for marking in markings)), None)
        found.setdefault(row["session_id"], []).append(row)
    return found


def _changeable(actor: Actor, parts: QuerySet[SessionClinician]) -> set[int] | None:
    """The sessions the actor may change; None for all."""
    if actor.may("calendar:edit"):
        return None
    rows = policies.changeable_sessions(actor).filter(pk__in=parts.values("session"))
    return set(rows.values_list("pk", flat=True))


def _card(
    row: dict[str, Any],
    clinician_ids: Sequence[int],
    attendances: Sequence[dict[str, Any]],
    *,
    is_ours: bool,
) -> Card:
    words = [one["mark"].words for one in attendances if one["mark"]]
    state = state_of(row, [one["status"] for one in attendances], bool(words))
    settled = any(one["status"] == _CONFIRMED for one in attendances)
    telehealth = row["session__telehealth"]
    return Card(
        id=row["session"],
        clinician_ids=tuple(clinician_ids),
        start=row["start"],
        end=row["end"],
        title=_title(row, attendances),
        code=row["session__service__code"] or "",
        state=state,
        words=_words(row, attendances, state, words),
        telehealth=telehealth,
        place="Telehealth" if telehealth else row["session__room__name"] or row["session__location__name"] or "",
        copay=_copay(attendances),
        may_change=row["session__occupies"] and not settled and is_ours,
    )


def state_of(row: dict[str, Any], statuses: Sequence[str], is_marked: bool) -> str:
    """How far a session is: to come, underway, waiting for somebody, done, or off."""
    if not row["session__occupies"] or (statuses and all(status in _MISSED for status in statuses)):
        return OFF
    open_ones = "scheduled" in statuses or (not statuses and not row["over"])
    if open_ones and row["ahead"]:
        return PLAN
    if open_ones and not row["over"]:
        return MOVE
    if "scheduled" in statuses or is_marked:
        return WAIT
    return DONE


def name_of(row: dict[str, Any]) -> str:
    """A client's name from plain columns."""
    return f"{row['client__preferred_name'] or row['client__first_name']} {row['client__last_name']}"


def _title(row: dict[str, Any], attendances: Sequence[dict[str, Any]]) -> str:
    kind, title = row["session__kind"], row["session__title"]
    if title or not attendances:
        return str(title or Session.Kind(kind).label)
    first = attendances[0]
    if kind == _GROUP:
        return "Group"
    if kind == _FAMILY:
        return f"{first['client__last_name']} family"
    return f"{name_of(first)} and {first['others']}" if first["others"] else name_of(first)


def _words(row: dict[str, Any], attendances: Sequence[dict[str, Any]], state: str, marks: Sequence[str]) -> str:
    statuses = [one["status"] for one in attendances]
    if state == OFF:
        return _WORDS.get(statuses[0], "Canceled") if len(set(statuses)) == 1 else "Canceled"
    if state == WAIT:
        return marks[0] if marks else "say what happened"
    if row["session__kind"] == _GROUP and statuses:
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
