"""Who and what is taken at a time: asked by timestamps before anything is written, and said in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.db.models import QuerySet

from clients.policies import visible_clients
from practice.actors import Actor
from practice.models import Practice
from scheduling.facts import LONGEST, Span
from scheduling.models import Attendance, Session, SessionClinician
from scheduling.policies import visible_sessions
from scheduling.words import listed, span_words

CLINICIAN_TAKEN: Final = "clinician_one_session_at_a_time"
ROOM_TAKEN: Final = "room_one_session_at_a_time"
_REACH: Final = dt.timedelta(minutes=LONGEST)


class Whose(Enum):
    """Whose time it is that a session takes."""

    CLINICIAN = "clinician"
    CLIENT = "client"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Taken:
    """Time that somebody or some room already gives to a session; `who` is their name or the room's."""

    who: str
    whose: Whose
    session_id: int
    span: Span

    @property
    def field(self) -> str:
        """The entry of a form that the sentence stands beside."""
        return "room" if self.whose is Whose.ROOM else "time"


def find(
    spans: Sequence[Span],
    clinician_ids: Collection[int],
    room_id: int | None,
    client_ids: Collection[int] = (),
    *,
    except_ids: Collection[int] = (),
) -> list[Taken]:
    """Everything that takes clinicians, room or clients anywhere from the first span to the last; a query for each."""
    if not spans:
        return []
    start = min(span.starts_at for span in spans)
    end = max(span.ends_at for span in spans)
    found = [
        *_clinicians(start, end, clinician_ids),
        *_room(start, end, room_id),
        *_clients(start, end, client_ids),
    ]
    return [taken for taken in found if taken.session_id not in set(except_ids)]


def against(span: Span, taken: Sequence[Taken]) -> list[Taken]:
    """What of it shares a moment with the span."""
    return [one for one in taken if one.span.starts_at < span.ends_at and one.span.ends_at > span.starts_at]


def sentence(actor: Actor, practice: Practice, taken: Taken) -> str:
    """`Dana has Owen Pruitt from 9:00 to 9:55 AM that day.` A client is named to those who may see the client."""
    return sentences(actor, practice, [taken])[taken]


def sentences(actor: Actor, practice: Practice, taken: Collection[Taken]) -> dict[Taken, str]:
    """A sentence for each, in two queries."""
    names = _names(actor, {one.session_id for one in taken})
    return {one: _say(practice, one, names.get(one.session_id, "another session")) for one in taken}


def _say(practice: Practice, taken: Taken, what: str) -> str:
    when = span_words(practice, taken.span.starts_at, taken.span.ends_at)
    if taken.whose is Whose.ROOM:
        return f"{taken.who} is taken by {what} from {when} that day."
    if taken.whose is Whose.CLIENT:
        return f"{taken.who} has another session from {when} that day."
    return f"{taken.who} has {what} from {when} that day."


def _names(actor: Actor, session_ids: Collection[int]) -> dict[int, str]:
    """What the actor may be told of the sessions: the group's or meeting's name, or the clients they may see."""
    seen = visible_sessions(actor).filter(pk__in=session_ids).exclude(title="")
    found = dict(seen.values_list("pk", "title"))
    clients: dict[int, list[str]] = {}
    rows = Attendance.objects.filter(session_id__in=session_ids, client__in=visible_clients(actor).values("pk"))
    for row in rows.select_related("client").order_by("pk"):
        clients.setdefault(row.session_id, []).append(row.client.name)
    return {pk: listed(names) for pk, names in clients.items()} | found


def _clinicians(start: dt.datetime, end: dt.datetime, ids: Collection[int]) -> list[Taken]:
    rows: QuerySet[SessionClinician] = SessionClinician.objects.filter(
        clinician_id__in=ids, occupies=True, starts_at__gte=start - _REACH, starts_at__lt=end, ends_at__gt=start
    ).select_related("clinician")
    return [
        Taken(row.clinician.first_name, Whose.CLINICIAN, row.session_id, Span(row.starts_at, row.ends_at))
        for row in rows.order_by("starts_at", "pk")
    ]


def _room(start: dt.datetime, end: dt.datetime, room_id: int | None) -> list[Taken]:
    if room_id is None:
        return []
    rows = Session.objects.filter(
        room_id=room_id, occupies=True, starts_at__gte=start - _REACH, starts_at__lt=end, ends_at__gt=start
    ).select_related("room")
    return [
        Taken(str(row.room), Whose.ROOM, row.pk, Span(row.starts_at, row.ends_at))
        for row in rows.order_by("starts_at", "pk")
    ]


def _clients(start: dt.datetime, end: dt.datetime, ids: Collection[int]) -> list[Taken]:
    """Sessions to which the clients come; those that one of them called off for themselves leave their time free."""
    if not ids:
        return []
    rows = Attendance.objects.filter(
        client_id__in=ids,
        session__occupies=True,
        session__starts_at__gte=start - _REACH,
        session__starts_at__lt=end,
        session__ends_at__gt=start,
    ).exclude(status__in=(Attendance.Status.CANCELED, Attendance.Status.LATE_CANCELED))
    return [
        Taken(row.client.name, Whose.CLIENT, row.session_id, Span(row.session.starts_at, row.session.ends_at))
        for row in rows.select_related("client", "session").order_by("session__starts_at", "pk")
    ]
