"""What the forms of the set-up start with. The EIN is never among it."""

from __future__ import annotations

from typing import Any

from django.forms.models import model_to_dict

from practice.models import Location, PayerEnrollment, PayerNumber, Practice, PracticePayer, PracticeSettings, Service
from practice.setup.services import locations, offers, payers
from practice.setup.services.identity import ADDRESS

_IDENTITY = ("legal_name", "npi", "taxonomy", "phone", "email", "contact_name")
_POLICIES = (
    "late_cancel_hours", "late_cancel_fee", "no_show_fee", "attester", "confirm_within_hours", "send_delay_minutes",
)  # fmt: skip


def identity(row: PracticeSettings) -> dict[str, Any]:
    """Who the practice is."""
    return model_to_dict(row, _IDENTITY)


def addresses(row: PracticeSettings) -> dict[str, Any]:
    """Both addresses."""
    pay_to = {f"pay_to_{name}": getattr(row, f"pay_to_{name}") for name in ADDRESS}
    return model_to_dict(row, ADDRESS) | pay_to | {"elsewhere": any(pay_to.values())}


def look(row: PracticeSettings, practice: Practice) -> dict[str, Any]:
    """Name, time zone and color."""
    return {"name": practice.name, "time_zone": practice.time_zone, "accent": row.accent}


def policies(row: PracticeSettings) -> dict[str, Any]:
    """Late cancels, no-shows, attestation."""
    return model_to_dict(row, _POLICIES)


def location(row: Location) -> dict[str, Any]:
    """A location."""
    return model_to_dict(row, locations.FACTS)


def service(row: Service) -> dict[str, Any]:
    """A service; the codes it is added to as text."""
    return model_to_dict(row, offers.FACTS) | {"add_on_to": ", ".join(row.add_on_to)}


def payer(row: PracticePayer) -> dict[str, Any]:
    """A payer with its dates and numbers; two queries."""
    since = PayerEnrollment.objects.filter(payer=row).values_list("transaction", "since")
    numbers = PayerNumber.objects.filter(payer=row).values_list("clearinghouse", "number")
    return (
        model_to_dict(row, payers.FACTS)
        | {f"since_{code}": date for code, date in since}
        | {f"number_{key}": number for key, number in numbers}
    )
