"""Puts clients on file and on the calendar, as the scheduler does when somebody comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from clients import services as intake
from clients.services import NewClient, NewCoverage
from desk.demo import fate
from desk.demo.caseload import GROUP, Person
from desk.demo.names import FIRST_NAMES, PAYERS
from desk.demo.setup import ADDRESS
from desk.demo.stage import Stage
from scheduling.booking import book
from scheduling.facts import Booking, Repeat

_KIN = {"couple": "Partner", "family": "Parent and sibling"}


def welcome(stage: Stage, week: int) -> None:
    """Everybody whose first week this is: record, coverage, authorization, and their time on the calendar."""
    new = [person for person in stage.people.values() if person.start_week == week]
    monday = stage.monday + dt.timedelta(weeks=week)
    made = intake.add_clients(actor=stage.scheduler, people=[_new(stage, person, monday) for person in new])
    ids = {person.key: row.pk for person, row in zip(new, made, strict=True)}
    _cover(stage, new, ids, monday)
    for person in new:
        if person.kind != GROUP:
            _book(stage, person, ids[person.key], monday)
    grouped = [person for person in new if person.kind == GROUP]
    if grouped:
        _book_group(stage, grouped, ids, monday)


def _new(stage: Stage, person: Person, monday: dt.date) -> NewClient:
    is_own = fate.happens(150, stage.draws(), "brought", person.place)
    values: dict[str, Any] = {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "date_of_birth": person.born,
        "sex": person.sex,
        "phone": f"215-555-{1000 + person.place * 7:04}",
        "since": monday,
        "own_rate": person.own_rate,
        "external_id": person.key,
        "sourced_by_id": stage.clinician_ids[person.clinician] if is_own else None,
        **ADDRESS,
    }
    return NewClient(values, (), _diagnoses(stage, person), stage.clinician_ids[person.clinician])


def _diagnoses(stage: Stage, person: Person) -> tuple[str, ...]:
    """Some of those who came last have none yet, which the billing day finds."""
    is_last = person.start_week >= stage.script.weeks - 1 and person.start_week > 0
    return () if is_last else person.diagnoses


def _cover(stage: Stage, new: Sequence[Person], ids: dict[str, int], monday: dt.date) -> None:
    insured = [person for person in new if person.payer]
    second = [_second(stage, person, ids[person.key], monday) for person in insured if person.second_payer]
    rows = [
        NewCoverage(ids[person.key], stage.payers[PAYERS[person.payer]["payer_id"]], _card(stage, person), monday)
        for person in insured
    ]
    for person, made in zip(insured, intake.add_coverages(actor=stage.scheduler, rows=rows), strict=True):
        if person.authorized and not isinstance(made, str):
            intake.add_authorization(
                actor=stage.scheduler,
                coverage_id=made.pk,
                number=f"AUTH{70000 + person.place}",
                units=person.authorized,
                codes=[],
                starts_on=monday,
                ends_on=monday + dt.timedelta(days=364),
            )
    intake.add_coverages(actor=stage.scheduler, rows=second)


def _second(stage: Stage, person: Person, client_id: int, monday: dt.date) -> NewCoverage:
    """The plan that pays what the first one leaves."""
    payer = stage.payers[PAYERS[person.second_payer]["payer_id"]]
    return NewCoverage(client_id, payer, {"member_id": person.second_member_id, "rank": "secondary"}, monday)


def _card(stage: Stage, person: Person) -> dict[str, Any]:
    card: dict[str, Any] = {"member_id": person.member_id, "copay": person.copay}
    if not person.is_dependent:
        return card
    return card | {
        "relationship": "19",
        "subscriber_first_name": fate.choose(FIRST_NAMES, stage.draws(), "parent", person.place),
        "subscriber_last_name": person.last_name,
        "subscriber_date_of_birth": person.born - dt.timedelta(days=11000),
        "subscriber_sex": "F" if person.place % 2 else "M",
        **ADDRESS_OF_SUBSCRIBER,
    }


ADDRESS_OF_SUBSCRIBER = {name: ADDRESS[name] for name in ("address1", "address2", "city", "state", "zip")}


def _book(stage: Stage, person: Person, client_id: int, monday: dt.date) -> None:
    """An intake for whoever is new, then their series."""
    first = monday + dt.timedelta(days=person.weekday)
    if person.start_week:
        book(actor=stage.scheduler, booking=_booking(stage, person, (client_id,), first))
        first += dt.timedelta(weeks=1)
    elif person.every_weeks > 1 and person.place % 2:
        first += dt.timedelta(weeks=1)
    series = Repeat(person.every_weeks)
    book(actor=stage.scheduler, booking=_booking(stage, person, (client_id,), first, repeat=series))


def _book_group(stage: Stage, grouped: Sequence[Person], ids: dict[str, int], monday: dt.date) -> None:
    one = grouped[0]
    first = monday + dt.timedelta(days=one.weekday)
    clients = tuple(ids[person.key] for person in grouped)
    book(actor=stage.scheduler, booking=_booking(stage, one, clients, first, repeat=Repeat(1)))


def _booking(
    stage: Stage, person: Person, clients: tuple[int, ...], date: dt.date, *, repeat: Repeat | None = None
) -> Booking:
    """Without `repeat` the first visit of somebody new."""
    service = stage.services[person.code if repeat else person.intake]
    kind = person.kind if repeat else "individual"
    return Booking(
        kind=kind,
        date=date,
        time=person.time,
        minutes=service.minutes,
        clinician_ids=(stage.clinician_ids[person.clinician],),
        client_ids=clients,
        service_id=service.pk,
        title="Thursday group" if kind == GROUP else "",
        others=_KIN.get(kind, ""),
        location_id=None if person.telehealth else stage.office_id,
        telehealth=person.telehealth,
        repeat=repeat,
    )
