"""What people enter about remittances and denials."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms

from billing.models import Denial, Treatment
from practice.base_forms import Form
from practice.record_forms import date_input

_GROUPS: Final = [
    ("CO", "CO, contract"),
    ("PR", "PR, the client’s share"),
    ("OA", "OA, another reason"),
    ("PI", "PI, the payer’s own decision"),
]


class RefusableForm(Form):
    """A form whose service may refuse: the sentence then stands above it."""

    def refuse(self, error: Exception) -> None:
        """Shows a service's refusal, at the entry it is about where the service names one."""
        field = getattr(error, "field", None)
        self.add_error(field if field in self.fields else None, str(error))


class SignedDollarField(forms.DecimalField):
    """An amount as people type it, `$1,234.50`; below zero where a payer takes money."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"})
        given: dict[str, Any] = {"max_digits": 12, "decimal_places": 2, "widget": widget}
        super().__init__(**(given | options))
        self.error_messages["invalid"] = "Enter an amount, as 142.00."
        self.error_messages["max_decimal_places"] = "An amount has at most two decimals, as 142.00."

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("$", "").replace(",", "").replace("\N{MINUS SIGN}", "-").strip()
        return super().to_python(value)


def day(**options: Any) -> forms.DateField:
    """A date that the browser's own picker fills."""
    return forms.DateField(widget=date_input(), **options)


def text(longest: int, *, css: str = "", **options: Any) -> forms.CharField:
    """One line; `short` fields are as wide as what goes in."""
    attrs = {name: value for name, value in {"class": css, "autocomplete": "off"}.items() if value}
    return forms.CharField(max_length=longest, widget=forms.TextInput(attrs=attrs), **options)


class DepositForm(RefusableForm):
    """What the bank says of a payment."""

    amount = SignedDollarField(label="Amount on the bank statement")
    on = day(label="Day of the deposit")


class AsideForm(RefusableForm):
    """Why a remittance is taken out of the way."""

    missing: ClassVar[dict[str, str]] = {"reason": "Say why it is set aside."}

    reason = text(300, label="Why", help_text="As paid to another practice, or posted by hand.")


class TakeBackForm(RefusableForm):
    """Why a posting is taken back."""

    missing: ClassVar[dict[str, str]] = {"reason": "Say why the posting is taken back."}

    reason = text(300, label="Why", help_text="As matched to the wrong session.")


class FollowUpForm(RefusableForm):
    """When to look at a denial again, and what was done so far."""

    missing: ClassVar[dict[str, str]] = {"on": "Enter the day on which to look again."}

    on = day(label="Look again on")
    note = text(300, label="Note", required=False, help_text="Whom you called, what they said.")


class ResolveForm(RefusableForm):
    """What became of a denial."""

    missing: ClassVar[dict[str, str]] = {"resolution": "Choose what became of it."}

    resolution = forms.ChoiceField(choices=Denial.Resolution.choices, widget=forms.HiddenInput)
    note = text(300, label="Note", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("resolution") == Denial.Resolution.WRITTEN_OFF and not data.get("note"):
            self.add_error("note", "Say why this is written off.")
        return data


class DecideForm(RefusableForm):
    """What the practice does with a reason under a group."""

    group = forms.ChoiceField(choices=_GROUPS)
    reason = text(8, label="Reason code", css="short code")
    treatment = forms.ChoiceField(label="What is done with the amount", choices=Treatment.choices)

    def clean_reason(self) -> str:
        """`45`, also when `CO-45` was entered."""
        reason: str = self.cleaned_data["reason"].upper().strip()
        return reason.split("-", 1)[-1]


def resolve_form(resolution: str, data: Any = None) -> ResolveForm:
    """The form of one way out; it is bound only when it was the one that was sent."""
    sent = data if data is not None and data.get("resolution") == resolution else None
    return ResolveForm(sent, initial={"resolution": resolution}, auto_id=f"id_{resolution}_%s")
