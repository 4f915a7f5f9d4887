"""The bench's practice: its set-up, its clinicians and their clients, five years ago."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any, Final

from clients.models import Caseload, Client, ClientDiagnosis, Coverage
from clinicians.models import Clinician, Enrollment, License
from practice.accounts import founding, invitations
from practice.models import (
    Location,
    PayerEnrollment,
    PayerRules,
    Practice,
    PracticePayer,
    PracticeSettings,
    Service,
    ServiceFee,
)
from practice.models.payer_rules import ALWAYS
from practice.npi import npi_is_valid
from practice.tenancy.context import practice_context

EACH: Final = 25  # clients of a clinician, each seen once a week
ADDRESS: Final = {"address1": "12 Mill Street", "city": "Ardmore", "state": "PA", "zip": "19003-1234"}
IDENTITY: Final = {
    "legal_name": "Bench PC",
    "ein": "123456789",
    "npi": "1245319599",
    "taxonomy": "261QM0801X",
    "phone": "215-555-0142",
    "contact_name": "Ada Quill",
}
LATER: Final = dt.timedelta(days=3650)
TIME_ZONE: Final = "America/New_York"


@dataclass(slots=True)
class Staffed:
    """The practice with what its sessions refer to."""

    practice: Practice
    email: str
    service: Service
    place: Location
    clinicians: list[Clinician]


def staff(clinicians: int, since: dt.date) -> Staffed:
    """Founds it and fills it; in the caller's transaction."""
    practice, email = _found()
    with practice_context(practice.pk, phi=True, rates=True):
        settings, _ = PracticeSettings.objects.get_or_create()
        for name, value in {**IDENTITY, **ADDRESS}.items():
            setattr(settings, name, value)
        settings.save()
        payer = PracticePayer.objects.create(name="Keystone Mutual", payer_id="KEY01")
        PayerRules.objects.create(payer=payer, starts_on=ALWAYS, filing_days=3650)
        PayerEnrollment.objects.create(payer=payer, transaction="837", since=since)
        place = Location.objects.create(name="Ardmore", **ADDRESS)
        service = Service.objects.create(
            code="90834", name="Therapy 45", kind="individual", minutes=45, time_min=38, time_max=52
        )
        ServiceFee.objects.create(service=service, amount=Decimal("142.10"), starts_on=since)
        made = _clinicians(clinicians, payer, since)
        _clients(made, payer, since)
    return Staffed(practice, email, service, place, made)


def _found() -> tuple[Practice, str]:
    tokens: list[str] = []

    def link(token: str) -> str:
        tokens.append(token)
        return f"/account/invitation/{token}/"

    email = f"owner-{secrets.token_hex(4)}@bench.example"
    founding.invite_owner(email=email, first_name="Ada", last_name="Quill", link=link)
    user = invitations.accept_as_new(
        token=tokens[-1], first_name="Ada", last_name="Quill", password=secrets.token_urlsafe(16), ip=None
    )
    return founding.found_practice(user=user, name="Bench", kind="practice", time_zone=TIME_ZONE), email


def _clinicians(number: int, payer: PracticePayer, since: dt.date) -> list[Clinician]:
    npis = (stem for stem in map(str, count(1200000000)) if npi_is_valid(stem))
    facts: dict[str, Any] = {"level": "independent", "taxonomy": "106H00000X", "starts_on": since}
    rows = Clinician.objects.bulk_create(
        Clinician(first_name="Cora", last_name=f"Finch {place:04}", npi=next(npis), **facts) for place in range(number)
    )
    License.objects.bulk_create(
        License(clinician=row, state="PA", kind="LMFT", number=row.npi, expires_on=since + LATER) for row in rows
    )
    Enrollment.objects.bulk_create(
        Enrollment(clinician=row, payer=payer, status="effective", effective_on=since) for row in rows
    )
    return rows


def _clients(clinicians: list[Clinician], payer: PracticePayer, since: dt.date) -> None:
    pairs = [(clinician, place) for clinician in clinicians for place in range(EACH)]
    facts: dict[str, Any] = {"date_of_birth": dt.date(1990, 4, 2), "sex": "F", "since": since, **ADDRESS}
    rows = Client.objects.bulk_create(
        (
            Client(number=number, first_name="Mara", last_name=f"Vega {number:06}", **facts)
            for number, _ in enumerate(pairs, start=1)
        ),
        batch_size=2000,
    )
    plans = (Coverage(client=row, payer=payer, member_id=f"K{row.number}", starts_on=since) for row in rows)
    Coverage.objects.bulk_create(plans, batch_size=2000)
    codes = (ClientDiagnosis(client=row, code="F41.1", starts_on=since) for row in rows)
    ClientDiagnosis.objects.bulk_create(codes, batch_size=2000)
    cases = (
        Caseload(client=row, clinician=clinician, starts_on=since)
        for row, (clinician, _) in zip(rows, pairs, strict=True)
    )
    Caseload.objects.bulk_create(cases, batch_size=2000)
