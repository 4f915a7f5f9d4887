"""What stands on a receipt and on a superbill; each export is written into the trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.shortcuts import get_object_or_404

from billing.models import Account, Charge, ClientPayment, Entry, LedgerLine
from billing.money.policies import visible_clients
from billing.money.selectors import is_reversed
from billing.money.words import charge_name, method_words
from billing.pdf.errors import DocumentRefusedError
from billing.receivables import paid_by_client
from clients.models import Client, ClientDiagnosis
from clinicians.models import Clinician, License
from practice import audit, clock
from practice.actors import Actor
from practice.models import Practice, PracticeSettings
from practice.money import ZERO, total

_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """What a payment paid, in dollars."""

    words: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class SuperbillLine:
    """One service as an insurer reads it; `letters` point to the diagnoses, amounts are in dollars."""

    charge: Charge
    place: str
    letters: str
    clinician_number: int
    paid: Decimal


@dataclass(frozen=True, slots=True)
class Provider:
    """Who gave the services, with the license that held on the first day."""

    clinician: Clinician
    license: License | None


@transaction.atomic
def receipt(*, actor: Actor, payment_id: int) -> dict[str, Any]:
    """What stands on the receipt of a payment or a refund; refuses one that was taken back."""
    actor.require("money:view")
    payments = ClientPayment.objects.filter(client__in=visible_clients(actor).values("pk"))
    payment = get_object_or_404(payments.select_related("client"), pk=payment_id)
    if is_reversed(payment.pk):
        raise DocumentRefusedError("This payment was taken back. There is no receipt for it.")
    facts = _letterhead(actor)
    entry = Entry.objects.filter(payment=payment, reverses=None)
    lines = LedgerLine.objects.filter(entry__in=entry.values("pk"), account=Account.CLIENT_RECEIVABLE)
    applied = [
        ReceiptLine(charge_name(line.charge, facts["today"]), -line.amount)
        for line in lines.select_related("charge").order_by("pk")
        if line.charge is not None
    ]
    audit.record("receipt.exported", actor=actor, row=payment, client_id=payment.client_id)
    return facts | {
        "payment": payment,
        "client": payment.client,
        "is_refund": payment.direction == ClientPayment.Direction.REFUND,
        "how": method_words(payment),
        "applied": applied,
        "rest": payment.amount - total(line.amount for line in applied),
    }


@transaction.atomic
def superbill(*, actor: Actor, client_id: int, charge_ids: Sequence[int]) -> dict[str, Any]:
    """What stands on a superbill; DocumentRefusedError names every fact that is missing.

    It shows the whole EIN, because insurers refuse a superbill without it; the trail says so.
    """
    actor.require("money:view")
    client = get_object_or_404(visible_clients(actor), pk=client_id)
    charges = _billable(client, charge_ids)
    if not charges:
        raise DocumentRefusedError("Choose at least one session with a code.")
    if len(charges) > _MOST:
        raise DocumentRefusedError(f"A superbill holds {_MOST} lines at most. Choose fewer sessions.")
    facts = _letterhead(actor)
    providers, diagnoses = _providers(charges), _diagnoses(client, charges)
    missing = _missing(facts["settings"], client, charges, providers)
    if missing:
        raise DocumentRefusedError("The superbill would not be complete.", missing)
    lines = _lines(charges, providers, diagnoses)
    kept = {"charges": [charge.pk for charge in charges], "discloses": ["EIN"]}
    audit.record("superbill.exported", actor=actor, row=client, client_id=client.pk, after=kept)
    digits = str(facts["settings"].ein).replace("-", "")
    return facts | {
        "ein": f"{digits[:2]}-{digits[2:]}",
        "client": client,
        "providers": providers,
        "diagnoses": list(zip(_letters(len(diagnoses)), diagnoses.items(), strict=True)),
        "lines": lines,
        "charged": total(charge.amount for charge in charges),
        "paid": total(line.paid for line in lines),
    }


def _letterhead(actor: Actor) -> dict[str, Any]:
    practice = Practice.objects.get(pk=actor.practice_id)
    settings = PracticeSettings.objects.first() or PracticeSettings()
    return {
        "practice": practice,
        "settings": settings,
        "practice_name": settings.legal_name or practice.name,
        "today": clock.today(practice),
    }


def _billable(client: Client, charge_ids: Sequence[int]) -> list[Charge]:
    rows = Charge.objects.filter(client=client, pk__in=charge_ids, undone_at=None, code__gt="")
    return list(rows.select_related("attendance", "clinician").order_by("service_on", "pk"))


def _providers(charges: Sequence[Charge]) -> list[Provider]:
    people = {charge.clinician_id: charge.clinician for charge in charges}
    first = min(charge.service_on for charge in charges)
    licenses = License.objects.filter(clinician__in=list(people), expires_on__gte=first).order_by("-expires_on")
    held = {row.clinician_id: row for row in licenses}
    return [Provider(person, held.get(pk)) for pk, person in people.items()]


def _diagnoses(client: Client, charges: Sequence[Charge]) -> dict[str, str]:
    codes = dict.fromkeys(code for charge in charges for code in charge.attendance.diagnoses)
    words = dict(ClientDiagnosis.objects.filter(client=client).values_list("code", "words"))
    return {code: words.get(code, "") for code in codes}


def _missing(
    settings: PracticeSettings, client: Client, charges: Sequence[Charge], providers: Sequence[Provider]
) -> list[str]:
    of_practice = {
        "the practice’s legal name": settings.legal_name,
        "the practice’s address": settings.has_address,
        "the practice’s EIN": settings.ein,
        "the practice’s NPI": settings.npi,
        "the client’s date of birth": client.date_of_birth,
        "the client’s address": client.has_address,
    }
    missing = [words for words, value in of_practice.items() if not value]
    for provider in providers:
        name = provider.clinician.name
        missing += [f"the NPI of {name}"] if not provider.clinician.npi else []
        missing += [f"a license of {name} that held on the first day"] if provider.license is None else []
    for charge in charges:
        day = f"{charge.service_on:%b} {charge.service_on.day}"
        missing += [f"a diagnosis on {day}"] if not charge.attendance.diagnoses else []
        missing += [f"the place of service on {day}"] if not charge.attendance.place_of_service else []
    return list(dict.fromkeys(missing))


def _lines(charges: Sequence[Charge], providers: Sequence[Provider], diagnoses: dict[str, str]) -> list[SuperbillLine]:
    letters = dict(zip(diagnoses, _letters(len(diagnoses)), strict=True))
    numbers = {provider.clinician.pk: place for place, provider in enumerate(providers, start=1)}
    paid = paid_by_client([charge.pk for charge in charges])
    return [
        SuperbillLine(
            charge=charge,
            place=charge.attendance.place_of_service,
            letters=", ".join(letters[code] for code in charge.attendance.diagnoses),
            clinician_number=numbers[charge.clinician_id],
            paid=paid.get(charge.pk, ZERO),
        )
        for charge in charges
    ]


def _letters(count: int) -> list[str]:
    """A to Z, then A2 and so on."""
    return [chr(ord("A") + place % 26) + (str(place // 26 + 1) if place >= 26 else "") for place in range(count)]  # noqa: PLR2004
