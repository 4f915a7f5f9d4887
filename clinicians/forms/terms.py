"""Forms about terms, supervision and enrollment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from clinicians.forms.base import ChoosingForm
from clinicians.models import Clinician, Engagement, Enrollment
from practice.record_forms import Refusable, date_input


class EngagementForm(ChoosingForm[Engagement]):
    """Terms of work. The number on file is never shown, only how it ends."""

    missing: ClassVar[dict[str, str]] = {
        "kind": "Choose how they work here.",
        "tin_type": "Choose the kind of number they are paid under.",
    }

    tin = forms.CharField(
        label="SSN or EIN",
        required=False,
        max_length=11,
        widget=forms.PasswordInput(attrs={"class": "short", "autocomplete": "off"}),
        help_text="Kept encrypted; only the last four digits are shown again.",
    )
    end_former = forms.BooleanField(required=False, label="End the terms before on the day before these begin")

    class Meta:
        model = Engagement
        fields = ("kind", "starts_on", "ends_on", "tin_type", "tin", "business_name")
        widgets = {"starts_on": date_input(), "ends_on": date_input(), "tin_type": forms.RadioSelect}
        labels = {"kind": "Works here as", "starts_on": "From", "ends_on": "To", "tin_type": "Paid under"}
        help_texts = {
            "kind": "Partners and sole owners are in no W-2 or 1099 file. The owner of a corporation is an employee.",
            "business_name": "For a contractor paid under an EIN.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = Engagement.Kind.choices  # type: ignore[attr-defined]
        row = self.instance
        if row.pk:
            del self.fields["end_former"]
        if row.pk and row.tin:
            self.fields[
                "tin"
            ].help_text = (
                f"{row.get_tin_type_display()} ending in {row.tin_last4} is on file. Leave this empty to keep it."
            )


class SupervisionForm(Refusable, forms.Form):
    """Who supervises, from when to when."""

    supervisor_id = forms.TypedChoiceField(label="Supervisor", coerce=int)
    starts_on = forms.DateField(label="From", widget=date_input())
    ends_on = forms.DateField(label="To", required=False, widget=date_input())
    end_former = forms.BooleanField(required=False, label="End the supervision before on the day before")

    def __init__(self, *args: Any, people: Iterable[Clinician], is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(person.pk, person.title) for person in people]
        self.fields["supervisor_id"].choices = choices  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["end_former"]


class EnrollmentForm(ChoosingForm[Enrollment]):
    """Where a clinician stands with a payer."""

    class Meta:
        model = Enrollment
        fields = ("status", "effective_on", "ends_on", "provider_number", "note")
        widgets = {
            "effective_on": date_input(),
            "ends_on": date_input(),
            "provider_number": forms.TextInput(attrs={"class": "short"}),
        }
        labels = {"effective_on": "In network from", "ends_on": "In network to"}
        help_texts = {"effective_on": "The day from which the payer has them loaded. Sessions bill from then."}
