"""The list of documentation: what is missing, drafted, or waits for a co-signature, oldest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from charting.models import Documentation
from charting.policies import Reach, given_by, reach_of, visible_attendances
from charting.selectors import needing_notes, with_states
from clinicians.models import Clinician
from practice import clock
from practice.actors import Actor
from practice.models import Practice

ON_A_PAGE: Final = 50
_STATE = Documentation.Status
_WAITING: Final = Q(note_state=_STATE.SIGNED, wants_cosign=True)
STATES: Final[Mapping[str, Q]] = {
    "open": Q(note_state__in=[_STATE.MISSING, _STATE.DRAFTED]) | _WAITING,
    "unsigned": Q(note_state__in=[_STATE.MISSING, _STATE.DRAFTED]),
    "missing": Q(note_state=_STATE.MISSING),
    "drafted": Q(note_state=_STATE.DRAFTED),
    "cosign": _WAITING,
    "done": Q(note_state=_STATE.COSIGNED) | Q(note_state=_STATE.SIGNED, wants_cosign=False),
}
SORTS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("session__starts_at",),
    "client": ("client__last_name", "client__first_name", "session__starts_at"),
    "state": ("note_state", "session__starts_at"),
}


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One session on the list. `start` and `stop` are the practice's wall clock; `days` how long ago it was."""

    attendance_id: int
    client: str
    clinician: str
    code: str
    service: str
    date: dt.date
    start: dt.time
    stop: dt.time
    days: int
    state: str
    is_mine_to_write: bool
    is_mine_to_cosign: bool


@dataclass(frozen=True, slots=True)
class NoteList:
    """A page of rows, how many there are in each state, and the clinicians one may choose among."""

    page: Page[Any]
    rows: list[NoteRow]
    counts: Mapping[str, int]
    clinicians: list[Clinician]


def documentation(
    actor: Actor,
    practice: Practice,
    *,
    state: str = "",
    clinician_id: int | None = None,
    sort: str = "",
    page: str = "",
) -> NoteList:
    """What the list shows; at most eight queries."""
    reach = reach_of(actor)
    rows = with_states(needing_notes(visible_attendances(reach)))
    if clinician_id is not None:
        rows = rows.filter(given_by({clinician_id}))
    counts = rows.aggregate(**{name: Count("pk", filter=which) for name, which in STATES.items()})
    chosen = rows.filter(STATES.get(state, STATES["open"])).select_related("session__service", "service", "client")
    found = Paginator(_sorted(chosen, sort), ON_A_PAGE).get_page(page)
    people = {row.pk: row for row in _givers(reach)}
    lines = [_row(row, practice, reach, people) for row in found]
    return NoteList(found, lines, counts, sorted(people.values(), key=lambda row: (row.last_name, row.first_name)))


def state_of(note_state: str, *, wants_cosign: bool) -> str:
    """The key of a state on the page: a signed note that wants a second name is not done."""
    if note_state == _STATE.SIGNED:
        return "cosign" if wants_cosign else "signed"
    return note_state


def _givers(reach: Reach) -> QuerySet[Clinician]:
    if reach.sees_all:
        return Clinician.objects.all()
    return Clinician.objects.filter(pk__in={*reach.supervised, reach.own or 0})


def _sorted(rows: QuerySet[Any], sort: str) -> QuerySet[Any]:
    columns = SORTS.get(sort.removeprefix("-"), SORTS["date"])
    if sort.startswith("-"):
        columns = tuple(f"-{column}" for column in columns)
    return rows.order_by(*columns, "pk")


def _row(row: Any, practice: Practice, reach: Reach, people: Mapping[int, Clinician]) -> NoteRow:
    start = clock.local(practice, row.actual_start or row.session.starts_at)
    stop = clock.local(practice, row.actual_stop or row.session.ends_at)
    service, giver = row.service or row.session.service, people.get(row.giver)
    state = state_of(row.note_state, wants_cosign=row.wants_cosign)
    return NoteRow(
        attendance_id=row.pk,
        client=row.client.name,
        clinician=giver.name if giver else "",
        code=service.code if service else "",
        service=service.name if service else "",
        date=start.date(),
        start=start.time(),
        stop=stop.time(),
        days=(clock.today(practice) - start.date()).days,
        state=state,
        is_mine_to_write=reach.may_write(row.giver) and state in {"missing", "drafted"},
        is_mine_to_cosign=reach.may_cosign(row.giver) and state == "cosign",
    )
