"""What documentation tells Today: notes to write, to co-sign, and those of others that are still missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Count, Min, Q

from charting.listing import STATES
from charting.models import Documentation
from charting.policies import Reach, reach_of, visible_attendances
from charting.selectors import needing_notes, with_states
from practice import clock, today
from practice.today import STOP, WAIT, Asker, Need, Source, counted

LATE: Final = dt.timedelta(days=2)
_VERY_LATE: Final = 14
_KNOWS: Final = ("documentation:own", "documentation:cosign", "documentation:view")
_STATE: Final = Documentation.Status
_UNSIGNED: Final = STATES["unsigned"]


def register() -> None:
    """Called once at start-up."""
    today.register(Source("notes", _KNOWS, notes))


def notes(asker: Asker) -> Iterator[Need]:
    """One's own notes, those to co-sign, and everybody's for who sees them all; at most four queries."""
    reach = reach_of(asker.actor)
    rows = with_states(needing_notes(visible_attendances(reach)))
    mine, theirs = Q(giver=reach.own or 0), ~Q(giver=reach.own or 0)
    found = rows.aggregate(
        **_figures("own", _UNSIGNED & mine),
        **_figures("cosign", STATES["cosign"] & Q(giver__in=reach.supervised or {0})),
        **_figures("others", _UNSIGNED & theirs),
        clinicians=Count("giver", filter=_UNSIGNED & theirs, distinct=True),
    )
    if found["own"]:
        title = f"{counted(found['own'], 'note')} to write"
        query = f"state=unsigned&clinician={reach.own}"
        yield _need(asker, found, "own", title=title, query=query, action="Write notes")
    if found["cosign"]:
        title = f"{counted(found['cosign'], 'note')} to co-sign"
        yield _need(asker, found, "cosign", title=title, query=_cosigned(reach), action="Read and co-sign")
    if found["others"] and reach.sees_all:
        title = f"{counted(found['others'], 'note')} of {_people(found['clinicians'])} unsigned"
        yield _need(asker, found, "others", title=title, query="state=unsigned", action="See whose")


def _need(asker: Asker, found: dict[str, Any], key: str, *, title: str, query: str, action: str) -> Need:
    oldest = clock.local(asker.practice, found[f"{key}_first"]).date()
    by, age = oldest + LATE, (asker.today - oldest).days
    why = f"The oldest is of {asker.day(oldest)}" + (f", {age} days ago." if age > 1 else ".")
    kind, url = STOP if age > _VERY_LATE else WAIT, asker.url("documentation", query=query)
    return Need(title, why, url, action, found[key], by, kind)


def _cosigned(reach: Reach) -> str:
    """Who sees everybody's and supervises one is led to that one's."""
    only = reach.sees_all and len(reach.supervised) == 1
    return "state=cosign" + (f"&clinician={next(iter(reach.supervised))}" if only else "")


def _people(count: int) -> str:
    return "1 clinician" if count == 1 else f"{count} clinicians"


def _figures(key: str, which: Q) -> dict[str, Any]:
    return {key: Count("pk", filter=which), f"{key}_first": Min("session__starts_at", filter=which)}
