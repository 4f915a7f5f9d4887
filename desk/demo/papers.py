"""Liability cover, CAQH attestations and registrations of the demo's clinicians, as somebody files them in time."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any, Final

from clinicians import services as team
from desk.demo.script import Script
from desk.demo.stage import Stage
from practice.actors import Actor

# By place, counted from the last Monday of the history: one cover and one license are about to end.
_ENDS: Final = {3: dt.timedelta(days=52)}
_LICENSE_ENDS: Final = {2: dt.timedelta(days=64)}
_YEAR: Final = dt.timedelta(days=365)
# How many weeks before the end somebody attested: one attestation is about to lapse, one has lapsed.
_ATTESTED: Final = {9: 14, 4: 18}
_USUALLY: Final = 9
_BEFORE: Final = dt.timedelta(days=20)
_LONG: Final = dt.timedelta(days=900)


def license_until(script: Script, place: int, monday: dt.date, since: dt.date) -> dt.date:
    """The last day of somebody's license."""
    if place in _LICENSE_ENDS and script.newcomer is not None:
        return _end(script, monday) + _LICENSE_ENDS[place]
    return since + _LONG


def make(actor: Actor, script: Script, rows: list[Any], monday: dt.date) -> None:
    """What is on file when the practice begins: everybody's cover, and the attestation that holds then."""
    for place, (one, row) in enumerate(zip(script.team, rows, strict=True)):
        add = partial(team.add_document, actor=actor, clinician_id=row.pk)
        until = _end(script, monday) + _ENDS.get(place, dt.timedelta(days=140 + 11 * place))
        add(kind="liability", name="", issued_on=until - _YEAR, expires_on=until)
        add(kind="caqh", name="", issued_on=monday - _BEFORE - dt.timedelta(days=place))
        if one.prescribes:
            add(kind="dea", name="", issued_on=until - _YEAR, expires_on=until + _YEAR)


def attest(stage: Stage, week: int) -> None:
    """Whoever’s turn it is attests again, which is good for 120 days."""
    for place, clinician_id in enumerate(stage.clinician_ids):
        if max(stage.script.weeks - _ATTESTED.get(place, _USUALLY), 1) == week:
            on = stage.monday + dt.timedelta(weeks=week) - dt.timedelta(days=place % 5)
            team.add_document(actor=stage.owner.actor, clinician_id=clinician_id, kind="caqh", name="", issued_on=on)


def _end(script: Script, monday: dt.date) -> dt.date:
    return monday + dt.timedelta(weeks=script.weeks)
