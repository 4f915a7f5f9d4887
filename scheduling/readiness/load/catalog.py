"""What many attendances share: the practice, its services and places, the people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from practice import clock
from practice.models import Location, Practice, PracticeSettings, Service, ServiceFee
from practice.tenancy.context import current
from scheduling.readiness.facts import (
    ClientFacts,
    ClinicianFacts,
    FeeFacts,
    LocationFacts,
    PracticeFacts,
    ServiceFacts,
)
from scheduling.readiness.load import people
from scheduling.readiness.load.packed import Packed, as_text, day, first_day, packed


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything by id, and the time where the practice is."""

    now: dt.datetime
    zone: dt.tzinfo
    settings: PracticeSettings | None
    practice: PracticeFacts
    services: dict[int, ServiceFacts]
    locations: dict[int, LocationFacts]
    clients: dict[int, ClientFacts]
    clinicians: dict[int, ClinicianFacts]

    @classmethod
    def for_ids(cls, client_ids: Collection[int], clinician_ids: Collection[int]) -> Self:
        """Loads it all, in a constant number of queries."""
        row = PracticeSettings.objects.select_related("practice").first()
        practice = row.practice if row else Practice.objects.get(pk=current().practice_id)
        services = _services()
        return cls(
            now=clock.local(practice, clock.now()),
            zone=clock.zone(practice),
            settings=row,
            practice=_practice(row, tuple(services.values())),
            services=services,
            locations={row.pk: _location(row) for row in Location.objects.all()},
            clients=people.clients(client_ids, people.plans(client_ids)),
            clinicians=people.clinicians(clinician_ids),
        )

    @classmethod
    def empty(cls) -> Self:
        """Of nobody: where nothing was asked for."""
        return cls(clock.now(), dt.UTC, None, PracticeFacts(is_set_up=False), {}, {}, {}, {})

    def local(self, instant: dt.datetime) -> dt.datetime:
        """The instant on the practice's wall clock."""
        return instant.astimezone(self.zone)


def _services() -> dict[int, ServiceFacts]:
    amounts = packed(
        ServiceFee, "service", "starts_on", amount=as_text("amount"), starts_on="starts_on", ends_on="ends_on"
    )
    return {row.pk: _service(row, row.amounts) for row in Service.objects.annotate(amounts=amounts)}


def _service(row: Service, fees: list[Packed]) -> ServiceFacts:
    return ServiceFacts(
        id=row.pk,
        code=row.code,
        name=row.name,
        kind=row.kind,
        time_min=row.time_min,
        time_max=row.time_max,
        units_rule=row.units_rule,
        add_on_to=tuple(row.add_on_to),
        needs_diagnosis=row.needs_diagnosis,
        telehealth=row.telehealth,
        insured=row.insured,
        is_active=row.is_active,
        fees=tuple(
            FeeFacts(amount=Decimal(fee["amount"]), starts_on=first_day(fee["starts_on"]), ends_on=day(fee["ends_on"]))
            for fee in fees
        ),
    )


def _practice(row: PracticeSettings | None, services: tuple[ServiceFacts, ...]) -> PracticeFacts:
    if row is None:
        return PracticeFacts(is_set_up=False, services=services)
    return PracticeFacts(
        legal_name=row.legal_name,
        has_ein=bool(row.ein),
        npi=row.npi,
        taxonomy=row.taxonomy,
        address1=row.address1,
        city=row.city,
        state=row.state,
        zip=row.zip,
        services=services,
    )


def _location(row: Location) -> LocationFacts:
    return LocationFacts(
        id=row.pk,
        name=row.name,
        place_of_service=row.place_of_service,
        address1=row.address1,
        state=row.state,
        zip=row.zip,
        is_telehealth=row.is_telehealth,
    )
