"""What the team's files tell Today: licenses, cover and attestations that run out, or are missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from clinicians import expiry
from clinicians.models import Clinician
from clinicians.policies import visible_clinicians
from clinicians.selectors.papers import notices_of
from clinicians.words import short
from practice import today
from practice.today import Asker, Need, Source

_SEES: Final = ("team:view", "team:own")
_SOMETIME: Final = dt.timedelta(days=14)


def register() -> None:
    """Called once at start-up."""
    today.register(Source("papers", _SEES, papers, treats_clients=False))


def papers(asker: Asker) -> Iterator[Need]:
    """One person's file by its worst notice, several by how many there are; at most four queries."""
    people = list(visible_clinicians(asker.actor))
    notices = notices_of(people, asker.today)
    worst = [(row, found) for row in people if (found := expiry.worst(notices[row.pk]))]
    if not worst:
        return
    worst.sort(key=lambda pair: (pair[1].severity != today.STOP, pair[1].on is None, pair[1].on or asker.today))
    row, notice = worst[0]
    by = notice.on or asker.today + _SOMETIME
    if len(worst) == 1:
        title, url = _named(asker, row, notice), asker.url("clinician_papers", row.pk)
        why, action = notice.why, "Open the file"
    else:
        title, url = f"{len(worst)} clinicians’ files need a paper", asker.url("team", query="show=expiring")
        why, action = f"First {_named(asker, row, notice)}.", "See whose"
    note = short(notice.on, asker.today) if notice.on else ""
    yield Need(title, why, url, action, len(worst), by, notice.severity, note=note)


def _named(asker: Asker, row: Clinician, notice: expiry.Notice) -> str:
    words = notice.title.removeprefix("The ")
    if not asker.actor.may("team:view"):
        named = words if words[:2].isupper() else f"{words[0].lower()}{words[1:]}"
        return f"Your {named}" if notice.on else notice.title
    return f"{row.name}: {words}"
