"""How each practice is set up: settings, locations, services with fees, two payers and a contract."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from practice import clock, files
from practice.actors import Actor
from practice.models import (
    Contract,
    ContractRate,
    Location,
    PayerEnrollment,
    PayerRules,
    PracticePayer,
    PracticeSettings,
    Service,
    ServiceFee,
)
from practice.models import Practice as PracticeRow
from tests.matrix.world import World, builds

LOGO: Final = b"\x89PNG\r\n\x1a\n" + bytes(24)
SINCE: Final = dt.date(2026, 1, 1)
KIND = Service.Kind
SERVICES: Final = (
    ("90791", "Diagnostic evaluation", KIND.INTAKE, (16, None), "250.00"),
    ("90834", "Psychotherapy, 45 minutes", KIND.INDIVIDUAL, (38, 52), "160.00"),
    ("90837", "Psychotherapy, 60 minutes", KIND.INDIVIDUAL, (53, None), "190.00"),
    ("90847", "Family psychotherapy, client present", KIND.FAMILY, (26, None), "180.00"),
    ("90853", "Group psychotherapy", KIND.GROUP, (None, None), "65.00"),
    ("90785", "Interactive complexity", KIND.ADD_ON, (None, None), "20.00"),
)
ADDED_TO: Final = {"90785": ["90791", "90834", "90837", "90853"]}
RATES: Final = {"90834": "118.40", "90837": "142.00"}
ADDRESS: Final = {"address1": "12 Mill Street", "city": "Albany", "state": "NY", "zip": "12207-1234"}


@builds
def setup(world: World, practice: PracticeRow) -> dict[str, Any]:
    """Everything a claim and a pay run need of the practice itself."""
    services = {f"service_{facts[0]}": _service(*facts) for facts in SERVICES}
    payer, other = _payer("Evergreen Health", "EVG01"), _payer("Harbor Mutual", "HBR01")
    return {
        **services,
        "settings": _settings(practice),
        "office": Location.objects.create(name="Main office", place_of_service="11", **ADDRESS),
        "telehealth": Location.objects.create(name="Telehealth", place_of_service="10", is_telehealth=True),
        "payer": payer,
        "other_payer": other,
        "contract": _contract(payer, services),
        "ended_contract": Contract.objects.create(
            payer=other, name="2026 rates", starts_on=SINCE, ends_on=dt.date(2026, 12, 31)
        ),
        "retired_location": Location.objects.create(name="Old office", place_of_service="11", is_active=False),
        "retired_service": Service.objects.create(
            code="90832", name="Brief session", kind=KIND.INDIVIDUAL, is_active=False
        ),
        "payer_rules": PayerRules.objects.create(payer=payer, starts_on=dt.date(2026, 6, 1), filing_days=60),
        "withdrawn_rules": PayerRules.objects.create(payer=other, starts_on=SINCE, withdrawn_at=clock.now()),
        "retired_payer": PracticePayer.objects.create(name="Old Mutual", payer_id="OLD01", is_active=False),
    }


def _settings(practice: PracticeRow) -> PracticeSettings:
    return PracticeSettings.objects.create(
        legal_name=f"{practice.name} PLLC",
        ein="123456789",
        npi="1234567893",
        taxonomy="261QM0801X",
        phone="518-555-0100",
        contact_name="Billing office",
        business_model=PracticeSettings.BusinessModel.INTEGRATED,
        late_cancel_fee=Decimal("75.00"),
        no_show_fee=Decimal("100.00"),
        logo=files.store_for_practice(LOGO, name="logo.png", actor=Actor.system(practice.pk)),
        **ADDRESS,
    )


def _service(code: str, name: str, kind: str, minutes: tuple[int | None, int | None], fee: str) -> Service:
    low, high = minutes
    service = Service.objects.create(
        code=code, name=name, kind=kind, time_min=low, time_max=high, add_on_to=ADDED_TO.get(code, [])
    )
    ServiceFee.objects.create(service=service, amount=Decimal(fee), starts_on=SINCE)
    return service


def _payer(name: str, payer_id: str) -> PracticePayer:
    payer = PracticePayer.objects.create(name=name, payer_id=payer_id)
    for transaction in PayerEnrollment.Transaction.values:
        PayerEnrollment.objects.create(payer=payer, transaction=transaction, since=SINCE)
    return payer


def _contract(payer: PracticePayer, services: dict[str, Service]) -> Contract:
    contract = Contract.objects.create(payer=payer, name="2026 rates", starts_on=SINCE)
    for code, amount in RATES.items():
        ContractRate.objects.create(contract=contract, service=services[f"service_{code}"], amount=Decimal(amount))
    return contract
