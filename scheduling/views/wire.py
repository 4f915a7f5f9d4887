"""The calendar's facts as the library wants them: plain values, times by the wall clock without a zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from practice.templatetags import _words
from scheduling.selectors.cards import Card
from scheduling.selectors.people import Person, Shut


def person(row: Person) -> dict[str, Any]:
    """A column."""
    return {
        "id": str(row.id),
        "title": row.name,
        "place": row.place,
        "initials": _words.initials(row.name),
        "tone": _words.tone(row.name),
    }


def event(card: Card, shown: Collection[int]) -> dict[str, Any]:
    """A session. What only its own page says is not sent, and nothing is said twice or empty."""
    facts = {
        "id": card.id,
        "who": [pk for pk in card.clinician_ids if pk in shown],
        "start": moment(card.start),
        "end": moment(card.end),
        "title": card.title,
        "state": card.state,
        "code": card.code,
        "words": card.words,
        "video": card.telehealth,
        "copay": _words.money(card.copay) if card.copay else "",
        "fixed": not card.may_change,
    }
    return {name: value for name, value in facts.items() if value}


def shut(row: Shut) -> dict[str, Any]:
    """Time outside somebody's hours."""
    return {"resourceIds": [str(row.clinician_id)], "start": moment(row.start), "end": moment(row.end)}


def moment(value: dt.datetime) -> str:
    """`2026-11-17T09:00:00`."""
    return value.strftime("%Y-%m-%dT%H:%M:%S")


def time(value: dt.time) -> str:
    """`09:00`, and 24:00 for the end of the day."""
    return "24:00" if (value.hour, value.minute) == (23, 59) else f"{value:%H:%M}"
