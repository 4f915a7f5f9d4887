"""Forms about payers, and what they agreed to pay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.forms.boundfield import BoundField

from practice.base_forms import Form
from practice.models import Contract, CredentialLevel, PayerEnrollment, Service
from practice.models.setup import EVERY_LEVEL
from practice.setup.clearinghouses import CLEARINGHOUSES
from practice.setup.forms._common import DollarField, SetupForm, day, text

# X12 1032, as used in SBR09.
FILING_INDICATORS: Final = (
    ("CI", "CI Commercial"),
    ("BL", "BL Blue Cross Blue Shield"),
    ("HM", "HM Health maintenance organization"),
    ("12", "12 Preferred provider organization"),
    ("16", "16 Medicare Advantage"),
    ("MB", "MB Medicare Part B"),
    ("MC", "MC Medicaid"),
    ("CH", "CH TRICARE"),
    ("VA", "VA Veterans Affairs"),
    ("FI", "FI Federal employees"),
    ("OF", "OF Other federal program"),
    ("11", "11 Other non-federal program"),
    ("ZZ", "ZZ Not known"),
)
LEVELS: Final = ((EVERY_LEVEL, "Every level"), *CredentialLevel.choices)


class _NamedForm(SetupForm):
    """Who a payer is."""

    missing: ClassVar[dict[str, str]] = {"name": "Enter the payer’s name."}

    name = text(60, help_text="As it stands on the insurance card.")
    payer_id = text(20, label="Payer ID", required=False, css="short code", help_text="As your clearinghouse lists it.")
    claim_filing_indicator = forms.ChoiceField(label="Kind of plan", choices=FILING_INDICATORS)


class OwnPayerForm(_NamedForm):
    """A payer that the directory does not have."""

    filing_days = forms.IntegerField(
        label="Days to file a claim", min_value=1, max_value=1095, initial=90, help_text="Counted from the session."
    )


class PayerForm(_NamedForm):
    """A payer with the dates since when it answers, and its IDs elsewhere."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, label in PayerEnrollment.Transaction.choices:
            self.fields[f"since_{code}"] = day(label=f"{label} since", required=False)
        for key, label in CLEARINGHOUSES.items():
            self.fields[f"number_{key}"] = text(20, label=label, required=False, css="short code")

    def facts(self) -> dict[str, Any]:
        """The payer's own columns."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith(("since_", "number_"))}

    def enrolled_since(self) -> dict[str, dt.date | None]:
        """The date of each transaction."""
        return {code: self.cleaned_data[f"since_{code}"] for code in PayerEnrollment.Transaction.values}

    def numbers(self) -> dict[str, str]:
        """The ID at each clearinghouse."""
        return {key: self.cleaned_data[f"number_{key}"] for key in CLEARINGHOUSES}

    def enrollment_fields(self) -> list[BoundField]:
        """The three dates."""
        return [self[f"since_{code}"] for code in PayerEnrollment.Transaction.values]

    def number_fields(self) -> list[BoundField]:
        """The IDs at the clearinghouses."""
        return [self[f"number_{key}"] for key in CLEARINGHOUSES]


class ContractForm(SetupForm):
    """A contract's name and days."""

    missing: ClassVar[dict[str, str]] = {"name": "Enter the contract’s name."}

    name = text(60, help_text="Such as 2027 rates.")
    starts_on = day(label="From")
    ends_on = day(label="To", required=False, help_text="Empty while no end is agreed.")


class EndForm(SetupForm):
    """The last day of something."""

    ends_on = day(label="Last day")


@dataclass(frozen=True, slots=True)
class GridRow:
    """A service with its fields, one per level."""

    service: Service
    cells: list[BoundField]


class RatesForm(Form):
    """A contract's rates: a row per service, a column per credential level; empty where nothing is agreed."""

    def __init__(
        self, *args: Any, services: Iterable[Service], rates: Mapping[tuple[int, str], Decimal], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.services = list(services)
        for service in self.services:
            for level, label in LEVELS:
                field = DollarField(label=f"{service}, {label.lower()}", required=False)
                field.initial = rates.get((service.pk, level))
                field.widget.attrs |= {"class": "cell-in num", "aria-label": field.label}
                self.fields[_cell(service.pk, level)] = field

    def rows(self) -> list[GridRow]:
        """The grid."""
        return [GridRow(row, [self[_cell(row.pk, level)] for level, _ in LEVELS]) for row in self.services]

    def rates(self) -> dict[tuple[int, str], Decimal | None]:
        """What was entered, by service and level."""
        return {
            (row.pk, level): self.cleaned_data[_cell(row.pk, level)] for row in self.services for level, _ in LEVELS
        }

    def refuse(self, sentence: str, field: str | None) -> None:
        """Shows a service's refusal."""
        self.add_error(field if field in self.fields else None, sentence)


def contract_initial(contract: Contract) -> dict[str, Any]:
    """What the form about a contract starts with."""
    return {"name": contract.name, "starts_on": contract.starts_on, "ends_on": contract.ends_on}


def _cell(service_id: int, level: str) -> str:
    return f"rate_{service_id}_{level or 'every'}"
