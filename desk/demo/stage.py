"""A practice of the demo while its history is lived: who acts there, and what the days need of its set-up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from clients.policies import visible_clients
from clinicians.policies import visible_clinicians
from desk.demo import accounts, caseload
from desk.demo.caseload import Person
from desk.demo.cast import PERSONAS
from desk.demo.script import Script
from desk.demo.setup import OFFICE
from practice import access, clock
from practice.access import Access
from practice.accounts import people
from practice.actors import Actor
from practice.permissions import Role
from practice.setup import lists
from practice.tenancy.context import practice_context


@dataclass(frozen=True, slots=True)
class Stage:
    """Clinicians are in the order of the script, people by the key under which the practice has them on file."""

    script: Script
    monday: dt.date
    owner: Access
    biller: Actor
    scheduler: Actor
    accountant: Actor
    clinicians: tuple[Actor, ...]
    clinician_ids: tuple[int, ...]
    services: dict[str, Any]
    payers: dict[str, Any]
    office_id: int
    people: dict[str, Person]

    @property
    def practice(self) -> Any:
        """The practice itself."""
        return self.owner.practice

    def moment(self, date: dt.date, hour: int, minute: int = 0) -> dt.datetime:
        """When the practice's clock shows this time."""
        return clock.instant(self.practice, date, dt.time(hour, minute))

    def draws(self) -> str:
        """The name under which chance is asked."""
        return self.script.business.name

    def ids(self) -> dict[str, int]:
        """The clients who are on file, by their key; one query."""
        return dict(visible_clients(self.owner.actor).values_list("external_id", "pk"))

    @contextmanager
    def at(self, moment: dt.datetime) -> Iterator[None]:
        """The practice's context in a transaction of its own, with the clock at the moment."""
        with clock.at(moment), transaction.atomic(), practice_context(self.practice.pk, phi=True, rates=True):
            yield


def load(script: Script, monday: dt.date) -> Stage:
    """The practice as it was set up, ready to be lived in; needs no context."""
    owner = accounts.enter(script.business)
    with transaction.atomic(), practice_context(owner.practice.pk, phi=True, rates=True):
        clinicians = {row.npi: row for row in visible_clinicians(owner.actor)}
        rows = [clinicians[one.npi] for one in script.team]
        today = clock.today(owner.practice)
        return Stage(
            script=script,
            monday=monday,
            owner=owner,
            biller=_with(Role.BILLER, script, owner),
            scheduler=_with(Role.SCHEDULER, script, owner),
            accountant=_with(Role.ACCOUNTANT, script, owner),
            clinicians=tuple(_acting(row, owner) for row in rows),
            clinician_ids=tuple(row.pk for row in rows),
            services={row.service.code: row.service for row in lists.services(today)},
            payers={row.payer.payer_id: row.payer for row in lists.payers(owner.actor, today)},
            office_id=next(row.location.pk for row in lists.locations() if row.location.name == OFFICE),
            people={person.key: person for person in caseload.people(script, _joins_in(script, rows, monday))},
        )


def _joins_in(script: Script, rows: Sequence[Any], monday: dt.date) -> int:
    """The first whole week of whoever joined last."""
    if script.newcomer is None:
        return 0
    days: int = (rows[script.newcomer].starts_on - monday).days
    return max(-(-days // 7), 0)


def _with(role: Role, script: Script, owner: Access) -> Actor:
    """Who has the role there; the owner where nobody else does."""
    who = next((one for one in PERSONAS if one.business == script.business and role in one.roles), None)
    return accounts.enter(script.business, who).actor if who else owner.actor


def _acting(row: Any, owner: Access) -> Actor:
    user = people.account_of(row.email)
    entry = access.enter(user, owner.practice.slug) if user else None
    if entry is None:
        raise LookupError(f"{row.name} cannot enter {owner.practice}.")
    return entry.actor
