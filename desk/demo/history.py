"""Lives the demo's days: each step in a transaction that strikes it off, so that none is ever done twice.

What is left to do stands in the database as due work. Whoever is interrupted goes on there; what is done is done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from billing.claims import batching, leaving
from billing.clearinghouses import polling
from billing.connections import selectors as connections
from billing.day import services as billing_day
from billing.inbound import services as inbound
from desk.demo import accounts, haste, paydays, payer, sandbox, setup, steps, team
from desk.demo.cast import NORTHLIGHT
from desk.demo.payer import Payer
from desk.demo.script import Script
from desk.demo.stage import Stage, load
from desk.demo.steps import KIND, Step
from practice import clock, due, mail
from practice.tenancy.context import practice_context
from scheduling import series

BILLS_AFTER: Final = dt.timedelta(minutes=2)
LEAVES_AFTER: Final = dt.timedelta(minutes=20)
READS_AFTER: Final = dt.timedelta(minutes=3)
SOON: Final = dt.timedelta(days=180)
FIRST: Final = "first:"
WORK: Final = (mail.KIND, billing_day.KIND, batching.LEAVE, leaving.SEND, inbound.KIND)
Tell = Callable[[str], None]


@haste.not_waiting_for_the_disk()
def make(scripts: Sequence[Script], folder: Path, tell: Tell, *, worker_follows: bool = False) -> None:
    """Founds the practices unless they are there, and lives what is left of their days up to now.

    With `worker_follows` the last billing and all after it is left to the worker that runs next.
    """
    now = clock.now()
    if not accounts.is_there():
        found(scripts, now)
        for script in scripts:
            _work(steps.founding_moment(_monday(script, now)) + READS_AFTER)
    stages = [load(script, _monday(script, now)) for script in scripts]
    left = [one for stage in stages for one in _steps_left(stage, now)]
    if left:
        with payer.running(folder) as running:
            with clock.at(left[0].moment):
                sandbox.connect(running.doorway)
            _live(sorted(left, key=lambda one: (one.moment, one.key)), running, tell, worker_follows=worker_follows)
    for stage in stages:
        _finish(stage)


def is_finished(scripts: Sequence[Script]) -> bool:
    """Whether all of it is made: everybody is there and no step is left."""
    if not accounts.is_there():
        return False
    return not any(due.planned(KIND, practice_id=accounts.enter(one.business).practice.pk) for one in scripts)


@transaction.atomic
def found(scripts: Sequence[Script], now: dt.datetime) -> None:
    """The businesses with their people and set-up, each before its first Monday; and every step as due work."""
    mondays = {script: _monday(script, now) for script in scripts}
    with clock.at(min(steps.founding_moment(monday) for monday in mondays.values())):
        organization = accounts.found(NORTHLIGHT)
        accounts.invite_everybody(organization, NORTHLIGHT)
    for script, monday in mondays.items():
        with clock.at(steps.founding_moment(monday)):
            since = monday - dt.timedelta(days=90)
            owner = accounts.found(script.business)
            accounts.invite_everybody(owner, script.business)
            owner = accounts.enter(script.business)
            with practice_context(owner.practice.pk, phi=True, rates=True):
                setup.make(owner.actor, script, since)
                team.make(owner, script, monday, since, paydays.joins_on(monday, _day(script, now)))
            accounts.affiliate(owner, organization, monday)
            keys = [one.key for one in steps.steps(load(script, monday), now)]
            keys.append(f"{FIRST}{monday}")
            due.plan_many(KIND, practice_id=owner.practice.pk, object_ids=keys, due_at=now + SOON)


def _monday(script: Script, now: dt.datetime) -> dt.date:
    """The first day of its history: the one that stands written down while it is being made, else counted from now."""
    if accounts.is_there():
        kept = due.planned(KIND, practice_id=accounts.enter(script.business).practice.pk)
        begun = next((key.removeprefix(FIRST) for key in kept if key.startswith(FIRST)), "")
        if begun:
            return dt.date.fromisoformat(begun)
    return script.first_monday(_day(script, now))


def _day(script: Script, now: dt.datetime) -> dt.date:
    """The practice's own date."""
    return now.astimezone(ZoneInfo(script.business.time_zone)).date()


def _left(stage: Stage) -> frozenset[str]:
    return due.planned(KIND, practice_id=stage.practice.pk)


def _steps_left(stage: Stage, now: dt.datetime) -> list[Step]:
    keys = _left(stage)
    return [one for one in steps.steps(stage, now) if one.key in keys]


def _live(left: Sequence[Step], running: Payer, tell: Tell, *, worker_follows: bool) -> None:
    billings = [one for one in left if one.key.endswith("bill")]
    last = billings[-1].moment if billings and worker_follows else None
    shown, weeks = "", 0
    for one in left:
        alone = last is None or one.moment < last
        if alone and one.fetches:
            _fetch(one, running)
        with one.stage.at(one.moment):
            one.act(one.stage)
            due.done(KIND, practice_id=one.stage.practice.pk, object_id=one.key)
        if alone and one.sends:
            _work(one.moment + BILLS_AFTER)
            _work(one.moment + LEAVES_AFTER)
        week = f"{one.moment:%b} {one.moment.day}" if one.key.endswith("bill") else shown
        if week != shown:
            tell(week)
            shown, weeks = week, weeks + 1
            haste.look_at_the_tables(weeks)


def _fetch(one: Step, running: Payer) -> None:
    """The payer's day comes; what it has to say is fetched and read."""
    running.move_on(clock.local(one.stage.practice, one.moment).date())
    with one.stage.at(one.moment):
        found = [row.pk for row, _, _ in connections.connections()]
    for number in found:
        with clock.at(one.moment):
            polling.poll(one.stage.practice.pk, str(number))
    _work(one.moment + READS_AFTER)


def _work(moment: dt.datetime) -> None:
    """What a worker would do by now."""
    with clock.at(moment):
        while pieces := due.lease(kinds=WORK):
            for piece in pieces:
                due.perform(piece)


def _finish(stage: Stage) -> None:
    """Strikes off what would have come after now, and carries the calendar on as every night does."""
    with transaction.atomic():
        for key in _left(stage):
            due.done(KIND, practice_id=stage.practice.pk, object_id=key)
    while pieces := due.lease(kinds=(series.KIND,)):
        for piece in pieces:
            due.perform(piece)
