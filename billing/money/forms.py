"""What the pages about client money ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.forms.boundfield import BoundField

from billing.models import ClientPayment
from billing.money.errors import MoneyRefusedError
from billing.money.selectors import OpenCharge
from practice.base_forms import Form
from practice.money import ZERO
from practice.record_forms import date_input

_NOT_AN_AMOUNT: Final = "Write an amount in dollars, for example 25.00."


def amount_field(label: str = "Amount", *, required: bool = True, **options: Any) -> forms.DecimalField:
    """Dollars as text: browsers' number fields swallow what they do not understand."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"})
    errors = {"required": "Give the amount.", "invalid": _NOT_AN_AMOUNT}
    errors["max_decimal_places"] = "An amount has two places after the point."
    return forms.DecimalField(
        label=label,
        required=required,
        max_digits=12,
        decimal_places=2,
        widget=widget,
        localize=False,
        error_messages=errors,
        **options,
    )


class Refusable(Form):
    """A form that can show why a service refused."""

    def refuse(self, error: MoneyRefusedError) -> None:
        """The sentence stands at the entry it is about, or above the form."""
        self.add_error(error.field if error.field in self.fields else None, str(error))


class SuperbillDaysForm(Refusable):
    """Asks from when to when sessions are offered for a superbill."""

    first = forms.DateField(label="First day", required=False, widget=date_input())
    last = forms.DateField(label="Last day", required=False, widget=date_input())

    def clean(self) -> None:
        """Both days in their order."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day is before the first.")


class AppliedForm(Refusable):
    """Asks how much goes to which charge."""

    def __init__(self, *args: Any, charges: Sequence[OpenCharge], parts: Mapping[int, Decimal], **options: Any) -> None:
        super().__init__(*args, **options)
        self.charges = charges
        for charge in charges:
            field = amount_field(f"To {charge.name}", required=False)
            field.widget.attrs["aria-label"] = f"To {charge.name}"
            field.initial = parts.get(charge.id)
            self.fields[f"apply_{charge.id}"] = field

    @property
    def applied(self) -> list[tuple[OpenCharge, BoundField]]:
        """Each charge with its entry."""
        return [(charge, self[f"apply_{charge.id}"]) for charge in self.charges]

    def applications(self) -> dict[int, Decimal]:
        """Dollars by charge, as they were entered."""
        return {charge.id: self.cleaned_data.get(f"apply_{charge.id}") or ZERO for charge in self.charges}


class _MovementFields(Form):
    amount = amount_field()
    method = forms.ChoiceField(label="How", choices=ClientPayment.Method.choices)
    day = forms.DateField(
        label="Received on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Give the day.", "invalid": "Write a date, for example 2026-11-16."},
    )
    reference = forms.CharField(
        label="Check number or reference",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    note = forms.CharField(label="Note", max_length=200, required=False)


class PaymentForm(AppliedForm, _MovementFields):
    """A payment taken elsewhere, and what it pays."""

    field_order = ("amount", "method", "day", "reference", "note")
    ASKED: Final = ("amount", "method", "day", "reference", "note")

    def __init__(self, *args: Any, preview_url: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if name == "amount" or name.startswith("apply_"):
                field.widget.attrs |= _counted(preview_url, "#applied" if name == "amount" else "#rest")

    @property
    def asked(self) -> list[BoundField]:
        """The entries besides the charges."""
        return [self[name] for name in self.ASKED]

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        values = self.cleaned_data
        return {
            "amount": values["amount"],
            "method": values["method"],
            "received_on": values["day"],
            "reference": values["reference"],
            "note": values["note"],
            "applications": self.applications(),
        }

    def refuse(self, error: MoneyRefusedError) -> None:
        """A refusal about the day stands at the day."""
        super().refuse(MoneyRefusedError(str(error), "day") if error.field == "received_on" else error)


class RefundForm(Refusable, _MovementFields):
    """Credit that goes back to the client."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["day"].label = "Paid out on"

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        values = dict(self.cleaned_data)
        return values | {"paid_on": values.pop("day")}

    def refuse(self, error: MoneyRefusedError) -> None:
        """A refusal about the day stands at the day."""
        super().refuse(MoneyRefusedError(str(error), "day") if error.field == "paid_on" else error)


