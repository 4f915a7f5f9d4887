"""The layouts of known exports and of our own templates, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from desk.imports.aliases import book, normal
from desk.imports.columns import FIELDS, Kind

OURS: Final = "Caseload"
_KINDS: Final[dict[str, tuple[Kind, ...]]] = {
    "simplepractice.client_details": (Kind.CLIENTS, Kind.COVERAGE),
    "simplepractice.client_demographics": (Kind.CLIENTS,),
    "simplepractice.appointment_status": (Kind.SESSIONS, Kind.BALANCES),
    "simplepractice.appointment_status_v2": (Kind.SESSIONS, Kind.BALANCES),
    "simplepractice.appointment_status_v3": (Kind.SESSIONS, Kind.BALANCES),
    "simplepractice.appointment_status_clientonly": (Kind.SESSIONS, Kind.BALANCES),
    "simplepractice.client_attendance": (Kind.SESSIONS,),
    "simplepractice.unpaid_insurance": (Kind.BALANCES,),
    "therapynotes.billing_transactions": (Kind.CLIENTS, Kind.COVERAGE, Kind.SESSIONS, Kind.BALANCES),
    "jane.appointments": (Kind.CLIENTS, Kind.SESSIONS),
    "intakeq.clients": (Kind.CLIENTS,),
    "openemr.patient_data": (Kind.CLIENTS,),
}
_TITLES: Final = {
    "client_details": "Client details",
    "client_demographics": "Client demographics",
    "appointment_status": "Appointment status",
    "appointment_status_v2": "Appointment status",
    "appointment_status_v3": "Appointment status",
    "appointment_status_clientonly": "Appointment status",
    "client_attendance": "Client attendance",
    "unpaid_insurance": "Unpaid insurance appointments",
    "billing_transactions": "Billing transactions",
    "patient_data": "Patients",
}
_TEMPLATES: Final[dict[str, tuple[Kind, str]]] = {
    "clinicians.csv": (Kind.CLINICIANS, "clinician"),
    "clients.csv": (Kind.CLIENTS, "client"),
    "coverage.csv": (Kind.COVERAGE, "coverage"),
    "sessions.csv": (Kind.SESSIONS, "session"),
    "opening_balances.csv": (Kind.BALANCES, "opening_balance"),
}
_OF_TEMPLATES: Final = {
    "client_external_id": "client.external_id",
    "client_first_name": "client.first_name",
    "client_last_name": "client.last_name",
    "client_date_of_birth": "client.date_of_birth",
    "clinician_name": "session.clinician",
    "charge_total": "charge.total",
    "rate_per_unit": "charge.rate_per_unit",
    "first_seen_on": "client.created_on",
}
_KNOWN_TO_THE_DAY: Final = "mdy"


@dataclass(frozen=True, slots=True)
class Layout:
    """A known export: its columns as (normal name, occurrence), what each is, and what the file brings.

    `kinds` is empty for an export that brings nothing we take. Dates are month before day in all of them.
    """

    key: str
    system: str
    title: str
    columns: tuple[tuple[str, int], ...]
    fields: tuple[str | None, ...]
    kinds: tuple[Kind, ...]
    order: str = _KNOWN_TO_THE_DAY

    @property
    def name(self) -> str:
        """`SimplePractice: Client details`."""
        return f"{self.system}: {self.title}"


@cache
def layouts() -> tuple[Layout, ...]:
    """Our templates first, then every export of `data/header_aliases.json`."""
    ours = [_template(name, columns) for name, columns in book()["template_fields"].items()]
    return (*ours, *(_export(key, told) for key, told in book()["files"].items() if told.get("direction") is None))


def _template(name: str, columns: list[str]) -> Layout:
    kind, prefix = _TEMPLATES.get(name, (None, "payment"))
    return Layout(
        key=f"caseload.{name.removesuffix('.csv')}",
        system=OURS,
        title=name,
        columns=tuple((normal(column), 1) for column in columns),
        fields=tuple(_of_template(column, prefix) for column in columns),
        kinds=(kind,) if kind else (),
    )


def _of_template(column: str, prefix: str) -> str | None:
    name = f"{prefix}.{column}"
    if prefix not in {"client", "clinician"} and column in _OF_TEMPLATES:
        name = _OF_TEMPLATES[column]
    if prefix == "client" and column == "first_seen_on":
        name = "client.created_on"
    return name if name in FIELDS else None


def _export(key: str, told: dict[str, Any]) -> Layout:
    title = key.split(".", 1)[1]
    return Layout(
        key=key,
        system=told["system"],
        title=_TITLES.get(title, title.replace("_", " ").capitalize()),
        columns=tuple((normal(column["header"]), column["occurrence"]) for column in told["columns"]),
        fields=tuple(column["field"] if column["field"] in FIELDS else None for column in told["columns"]),
        kinds=_KINDS.get(key, ()),
    )
