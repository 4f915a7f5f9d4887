"""Forms about who a client is and whom to call."""

from __future__ import annotations

from typing import Any

from django import forms

from clients.forms.base import amount_input, short_input
from clients.models import Client, Contact, Sex
from clinicians.models import Clinician
from practice.addresses import STATE_CHOICES
from practice.models import PracticePayer
from practice.record_forms import RecordForm, Refusable, date_input

_LABELS = {"may_text": "May be texted", "note": "Note for the front desk", "sourced_by": "Brought by a clinician"}
_HELP = {
    "date_of_birth": "As the insurance has it.",
    "own_rate": "What they pay per session instead of the fee. Leave it empty for the fee.",
    "sourced_by": "Choose who brought them when they are self-sourced; it can count for their pay.",
    "source": "For example: website, Psychology Today, a doctor.",
    "may_text": "Nobody is texted until they said yes.",
}


class AddClientForm(RecordForm[Client]):
    """Only what the first session needs. `seen` are the possible duplicates that were shown already."""

    whose = "client’s"

    clinician = forms.ModelChoiceField(Clinician.objects.all(), required=False, empty_label="Nobody yet")
    payer = forms.ModelChoiceField(
        PracticePayer.objects.filter(is_active=True), required=False, label="Who pays", empty_label="Self-pay"
    )
    member_id = forms.CharField(
        label="Member ID", required=False, max_length=30, widget=short_input(), help_text="From the card."
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Client
        fields = ("first_name", "last_name", "preferred_name", "date_of_birth", "sex", "phone", "email")
        widgets = {"date_of_birth": date_input(), "phone": short_input()}
        help_texts = {"date_of_birth": _HELP["date_of_birth"]}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sex"].choices = [("", "Not known yet"), *Sex.choices]  # type: ignore[attr-defined]

    def clean_seen(self) -> list[int]:
        """The ids as numbers; whatever else was sent is dropped."""
        return [int(part) for part in self.cleaned_data["seen"].split(",") if part.isascii() and part.isdigit()]

    def remember(self, ids: list[int]) -> None:
        """Sends back with the form which matches were shown."""
        self.data = {**self.data.dict(), "seen": ",".join(str(pk) for pk in ids)}  # type: ignore[attr-defined]


class ClientForm(RecordForm[Client]):
    """Everything known about a client themselves."""

    whose = "client’s"

    class Meta:
        model = Client
        fields = (
            "first_name", "middle_name", "last_name", "suffix", "preferred_name", "pronouns", "date_of_birth", "sex",
            "phone", "email", "may_text", "address1", "address2", "city", "state", "zip",
            "since", "source", "sourced_by", "location", "own_rate", "note",
        )  # fmt: skip
        widgets = {
            "date_of_birth": date_input(),
            "since": date_input(),
            "own_rate": amount_input(),
            "phone": short_input(),
            "zip": short_input(),
        }
        labels = _LABELS
        help_texts = _HELP

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sex"].choices = [("", "Not known yet"), *Sex.choices]  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", "Not stated"), *STATE_CHOICES]  # type: ignore[attr-defined]
        self.fields["sourced_by"].empty_label = "Nobody; they came to the practice"  # type: ignore[attr-defined]
        self.fields["location"].empty_label = "None"  # type: ignore[attr-defined]


class ContactForm(RecordForm[Contact]):
    """Somebody to call for a client."""

    whose = "contact’s"

    class Meta:
        model = Contact
        fields = ("name", "relation", "phone", "email", "is_emergency", "is_guardian")
        widgets = {"phone": short_input()}
        help_texts = {"relation": "Their relation to the client: mother, brother, doctor."}

    def clean(self) -> dict[str, Any]:
        """A contact that cannot be reached is of no use."""
        given = super().clean() or {}
        if not given.get("phone") and not given.get("email") and not self.errors:
            self.add_error("phone", "Give a phone number or an email address.")
        return given


class AssignForm(Refusable, forms.Form):
    """Who sees the client, from when on."""

    clinician = forms.ModelChoiceField(Clinician.objects.all(), empty_label="Choose")
    starts_on = forms.DateField(label="From", widget=date_input())
