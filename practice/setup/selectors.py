"""What is read of the set-up, for pages and for other rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from practice.models import (
    ContractRate,
    Location,
    PayerEnrollment,
    Practice,
    PracticePayer,
    PracticeSettings,
    Service,
    ServiceFee,
)
from practice.models.setup import EVERY_LEVEL
from practice.setup import completeness, steps
from practice.setup.completeness import Missing, SetupFacts
from practice.setup.steps import StepState
from practice.tenancy.context import current_or_none, is_broken

Rates = Mapping[tuple[int, int, str], Decimal]
_OWN: Final = (
    "legal_name", "has_ein", "npi", "taxonomy", "phone", "contact_name", "street", "city", "state", "zip",
)  # fmt: skip


def get_settings(*, lock: bool = False) -> PracticeSettings:
    """The settings of the open practice, made when it has none yet; `lock` holds the row until the commit."""
    rows = (
        PracticeSettings.objects.select_for_update(of=("self",), no_key=True)
        if lock
        else PracticeSettings.objects.all()
    )
    found = rows.first()
    if found is None:
        PracticeSettings.objects.get_or_create()
        found = rows.get()
    return found


def fees_on(date: dt.date, service_ids: Collection[int] | None = None) -> dict[int, Decimal]:
    """The practice's own fee of each service on a date, in dollars; services without one are left out. One query."""
    rows = ServiceFee.objects.filter(holds_on(date))
    if service_ids is not None:
        rows = rows.filter(service__in=list(service_ids))
    return dict(rows.values_list("service_id", "amount"))


def rates_on(date: dt.date, payer_ids: Collection[int]) -> dict[tuple[int, int, str], Decimal]:
    """What the payers agreed to pay on a date: {(payer, service, level): dollars}; one query.

    An empty level stands for every level without a rate of its own: look up with `rate_for`. Empty where the
    context's rates wall is closed.
    """
    rows = ContractRate.objects.filter(holds_on(date, "contract__"), contract__payer__in=list(payer_ids))
    found = rows.values_list("contract__payer", "service", "level", "amount")
    return {(int(payer), int(service), level): amount for payer, service, level, amount in found}


def rate_for(rates: Rates, payer_id: int, service_id: int, level: str) -> Decimal | None:
    """The rate of the level, or the one for every level; None when nothing was agreed."""
    own = rates.get((payer_id, service_id, level))
    return own if own is not None else rates.get((payer_id, service_id, EVERY_LEVEL))


def missing(practice: Practice, today: dt.date) -> list[Missing]:
    """What a claim still needs of this practice; at most five queries."""
    return _missing(practice, today, get_settings())


def step_states(practice: Practice, today: dt.date) -> list[StepState]:
    """Every step that applies here, with where it stands."""
    settings = get_settings()
    found = _missing(practice, today, settings)
    return steps.states(found, settings.steps_done, treats_clients=practice.treats_clients)


def setup_facts(today: dt.date, settings: PracticeSettings) -> SetupFacts:
    """The facts of a practice that treats clients; four queries."""
    locations = list(Location.objects.filter(is_active=True))
    services = list(Service.objects.filter(is_active=True))
    payers = list(payers_with_claims().filter(is_active=True))
    priced = fees_on(today)
    own = _identity_facts(settings)
    return SetupFacts(
        **{name: getattr(own, name) for name in _OWN},
        locations=len(locations),
        locations_without_address=tuple(row.name for row in locations if not row.is_telehealth and not row.has_address),
        services=len(services),
        services_without_fee=tuple(row.code or row.name for row in services if row.pk not in priced),
        payers=len(payers),
        payers_without_id=tuple(row.name for row in payers if not row.payer_id),
        payers_without_claims=tuple(row.name for row in payers if row.payer_id and not row.takes_claims),  # type: ignore[attr-defined]
    )


def payers_with_claims() -> QuerySet[PracticePayer]:
    """Payers with `takes_claims`: whether the date since when they take our 837 is known."""
    enrolled = PayerEnrollment.objects.filter(payer=OuterRef("pk"), transaction=PayerEnrollment.Transaction.CLAIMS)
    return PracticePayer.objects.annotate(takes_claims=Exists(enrolled))


def logo_key(practice: Practice) -> str:
    """What changes when the logo does; empty when there is none, or no page of the practice is being made."""
    context = current_or_none()
    if context is None or context.practice_id != practice.pk or is_broken():
        return ""
    found = PracticeSettings.objects.filter(logo__isnull=False).values_list("logo__sha256", flat=True).first()
    return found[:12] if found else ""


def _missing(practice: Practice, today: dt.date, settings: PracticeSettings) -> list[Missing]:
    facts = setup_facts(today, settings) if practice.treats_clients else _identity_facts(settings)
    return completeness.missing(facts, treats_clients=practice.treats_clients)


def _identity_facts(row: PracticeSettings) -> SetupFacts:
    return SetupFacts(
        legal_name=row.legal_name,
        has_ein=bool(row.ein),
        npi=row.npi,
        taxonomy=row.taxonomy,
        phone=row.phone,
        contact_name=row.contact_name,
        street=row.address1,
        city=row.city,
        state=row.state,
        zip=row.zip,
    )


def holds_on(date: dt.date, path: str = "") -> Q:
    """That a row with `starts_on` and `ends_on`, itself or along a relation, holds on the date."""
    begun = Q(**{f"{path}starts_on__lte": date})
    return begun & (Q(**{f"{path}ends_on__isnull": True}) | Q(**{f"{path}ends_on__gte": date}))
