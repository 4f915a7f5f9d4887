"""What people enter about remittances and denials."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from billing.models import Denial, Treatment
from practice.setup.forms._common import DollarField, day, text

_GROUPS: Final = [
    ("CO", "CO, contract"),
    ("PR", "PR, the client’s share"),
    ("OA", "OA, another reason"),
    ("PI", "PI, the payer’s own decision"),
]


class RefusableForm(forms.Form):
    """A form whose service may refuse: the sentence then stands above it."""

    def refuse(self, error: Exception) -> None:
        """Shows a service's refusal, at the entry it is about where the service names one."""
        field = getattr(error, "field", None)
        self.add_error(field if field in self.fields else None, str(error))


class SignedDollarField(DollarField):
    """An amount that may be below zero, where a payer takes money."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"min_value": None} | options))

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\N{MINUS SIGN}", "-") if isinstance(value, str) else value)


class DepositForm(RefusableForm):
    """What the bank says of a payment."""

    amount = SignedDollarField(label="Amount on the bank statement")
    on = day(label="Day of the deposit")


class AsideForm(RefusableForm):
    """Why a remittance is taken out of the way."""

    reason = text(300, label="Why", help_text="As paid to another practice, or posted by hand.")


class FollowUpForm(RefusableForm):
    """When to look at a denial again, and what was done so far."""

    on = day(label="Look again on")
    note = text(300, label="Note", required=False, help_text="Whom you called, what they said.")


class ResolveForm(RefusableForm):
    """What became of a denial."""

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