class WriteOffForm(Refusable):
    """What is given up, of whose share, and why."""

    owed_by = forms.ChoiceField(label="What is given up", choices=[("client", "What the client owes")])
    amount = amount_field()
    reason = forms.CharField(label="Why", max_length=200, error_messages={"required": "Say why this is written off."})
    bad_debt = forms.BooleanField(label="Bad debt: it was asked for and never paid", required=False)

    def __init__(self, *args: Any, charge: OpenCharge, **options: Any) -> None:
        super().__init__(*args, **options)
        sides = [("client", "What the client owes")] if charge.by_client > ZERO or not charge.by_insurer else []
        sides += [("insurer", f"What {charge.payer or 'the insurer'} owes")] if charge.by_insurer > ZERO else []
        _choose(self, "owed_by", sides)
        self.fields["amount"].initial = charge.by_client if charge.by_client > ZERO else charge.by_insurer


class MoveForm(Refusable):
    """Who is asked from now on."""

    missing: ClassVar[dict[str, str]] = {"to": "Choose who is asked for it."}

    to = forms.ChoiceField(label="Ask")
    amount = amount_field()
    reason = forms.CharField(label="Why", max_length=200, required=False)

    def __init__(self, *args: Any, charge: OpenCharge, **options: Any) -> None:
        super().__init__(*args, **options)
        sides = [("client", f"The client instead of {charge.payer}")] if charge.by_insurer > ZERO else []
        sides += [("insurer", f"{charge.payer} instead of the client")] if charge.by_client > ZERO else []
        _choose(self, "to", sides or [("client", "The client"), ("insurer", "The insurer")])
        self.fields["amount"].initial = charge.by_insurer if charge.by_insurer > ZERO else charge.by_client


class UnapplyForm(Refusable):
    """How much of what was paid becomes credit again."""

    amount = amount_field()


_OWN_WORDS: Final = "other"
_TAKEN_BACK_FOR: Final = [
    ("typo", "The amount or the day was typed wrongly"),
    ("twice", "It was entered twice"),
    ("unpaid", "The check, card or transfer did not go through"),
    ("client", "It belongs to another client"),
    (_OWN_WORDS, "Another reason"),
]


class TakeBackForm(Refusable):
    """Why a payment or a refund is taken back: a common reason, or own words."""

    why = forms.ChoiceField(
        label="Why is it taken back?",
        choices=_TAKEN_BACK_FOR,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it is taken back."},
    )
    words = forms.CharField(
        label="In your own words",
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Stands in the account and on the audit trail.",
    )

    def clean(self) -> None:
        """Another reason needs words."""
        if self.cleaned_data.get("why") == _OWN_WORDS and not self.cleaned_data.get("words"):
            self.add_error("words", "Say in your own words why it is taken back.")

    @property
    def reason(self) -> str:
        """The sentence that stands in the account."""
        why, words = self.cleaned_data["why"], self.cleaned_data["words"]
        said = "" if why == _OWN_WORDS else dict(_TAKEN_BACK_FOR)[why]
        return ". ".join(part for part in (said, words) if part)


def first_values(today: dt.date, amount: Decimal) -> dict[str, Any]:
    """What a form about money begins with."""
    return {"amount": amount if amount > ZERO else None, "day": today, "method": ClientPayment.Method.CHECK}


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[Any, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def _counted(url: str, target: str) -> dict[str, str]:
    return {
        "hx-get": url,
        "hx-trigger": "input changed delay:250ms",
        "hx-target": target,
        "hx-include": "[data-counts]",
        "data-counts": "",
    }
